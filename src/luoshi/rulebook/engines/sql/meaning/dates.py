"""The calendar of the rulebook in plain operations; `values.calendar` says what each must give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.lengths import Lengths
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST, MOST_DAYS, MOST_MONTHS, NEVER

MOST = {"day": MOST_DAYS, "month": MOST_MONTHS}
MOVED = {"day": calendar.add_days, "month": calendar.add_months}
BETWEEN = {"day": calendar.days_between, "month": calendar.months_between, "year": calendar.years_between}


@dataclass(frozen=True)
class Span:
    """The days among which a column's days lie, and whether it may also hold never."""

    first: date = FIRST
    last: date = LAST
    never: bool = True


class Dates:
    """The operations on days. Operands that are written are worked out here."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge
        self._spans: dict[Expr, Span] = {}
        self.lengths = Lengths(forge)

    def day(self, value: date | None) -> Expr:
        """A written day."""
        return self.forge.literal(Kind.DAY, value)

    def whole(self, value: int | None) -> Expr:
        """A written whole number."""
        return self.forge.literal(Kind.WHOLE, value)

    def compare(self, op: str, left: Expr, right: Expr) -> Expr:
        """A comparison of two days."""
        return self.forge.strict(op, Kind.TRUTH, left, right)

    def learn(self, day: Expr, span: Span) -> Expr:
        """Remember among which days a column lies."""
        self._spans[day] = span
        return day

    def span(self, day: Expr) -> Span:
        """Among which days a column lies."""
        if day.is_literal and day.data not in (None, NEVER):
            return Span(day.data, day.data, never=False)
        return self._spans.get(day, Span())

    def add(self, day: Expr, length: Expr, unit: str) -> Expr:
        """`day` moved by `length` days or months; unknown where the calendar ends."""
        make, most = self.forge, MOST[unit]
        if day.is_literal and length.is_literal:
            known = day.data is not None and length.data is not None
            return self.day(MOVED[unit](day.data, length.data) if known else None)
        if length.is_literal and (length.data is None or abs(length.data) > most):
            return self.day(None)
        if not length.is_literal:
            least, greatest = (make.literal(length.kind, number) for number in (-most, most))
            within = make.every(self.compare(">=", length, least), self.compare("<=", length, greatest))
            length = make.case((within, length), otherwise=make.null(length.kind))
        moved = make.strict(f"add_{unit}s", Kind.DAY, day, make.as_kind(length, Kind.WHOLE))
        inside = make.every(self.compare(">=", moved, self.day(FIRST)), self.compare("<=", moved, self.day(LAST)))
        never = make.every(self.compare("=", day, make.never), make.negated(make.missing(length)))
        return make.case((never, make.never), (inside, moved), otherwise=self.day(None))

    def come(self, day: Expr) -> Expr:
        """The day, unknown when it stands for never."""
        if day.is_literal:
            return self.day(None if day.data == NEVER else day.data)
        span = self.span(day)
        if not span.never:
            return day
        found = self.forge.case((self.compare("=", day, self.forge.never), self.day(None)), otherwise=day)
        return self.learn(found, Span(span.first, span.last, never=False))

    def between(self, unit: str, start: Expr, end: Expr) -> tuple[Expr, int, int]:
        """Whole days, months or years from start to end, and between which bounds; unknown if either is never."""
        if start.is_literal and end.is_literal:
            known = start.data is not None and end.data is not None
            length = BETWEEN[unit](start.data, end.data) if known else None
            return self.whole(length), length or 0, length or 0
        start, end = self.come(start), self.come(end)
        found = self._between(unit, start, end)
        if end.is_literal and end.data is not None:
            self.lengths.learn(found, unit, start, end.data)
        low = BETWEEN[unit](self.span(start).last, self.span(end).first)
        high = BETWEEN[unit](self.span(start).first, self.span(end).last)
        return found, low or 0, high or 0

    def _between(self, unit: str, start: Expr, end: Expr) -> Expr:
        if unit == "day":
            return self.forge.strict("days_between", Kind.WHOLE, start, end)
        months = self._months(start, end)
        return months if unit == "month" else self._twelfth(months)

    def _months(self, start: Expr, end: Expr) -> Expr:
        """Calendar months between, less one while the day of the month has not been reached."""
        make = self.forge
        reached = make.either(
            make.strict(">=", Kind.TRUTH, self._part("day", end), self._part("day", start)),
            self.compare("=", end, self._edge("last_of_month", end)),
        )
        count = make.strict("-", Kind.WHOLE, self._month_number(end), self._month_number(start))
        less = make.strict("-", Kind.WHOLE, count, self.whole(1))
        return make.case((reached, count), otherwise=less)

    def _month_number(self, day: Expr) -> Expr:
        make = self.forge
        if day.is_literal:
            return self.whole(None if day.data is None else day.data.year * 12 + day.data.month)
        years = make.strict("*", Kind.WHOLE, self._part("year", day), self.whole(12))
        return make.strict("+", Kind.WHOLE, years, self._part("month", day))

    def _twelfth(self, months: Expr) -> Expr:
        """Months in whole years, rounded down also below zero."""
        make = self.forge
        negative = make.strict("<", Kind.TRUTH, months, self.whole(0))
        floor = make.case((negative, make.strict("-", Kind.WHOLE, months, self.whole(11))), otherwise=months)
        return make.strict("quotient", Kind.WHOLE, floor, self.whole(12))

    def part(self, part: str, day: Expr) -> Expr:
        """The year or month of a day; never has none."""
        return self._part(part, self.come(day))

    def _part(self, part: str, day: Expr) -> Expr:
        if day.is_literal:
            return self.whole(None if day.data is None else getattr(day.data, part))
        return self.forge.strict(part, Kind.WHOLE, day)

    def edge(self, edge: str, day: Expr) -> Expr:
        """The first or last day of the month or year; never stays never."""
        found = self._edge(edge, day)
        if found.is_literal or edge.startswith("last") or not self.span(day).never:
            return found
        return self.forge.case((self.compare("=", day, self.forge.never), self.forge.never), otherwise=found)

    def _edge(self, edge: str, day: Expr) -> Expr:
        if day.is_literal:
            return self.day(None if day.data is None else getattr(calendar, edge)(day.data))
        return self.forge.strict(edge, Kind.DAY, day)

    def extreme(self, op: str, days: list[Expr], found: Expr) -> Expr:
        """What is known of the least (`<=`) or greatest (`>=`) of several days."""
        spans, choose = [self.span(day) for day in days], (min if op == "<=" else max)
        never = (all if op == "<=" else any)(span.never for span in spans)
        sure = [span.last for span in spans if not span.never]
        last = min(sure) if op == "<=" and sure else max(span.last for span in spans)
        return self.learn(found, Span(choose(span.first for span in spans), last, never))
