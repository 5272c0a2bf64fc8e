"""Who is behind an account, when its password was given, and sessions whose keys are kept nowhere."""

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models.functions import Now

PERSONS = (Path(__file__).parent.parent / "persons.sql").read_text(encoding="utf-8")
PERSONS_NOT = "DROP FUNCTION accounts_refuse_same_person(); DROP FUNCTION accounts_person(text)"


def sign_everybody_out(apps: Any, schema_editor: Any) -> None:
    """Sessions were kept under their keys; now they are found by digests only, and those would stay for nothing."""
    apps.get_model("sessions", "Session").objects.all().delete()
    apps.get_model("accounts", "SignIn").objects.all().delete()


class Migration(migrations.Migration):
    """`persons.sql` comes last: it reads the new column."""

    dependencies: ClassVar = [
        ("accounts", "0004_keys_of_phones_are_encrypted"),
        ("sessions", "0001_initial"),
    ]
    operations: ClassVar = [
        migrations.RunPython(sign_everybody_out, migrations.RunPython.noop),
        migrations.AddField("user", "person_index", models.BinaryField(null=True)),
        migrations.AddField("user", "password_given_at", models.DateTimeField(db_default=Now())),
        migrations.AddIndex("user", models.Index(fields=["person_index"], name="account_person")),
        migrations.RunSQL(PERSONS, PERSONS_NOT),
    ]
