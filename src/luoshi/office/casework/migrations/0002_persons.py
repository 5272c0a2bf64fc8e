"""Hands are those of persons, not of accounts; and what is recorded again and again is recorded once a turn."""

from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import Q

OTHER_HANDS = (Path(__file__).parent.parent / "other_hands.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The functions that the triggers call are replaced by those of today."""

    dependencies: ClassVar[list[Any]] = [("casework", "0001_initial"), ("accounts", "0005_persons")]
    operations: ClassVar[list[Any]] = [
        migrations.RunSQL(OTHER_HANDS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "vote",
            models.UniqueConstraint(
                models.F("task"), models.F("turn"), condition=Q(act="record"), name="recorded_once_a_turn"
            ),
        ),
    ]
