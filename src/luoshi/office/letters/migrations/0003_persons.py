"""A template is approved by another person, not by another account."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER letter_approved_by_another_person BEFORE INSERT OR UPDATE ON letters_approval FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('uploaded_by', 'by');
"""
OTHERS_NOT = "DROP TRIGGER letter_approved_by_another_person ON letters_approval;"


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("letters", "0002_stay"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
