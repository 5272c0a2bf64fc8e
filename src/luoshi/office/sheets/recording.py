"""What is on record of a sheet: its steps, and the events that tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from luoshi.office.audit import actions as audit
from luoshi.office.sheets.desks import Actor
from luoshi.office.sheets.models import Sheet, Step


@dataclass(frozen=True)
class Moment:
    """Who does something when, and from where."""

    actor: Actor
    now: datetime
    origin: str = ""

    @property
    def today(self) -> date:
        """The day of it."""
        return timezone.localdate(self.now)


def done(action: str, sheet: Sheet, kind: str, rows: int, note: str, moment: Moment) -> None:
    """A step was taken, with its event."""
    step(sheet, kind, rows, note, moment.actor.name, moment.now)
    record(action, sheet, moment.actor.name, moment.origin, rows=rows)


def step(sheet: Sheet, kind: str, rows: int, note: str, by: str, at: datetime) -> None:
    """A step is part of the history of the sheet."""
    Step.objects.create(sheet=sheet, kind=kind, rows=rows, note=note, by=by, at=at)


def record(action: str, sheet: Sheet, by: str, origin: str = "", *, rows: int = 0) -> None:
    """The event of something that was done with a sheet; never who it is about."""
    subject, basis = f"sheet:{sheet.pk}", f"{sheet.pack_id}/{sheet.block}"
    details = {"period": sheet.period.name, "rows": rows}
    audit.record(action, actor=by, subject=subject, area=sheet.area, basis=basis, origin=origin, details=details)
