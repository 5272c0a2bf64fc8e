"""Rows of one number in registers of one name are not one row where each policy keeps its own."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import F, Q

OWN = """
    UPDATE applicants_link SET kept_in = CASE
        WHEN to_regclass(quote_ident(replace(pack_id, '-', '_')) || '.' || quote_ident(register)) IS NULL THEN 'common'
        ELSE replace(pack_id, '-', '_') END
    WHERE row_id IS NOT NULL
"""
ASKED = Q(state__in=["asked", "confirmed"])


class Migration(migrations.Migration):
    """A register for which a policy has no table of its own is the one that all share."""

    dependencies: ClassVar[list[Any]] = [("applicants", "0001_initial")]
    operations: ClassVar[list[Any]] = [
        migrations.AddField("link", "kept_in", models.CharField(blank=True, default="", max_length=63)),
        migrations.AlterField("link", "kept_in", models.CharField(blank=True, max_length=63)),
        migrations.RunSQL(OWN, migrations.RunSQL.noop),
        migrations.RemoveConstraint("link", "link_once"),
        migrations.AddConstraint(
            "link",
            models.UniqueConstraint(
                F("applicant"), F("kept_in"), F("register"), F("row_id"), condition=ASKED, name="link_once"
            ),
        ),
        migrations.RemoveConstraint("link", "link_names_its_row"),
        migrations.AddConstraint(
            "link",
            models.CheckConstraint(
                condition=(Q(row_id__isnull=False) & ~Q(kept_in="")) | Q(state="unmatched"), name="link_names_its_row"
            ),
        ),
    ]
