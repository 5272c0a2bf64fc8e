"""A local value that money rests on is set by two persons, not by two accounts."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER local_setting_by_two_persons BEFORE INSERT OR UPDATE ON runs_localsetting FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('set_by', 'confirmed_by');
"""
OTHERS_NOT = "DROP TRIGGER local_setting_by_two_persons ON runs_localsetting;"


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("runs", "0002_local_values"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
