"""The schema `registry`: versions of rows, registers that are kept, folders that were loaded."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

GROUND = (Path(__file__).parent.parent / "ground.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Made once; `building` adds the tables of packs."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [migrations.RunSQL(GROUND, "DROP SCHEMA registry CASCADE")]
