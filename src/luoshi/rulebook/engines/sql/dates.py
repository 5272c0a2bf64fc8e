"""The calendar of the rulebook in plain operations; `values.calendar` says what each must give."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.engines.sql.expressions import Expr, Forge, Kind
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST, MOST_DAYS, MOST_MONTHS

MOST = {"day": MOST_DAYS, "month": MOST_MONTHS}
MOVED = {"day": calendar.add_days, "month": calendar.add_months}
BETWEEN = {"day": calendar.days_between, "month": calendar.months_between, "year": calendar.years_between}


class Dates:
    """The operations on days. Operands that are written are worked out here."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge

    def day(self, value: date | None) -> Expr:
        """A written day."""
        return self.forge.literal(Kind.DAY, value)

    def whole(self, value: int | None) -> Expr:
        """A written whole number."""
        return self.forge.literal(Kind.WHOLE, value)

    def compare(self, op: str, left: Expr, right: Expr) -> Expr:
        """A comparison of two days."""
        return self.forge.strict(op, Kind.TRUTH, left, right)

    def add(self, day: Expr, length: Expr, unit: str) -> Expr:
        """`day` moved by `length` days or months; unknown where the calendar ends."""
        make, most = self.forge, MOST[unit]
        if day.is_literal and length.is_literal:
            known = day.data is not None and length.data is not None
            return self.day(MOVED[unit](day.data, length.data) if known else None)
        if length.is_literal and (length.data is None or abs(length.data) > most):
            return self.day(None)
        if not length.is_literal:
            within = make.every(
                make.strict(">=", Kind.TRUTH, length, self._like(length, -most)),
                make.strict("<=", Kind.TRUTH, length, self._like(length, most)),
            )
            length = make.case((within, length), otherwise=make.null(length.kind))
        moved = make.strict(f"add_{unit}s", Kind.DAY, day, make.as_kind(length, Kind.WHOLE))
        inside = make.every(self.compare(">=", moved, self.day(FIRST)), self.compare("<=", moved, self.day(LAST)))
        never = make.every(self.compare("=", day, make.never), make.negated(make.missing(length)))
        return make.case((never, make.never), (inside, moved), otherwise=self.day(None))

    def _like(self, item: Expr, value: int) -> Expr:
        return self.forge.literal(item.kind, value)

    def between(self, unit: str, start: Expr, end: Expr) -> Expr:
        """Whole days, months or years from start to end; unknown if either has not come to pass."""
        if start.is_literal and end.is_literal:
            known = start.data is not None and end.data is not None
            return self.whole(BETWEEN[unit](start.data, end.data) if known else None)
        start, end = self._come(start), self._come(end)
        if unit == "day":
            return self.forge.strict("days_between", Kind.WHOLE, start, end)
        months = self._months(start, end)
        return months if unit == "month" else self._twelfth(months)

    def _come(self, day: Expr) -> Expr:
        """The day, unknown when it stands for never."""
        return self.forge.case((self.compare("=", day, self.forge.never), self.day(None)), otherwise=day)

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

    def _part(self, part: str, day: Expr) -> Expr:
        if day.is_literal:
            return self.whole(None if day.data is None else getattr(day.data, part))
        return self.forge.strict(part, Kind.WHOLE, day)

    def _twelfth(self, months: Expr) -> Expr:
        """Months in whole years, rounded down also below zero."""
        make = self.forge
        negative = make.strict("<", Kind.TRUTH, months, self.whole(0))
        floor = make.case((negative, make.strict("-", Kind.WHOLE, months, self.whole(11))), otherwise=months)
        return make.strict("quotient", Kind.WHOLE, floor, self.whole(12))

    def part(self, part: str, day: Expr) -> Expr:
        """The year or month of a day; never has none."""
        return self._part(part, self._come(day))

    def _edge(self, edge: str, day: Expr) -> Expr:
        if day.is_literal:
            return self.day(None if day.data is None else getattr(calendar, edge)(day.data))
        return self.forge.strict(edge, Kind.DAY, day)

    def edge(self, edge: str, day: Expr) -> Expr:
        """The first or last day of the month or year; never stays never."""
        if day.is_literal or edge.startswith("last"):
            return self._edge(edge, day)
        return self.forge.case(
            (self.compare("=", day, self.forge.never), self.forge.never), otherwise=self._edge(edge, day)
        )

    def served(self, start: Expr, end: Expr, length: Expr, day: Expr, first_day: Expr) -> Expr:
        """In service on `day` with `length` months completed; unknown as soon as one part is."""
        make = self.forge
        complete = self.add(start, length, "month")
        counted = make.case((first_day, self.add_one(day)), otherwise=day)
        there = make.every(
            self.compare("<=", start, day), self.compare("<", day, end), self.compare(">=", counted, complete)
        )
        unknown = [make.missing(item) for item in (complete, end, day, first_day)]
        return make.case((make.either(*unknown), make.truth(None)), otherwise=there)

    def add_one(self, day: Expr) -> Expr:
        """The next day, of a day on which somebody is in service and which is therefore not never."""
        if day.is_literal:
            return self.day(
                None if day.data is None else date.fromordinal(min(day.data.toordinal() + 1, date.max.toordinal()))
            )
        return self.forge.strict("add_days", Kind.DAY, day, self.whole(1))
