"""Whoever checks, approves or confirms in a round is another person, not another account."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER choice_approved_by_another_person BEFORE INSERT OR UPDATE ON awards_choice FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('prepared_by', 'approved_by');
CREATE TRIGGER choice_confirmed_by_another_person BEFORE INSERT OR UPDATE ON awards_choice FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('prepared_by', 'confirmed_by');
CREATE TRIGGER nomination_checked_by_another_person BEFORE INSERT OR UPDATE ON awards_nomination FOR EACH ROW WHEN (NEW.state IN ('verified', 'returned'))
    EXECUTE FUNCTION accounts_refuse_same_person('by', 'settled_by');
"""
OTHERS_NOT = """
DROP TRIGGER choice_approved_by_another_person ON awards_choice;
DROP TRIGGER choice_confirmed_by_another_person ON awards_choice;
DROP TRIGGER nomination_checked_by_another_person ON awards_nomination;
"""


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("awards", "0001_initial"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
