"""Service: in service on a day, with a full length of time completed."""

from __future__ import annotations

from datetime import timedelta

from luoshi.rulebook.engines.sql.meaning.dates import Dates
from luoshi.rulebook.engines.sql.meaning.expressions import Expr
from luoshi.rulebook.engines.sql.meaning.lengths import latest_start
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import NEVER


def served(dates: Dates, start: Expr, end: Expr, length: Expr, day: Expr, first_day: Expr) -> Expr:
    """In service on `day` with `length` months completed; unknown as soon as one part is."""
    make, complete = dates.forge, start
    began = _began_early_enough(dates, start, length, day, first_day)
    if began is None:
        complete = dates.add(start, length, "month")
        counted = make.case((first_day, _next(dates, day)), otherwise=day)
        began = make.every(dates.compare("<=", start, day), dates.compare(">=", counted, complete))
    there = make.every(began, dates.compare("<", day, end))
    unknown = [make.missing(item) for item in (complete, end, day, first_day)]
    return make.case((make.either(*unknown), make.truth(None)), otherwise=there)


def _began_early_enough(dates: Dates, start: Expr, length: Expr, day: Expr, first_day: Expr) -> Expr | None:
    """A comparison of the start alone, where all else is written and no start leaves the calendar."""
    if start.is_literal or not all(item.is_literal and item.data is not None for item in (length, day, first_day)):
        return None
    span = dates.span(start)
    if None in [calendar.add_months(border, length.data) for border in (span.first, span.last)]:
        return None
    latest = latest_start(day.data + timedelta(days=int(first_day.data)), length.data)
    return dates.compare("<=", start, dates.day(min(latest, day.data)))


def _next(dates: Dates, day: Expr) -> Expr:
    """The next day; it is not asked for never."""
    if day.is_literal:
        return dates.day(day.data + timedelta(days=1) if day.data not in (None, NEVER) else day.data)
    return dates.forge.strict("add_days", day.kind, day, dates.whole(1))
