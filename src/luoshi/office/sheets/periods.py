"""Months, quarters and years as sheets have them: each begins on a day and is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """A period of a kind, by its first day.

    >>> Period(date(2020, 10, 1), "quarter").end, Period(date(2020, 12, 1), "month").following.start
    (datetime.date(2020, 12, 31), datetime.date(2021, 1, 1))
    """

    start: date
    every: str

    @property
    def end(self) -> date:
        """The last day."""
        return self.following.start - ONE_DAY

    @property
    def following(self) -> Period:
        """The period after it."""
        return self._moved(1)

    @property
    def former(self) -> Period:
        """The period before it."""
        return self._moved(-1)

    @property
    def name(self) -> str:
        """The name by which money is paid for it once: 2020, 2020-Q4 or 2020-12."""
        year, month = self.start.year, self.start.month
        names = {"year": f"{year}", "quarter": f"{year}-Q{(month + 2) // 3}", "month": f"{year}-{month:02}"}
        return names[self.every]

    def _moved(self, by: int) -> Period:
        months = self.start.year * 12 + self.start.month - 1 + by * MONTHS[self.every]
        return Period(date(months // 12, months % 12 + 1, 1), self.every)


def period_of(every: str, day: date) -> Period:
    """The period in which a day lies.

    >>> period_of("quarter", date(2020, 12, 31)).start
    datetime.date(2020, 10, 1)
    """
    size = MONTHS[every]
    return Period(date(day.year, (day.month - 1) // size * size + 1, 1), every)
