"""Whoever made, checked and approved a batch are three persons, not three accounts."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER batch_passes_three_persons BEFORE INSERT OR UPDATE ON treasury_batch FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('made_by', 'checked_by', 'approved_by');
"""
OTHERS_NOT = "DROP TRIGGER batch_passes_three_persons ON treasury_batch;"


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("treasury", "0002_guards"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
