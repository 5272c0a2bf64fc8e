"""An edition is activated by another person, not by another account."""

from typing import Any, ClassVar

from django.db import migrations

OTHERS = """
CREATE TRIGGER activated_by_another_person BEFORE INSERT OR UPDATE ON editions_activation FOR EACH ROW
    EXECUTE FUNCTION accounts_refuse_same_person('uploaded_by', 'by');
"""
OTHERS_NOT = "DROP TRIGGER activated_by_another_person ON editions_activation;"


class Migration(migrations.Migration):
    """The triggers call what `accounts` holds about persons."""

    dependencies: ClassVar[list[Any]] = [("editions", "0001_initial"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [migrations.RunSQL(OTHERS, OTHERS_NOT)]
