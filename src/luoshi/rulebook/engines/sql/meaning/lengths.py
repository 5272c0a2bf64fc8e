"""Lengths of time up to a written day: they are reached by whoever began early enough, which is cheap to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST

MONTHS = {"month": 1, "year": 12}
TOO_EARLY = FIRST - timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Length:
    """A length of time in days, months or years from a column's day to a written day."""

    unit: str
    start: Expr
    end: date


class Lengths:
    """The columns that are known to be lengths of time up to a written day."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge
        self._lengths: dict[Expr, Length] = {}

    def learn(self, column: Expr, unit: str, start: Expr, end: date) -> None:
        """Remember what a column is."""
        self._lengths[column] = Length(unit, start, end)

    def reached(self, length: Expr, op: str, number: int) -> Expr | None:
        """A comparison of a length of time with a written one as one of days: began early enough, or not."""
        if length.op == "follow":
            found = self.reached(length.data[1], op, number)
            return None if found is None else self.forge.follow(length.args[0], length.data[0], found)
        known = self._lengths.get(length)
        if known is None:
            return None
        enough = self._began(known, number + (op in {">", "<="}))
        if op in {">=", ">"}:
            return enough
        if op in {"<", "<="}:
            return self.forge.negated(enough)
        exactly = self.forge.every(enough, self.forge.negated(self._began(known, number + 1)))
        return exactly if op == "=" else self.forge.negated(exactly)

    def _began(self, length: Length, number: int) -> Expr:
        if length.unit == "day":
            ordinal = length.end.toordinal() - number
            latest = date.fromordinal(min(max(ordinal, TOO_EARLY.toordinal()), LAST.toordinal()))
        else:
            latest = latest_start(length.end, number * MONTHS[length.unit])
        return self._by(length.start, latest)

    def _by(self, start: Expr, latest: date) -> Expr:
        return self.forge.strict("<=", Kind.TRUTH, start, self.forge.literal(Kind.DAY, latest))


def latest_start(end: date, months: int) -> date:
    """The last day from which `months` months have passed by `end`, within what the calendar has.

    >>> latest_start(date(2019, 2, 28), 6)
    datetime.date(2018, 8, 31)
    """
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    if year < FIRST.year:
        return TOO_EARLY
    if year > LAST.year:
        return LAST
    last = calendar.last_of_month(date(year, month + 1, 1))
    if calendar.last_of_month(end) == end or last.day <= end.day:
        return last
    return last.replace(day=end.day)
