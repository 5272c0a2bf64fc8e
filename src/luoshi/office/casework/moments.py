"""By whom, when and from where something is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Moment:
    """By whose act something follows, on which day, and from where: an address, or a job."""

    by: str
    today: date
    now: datetime
    origin: str = ""
