"""Exact numbers on scaled integers: how large a result can get, and where operands are aligned.

Every number carries bounds: from the digits of its field, from the cells seen, from what is written. They choose the
narrowest column that always holds the result, and leave out care for signs that cannot occur.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.model.types import MOST_DIGITS

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
MOST_WHOLE = 2**63 - 1
MOST_WIDE = 10**MOST_DIGITS - 1
"""The widest column that every dialect has holds decimal digits, some in 128 bits, some in a decimal number."""


class TooWide(ValueError):
    """An exact result needs more digits than any column has."""


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number: `expr` is value × 10^places, a whole number from `low` to `high`."""

    expr: Expr
    places: int
    low: int
    high: int

    @property
    def most(self) -> int:
        """How far from zero it can be."""
        return max(abs(self.low), abs(self.high))


def scaled(value: int | Decimal, places: int) -> int:
    """value × 10^places, which must be whole.

    >>> scaled(Decimal("0.0435"), 6)
    43500
    """
    sign, numerals, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int)
    whole, shift = int("".join(map(str, numerals))), exponent + places
    power: int = 10 ** abs(shift)
    if shift < 0 and whole % power:
        raise ValueError(value)
    whole = whole * power if shift >= 0 else whole // power
    return -whole if sign else whole


def places_of(value: int | Decimal) -> int:
    """The decimal places that a value needs.

    >>> places_of(Decimal("20000.50")), places_of(3)
    (1, 0)
    """
    _, numerals, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, numerals))
    return max(0, -exponent - (len(text) - len(text.rstrip("0")))) if int(text) else 0


def kind_of(*reached: int) -> Kind:
    """The column kind that holds numbers which reach so far from zero."""
    most = max(abs(number) for number in reached)
    if most > MOST_WIDE:
        raise TooWide(most)
    return Kind.WHOLE if most <= MOST_WHOLE else Kind.WIDE


class Arithmetic:
    """The operations on quantities."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge

    def literal(self, value: int | Decimal | None, places: int) -> Quantity:
        """A written number, no wider than it is."""
        if value is None:
            return self.unknown(places)
        places = max(places, places_of(value))
        return self.whole(scaled(value, places), places)

    def whole(self, number: int, places: int = 0) -> Quantity:
        """A written scaled number."""
        return Quantity(self.forge.literal(kind_of(number), number), places, number, number)

    def unknown(self, places: int = 0) -> Quantity:
        """A number that nobody knows."""
        return Quantity(self.forge.null(Kind.WHOLE), places, 0, 0)

    def _made(self, op: str, args: list[Expr], places: int, reached: list[int]) -> Quantity:
        """An operation done in columns wide enough for its result."""
        low, high = min(reached), max(reached)
        kind = kind_of(low, high)
        widest = Kind.WIDE if any(arg.kind is Kind.WIDE for arg in args) else kind
        expr = self.forge.strict(op, widest, *(self.forge.as_kind(arg, widest) for arg in args))
        return Quantity(self.forge.as_kind(expr, kind), places, low, high)

    def to_places(self, item: Quantity, places: int) -> Quantity:
        """The same number with more decimal places."""
        power = 10 ** (places - item.places)
        if power == 1:
            return item
        if item.expr.is_null:
            return self.unknown(places)
        if item.expr.is_literal:
            return self.whole(item.expr.data * power, places)
        return self._made("*", [item.expr, self.whole(power).expr], places, [item.low * power, item.high * power])

    def alike(self, *items: Quantity) -> list[Quantity]:
        """Quantities brought to the same places and the same kind of column."""
        places = max(item.places for item in items)
        moved = [self.to_places(item, places) for item in items]
        kind = kind_of(*(item.most for item in moved))
        return [Quantity(self.forge.as_kind(item.expr, kind), places, item.low, item.high) for item in moved]

    def add(self, left: Quantity, right: Quantity) -> Quantity:
        """left + right."""
        a, b = self.alike(left, right)
        return self._made("+", [a.expr, b.expr], a.places, [a.low + b.low, a.high + b.high])

    def subtract(self, left: Quantity, right: Quantity) -> Quantity:
        """left - right."""
        a, b = self.alike(left, right)
        return self._made("-", [a.expr, b.expr], a.places, [a.low - b.high, a.high - b.low])

    def multiply(self, left: Quantity, right: Quantity) -> Quantity:
        """left × right."""
        for one, other in ((left, right), (right, left)):
            if one.expr.is_literal and one.expr.data == 1 and one.places == 0:
                return other
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self._made("*", [left.expr, right.expr], left.places + right.places, corners)

    def negate(self, item: Quantity) -> Quantity:
        """-item."""
        return self._made("negate", [item.expr], item.places, [-item.low, -item.high])

    def parts(self, item: Expr, power: int) -> tuple[Expr, Expr]:
        """A number divided by a power of ten: the whole quotient, cut off toward zero, and what is left, both wide."""
        make = self.forge
        wide = make.as_kind(item, Kind.WIDE)
        if power > MOST_WIDE:
            tenth = make.strict("quotient", Kind.WIDE, wide, make.literal(Kind.WIDE, 10))
            return self.parts(tenth, power // 10)[0], wide
        divisor = make.literal(Kind.WIDE, power)
        return make.strict("quotient", Kind.WIDE, wide, divisor), make.strict("remainder", Kind.WIDE, wide, divisor)

    def extreme(self, op: str, items: list[Quantity]) -> Quantity:
        """The least (`<=`) or greatest (`>=`) item; unknown if any is."""
        same, choose = self.alike(*items), min if op == "<=" else max
        low, high = choose(item.low for item in same), choose(item.high for item in same)
        return Quantity(extreme(self.forge, op, [item.expr for item in same]), same[0].places, low, high)

    def either(self, items: list[Quantity], expr: Expr) -> Quantity:
        """A column that is one of several alike quantities."""
        return Quantity(expr, items[0].places, min(item.low for item in items), max(item.high for item in items))


def extreme(make: Forge, op: str, items: list[Expr]) -> Expr:
    """The least (`<=`) or greatest (`>=`) of columns of one kind; unknown if any is."""
    found, *rest = sorted(items, key=lambda item: not item.known)
    for item in rest:
        first = make.strict(op, Kind.TRUTH, found, item)
        found = make.case((make.either(first, make.missing(found)), found), otherwise=item)
    return found
