"""A sheet is handed in and confirmed by two persons, not by two accounts."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER sheet_two_persons BEFORE INSERT OR UPDATE ON sheets_sheet FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('handed_in_by', 'confirmed_by');
"""
OTHERS_NOT = "DROP TRIGGER sheet_two_persons ON sheets_sheet;"


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("sheets", "0001_initial"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
