"""The calendar of the rulebook on days counted from 1970, in plain operations; `values.calendar` says what each gives.

Years begin in March here, so that the leap day is the last of its year and months have lengths that repeat.
"""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.engines.native.forging import NARROW, Expr
from luoshi.rulebook.engines.native.meanings import Day, Quantity, Truth, Truths
from luoshi.rulebook.engines.native.numbers import OPERATORS, Arithmetic
from luoshi.rulebook.values.calendar import FIRST, LAST, MOST_DAYS, MOST_MONTHS, NEVER

EPOCH = date(1970, 1, 1).toordinal()
MARCH_0000 = 719_468  # days from 1 March of the year 0 to 1970
ERA, ERA_DAYS = 400, 146_097
MOST = {"day": MOST_DAYS, "month": MOST_MONTHS}
LENGTHS = {"day": 3_000_000, "month": 100_000, "year": 9_000}
"""No length of time between two days of the calendar is longer."""


def day_number(day: date) -> int:
    """Days since 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - EPOCH


class Days:
    """The operations on days; each is unknown as soon as one operand is."""

    def __init__(self, numbers: Arithmetic) -> None:
        self.numbers, self.forge, self.truths = numbers, numbers.forge, Truths(numbers.forge)
        self.never = self._number(day_number(NEVER))

    def _number(self, value: int) -> Expr:
        return self.forge.const(NARROW, value)

    def _op(self, name: str, left: Expr, right: Expr | int) -> Expr:
        other = self._number(right) if isinstance(right, int) else right
        return self.forge.divide(left, other) if name == "div" else self.forge.op(name, left, other)

    def _is(self, op: str, left: Expr, right: Expr | int) -> Expr:
        return self.forge.compare(OPERATORS[op], left, self._number(right) if isinstance(right, int) else right)

    def written(self, day: date | None) -> Day:
        """A written day; None is unknown."""
        return Day(self._number(0 if day is None else day_number(day)), self.forge.truth(day is not None))

    def compared(self, op: str, left: Day, right: Day) -> Truth:
        """A comparison."""
        return self.truths.of(self._is(op, left.value, right.value), self.forge.both(left.known, right.known))

    def select(self, test: Expr, yes: Day, no: Day) -> Day:
        """One of two days, by a bit."""
        make = self.forge
        return Day(make.select(test, yes.value, no.value), make.select(test, yes.known, no.known))

    def extreme(self, op: str, days: list[Day]) -> Day:
        """The least (`<=`) or greatest (`>=`) day."""
        found = days[0].value
        for day in days[1:]:
            found = self.forge.select(self._is(op, found, day.value), found, day.value)
        return Day(found, self.forge.both(*[day.known for day in days]))

    def add(self, day: Day, length: Quantity, unit: str) -> Day:
        """`day` moved by `length` days or months; unknown where the calendar ends, never stays never."""
        make, most = self.forge, self.numbers.whole(MOST[unit])
        short = [
            self.numbers.compared("<=", length, most),
            self.numbers.compared("<=", self.numbers.negate(most), length),
        ]
        by = make.cast(length.value, NARROW)
        moved, inside = self._months_later(day.value, by) if unit == "month" else self._days_later(day.value, by)
        is_never = self._is("=", day.value, self.never)
        known = make.both(day.known, *[test.met for test in short], make.either(is_never, inside))
        return Day(make.select(is_never, self.never, moved), known)

    def _days_later(self, day: Expr, by: Expr) -> tuple[Expr, Expr]:
        moved = self._op("add", day, by)
        first, last = self._is(">=", moved, day_number(FIRST)), self._is("<=", moved, day_number(LAST))
        return moved, self.forge.both(first, last)

    def _months_later(self, day: Expr, by: Expr) -> tuple[Expr, Expr]:
        year, month, day_of_month = self.parts(day)
        total = self._op("add", self._op("add", self._op("mul", year, 12), self._op("sub", month, 1)), by)
        year = self._op("div", total, 12)
        month = self._op("add", self._op("sub", total, self._op("mul", year, 12)), 1)
        inside = self.forge.both(self._is(">=", year, FIRST.year), self._is("<=", year, LAST.year))
        return self._joined(year, month, self._least(day_of_month, self._days_in(year, month))), inside

    def _least(self, left: Expr, right: Expr) -> Expr:
        return self.forge.select(self._is("<=", left, right), left, right)

    def parts(self, day: Expr) -> tuple[Expr, Expr, Expr]:
        """Year, month and day of the month."""
        shifted = self._op("add", day, MARCH_0000)
        era = self._op("div", shifted, ERA_DAYS)
        of_era = self._op("sub", shifted, self._op("mul", era, ERA_DAYS))
        leaps = self._op("sub", self._op("div", of_era, 36_524), self._op("div", of_era, ERA_DAYS - 1))
        years = self._op("div", self._op("add", self._op("sub", of_era, self._op("div", of_era, 1_460)), leaps), 365)
        of_year = self._op("sub", of_era, self._days_before(years))
        march = self._op("div", self._op("add", self._op("mul", of_year, 5), 2), 153)
        of_month = self._op("add", self._op("sub", of_year, self._month_start(march)), 1)
        january = self._is(">=", march, 10)
        month = self._op("add", march, self.forge.select(january, self._number(-9), self._number(3)))
        year = self._op("add", self._op("add", years, self._op("mul", era, ERA)), self.forge.cast(january, NARROW))
        return year, month, of_month

    def _days_before(self, years: Expr) -> Expr:
        """The days of so many years of an era."""
        leaps = self._op("sub", self._op("div", years, 4), self._op("div", years, 100))
        return self._op("add", self._op("mul", years, 365), leaps)

    def _month_start(self, march: Expr) -> Expr:
        """The days before a month, counted from March."""
        return self._op("div", self._op("add", self._op("mul", march, 153), 2), 5)

    def _joined(self, year: Expr, month: Expr, day_of_month: Expr) -> Expr:
        early = self._is("<=", month, 2)
        year = self._op("sub", year, self.forge.cast(early, NARROW))
        march = self._op("add", month, self.forge.select(early, self._number(9), self._number(-3)))
        era = self._op("div", year, ERA)
        years = self._op("sub", year, self._op("mul", era, ERA))
        of_year = self._op("add", self._month_start(march), self._op("sub", day_of_month, 1))
        of_era = self._op("add", self._days_before(years), of_year)
        return self._op("sub", self._op("add", self._op("mul", era, ERA_DAYS), of_era), MARCH_0000)

    def _days_in(self, year: Expr, month: Expr) -> Expr:
        """The days of a month: 30 and one more in every other, which is shifted by one from August on."""
        make = self.forge
        odd = self._op("and", self._op("add", month, self._op("div", month, 8)), 1)
        leap = make.both(
            self._divides(year, 4), make.either(make.negated(self._divides(year, 100)), self._divides(year, 400))
        )
        february = self._op("add", make.cast(leap, NARROW), 28)
        return make.select(self._is("=", month, 2), february, self._op("add", odd, 30))

    def _divides(self, number: Expr, by: int) -> Expr:
        return self._is("=", self._op("mul", self._op("div", number, by), by), number)

    def come(self, *days: Day) -> Expr:
        """Whether all are known and none stands for never."""
        return self.forge.both(*[self.forge.both(day.known, self._is("<>", day.value, self.never)) for day in days])

    def between(self, unit: str, start: Day, end: Day) -> Quantity:
        """Whole days, months or years from start to end; unknown if either is never."""
        value = self._op("sub", end.value, start.value) if unit == "day" else self._months(start.value, end.value)
        if unit == "year":
            shift = LENGTHS["month"] // 12
            value = self._op("sub", self._op("div", self._op("add", value, shift * 12), 12), shift)
        most = LENGTHS[unit]
        return Quantity(value, self.come(start, end), 0, -most, most)

    def _months(self, start: Expr, end: Expr) -> Expr:
        """Calendar months between, less one while the day of the month has not been reached."""
        first, last = self.parts(start), self.parts(end)
        months = self._op("sub", self._op("mul", last[0], 12), self._op("mul", first[0], 12))
        months = self._op("add", months, self._op("sub", last[1], first[1]))
        due = self._least(first[2], self._days_in(last[0], last[1]))
        return self._op("sub", months, self.forge.cast(self._is("<", last[2], due), NARROW))

    def part(self, part: str, day: Day) -> Quantity:
        """The year or month of a day; never has none."""
        year, month, _ = self.parts(day.value)
        return Quantity(year if part == "year" else month, self.come(day), 0, 0, LAST.year)

    def edge(self, edge: str, day: Day) -> Day:
        """The first or last day of the month or year; never stays never."""
        year, month, _ = self.parts(day.value)
        wanted = {
            "first_of_month": (month, self._number(1)),
            "last_of_month": (month, self._days_in(year, month)),
            "first_of_year": (self._number(1), self._number(1)),
            "last_of_year": (self._number(12), self._number(31)),
        }
        found = self._joined(year, *wanted[edge])
        return Day(self.forge.select(self._is("=", day.value, self.never), self.never, found), day.known)

    def served(self, start: Day, end: Day, length: Quantity, day: Day, first_day: Truth) -> Truth:
        """In service on `day` with `length` months completed."""
        make, complete = self.forge, self.add(start, length, "month")
        counted = self._op("add", day.value, make.cast(first_day.met, NARROW))
        there = make.both(
            self._is("<=", start.value, day.value),
            self._is("<", day.value, end.value),
            self._is(">=", counted, complete.value),
        )
        known = make.both(complete.known, end.known, day.known, self.truths.known(first_day))
        return self.truths.of(there, known)
