"""Exact numbers on scaled integers: how wide a result gets, where operands are aligned, how quotients are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.rulebook.engines.sql.expressions import Expr, Forge, Kind
from luoshi.rulebook.model.types import MOST_DIGITS, NARROW_DIGITS

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


class TooWide(ValueError):
    """An exact result needs more digits than any column has."""


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number: `expr` is value × 10^places, a whole number of at most `digits` digits."""

    expr: Expr
    places: int
    digits: int


def scaled(value: int | Decimal, places: int) -> int:
    """value × 10^places, which must be whole.

    >>> scaled(Decimal("0.0435"), 6)
    43500
    """
    sign, numerals, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int)
    whole = int("".join(map(str, numerals)))
    shift = exponent + places
    if shift < 0 and whole % 10**-shift:
        raise ValueError(value)
    whole = whole * 10**shift if shift >= 0 else whole // 10**-shift
    return -whole if sign else whole


def places_of(value: int | Decimal) -> int:
    """The decimal places that a value needs.

    >>> places_of(Decimal("20000.50")), places_of(3)
    (1, 0)
    """
    sign, numerals, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, numerals))
    return max(0, -exponent - (len(text) - len(text.rstrip("0")))) if int(text) else 0


class Arithmetic:
    """The operations on quantities."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge

    def quantity(
        self, op: str, args: tuple[Expr, ...], places: int, digits: int, *, known: bool | None = None
    ) -> Quantity:
        """An operation done in columns wide enough for its result."""
        kind = kind_of(digits)
        widened = [self.forge.as_kind(arg, kind) for arg in args]
        return Quantity(self.forge.strict(op, kind, *widened, known=known), places, digits)

    def literal(self, value: int | Decimal | None, places: int) -> Quantity:
        """A written number, no wider than it is."""
        if value is None:
            return Quantity(self.forge.null(Kind.WHOLE), places, 1)
        places = max(places, places_of(value))
        return self.whole(scaled(value, places), places)

    def whole(self, number: int, places: int = 0) -> Quantity:
        """A written scaled number."""
        digits = len(str(abs(number)))
        return Quantity(self.forge.literal(kind_of(digits), number), places, digits)

    def fitted(self, item: Quantity, digits: int) -> Expr:
        """The column of a quantity, wide enough for `digits`."""
        return self.forge.as_kind(item.expr, kind_of(digits))

    def to_places(self, item: Quantity, places: int) -> Quantity:
        """The same number with more decimal places."""
        shift = places - item.places
        if shift == 0:
            return item
        if item.expr.is_literal and item.expr.data is not None:
            return self.whole(item.expr.data * 10**shift, places)
        digits = item.digits + shift
        power = self.forge.literal(kind_of(digits), 10**shift)
        return self.quantity("*", (item.expr, power), places, digits)

    def alike(self, *items: Quantity) -> tuple[list[Expr], int, int]:
        """The columns of quantities brought to common places and width, with both."""
        places = max(item.places for item in items)
        moved = [self.to_places(item, places) for item in items]
        digits = max(item.digits for item in moved)
        return [self.fitted(item, digits) for item in moved], places, digits

    def add(self, left: Quantity, right: Quantity, op: str = "+") -> Quantity:
        """left + right, or left - right."""
        (a, b), places, digits = self.alike(left, right)
        return self.quantity(op, (a, b), places, digits + 1)

    def multiply(self, left: Quantity, right: Quantity) -> Quantity:
        """left × right."""
        if _is_one(left):
            return right
        if _is_one(right):
            return left
        return self.quantity("*", (left.expr, right.expr), left.places + right.places, left.digits + right.digits)

    def negate(self, item: Quantity) -> Quantity:
        """-item."""
        return self.quantity("negate", (item.expr,), item.places, item.digits)

    def compare(self, op: str, left: Quantity, right: Quantity) -> Expr:
        """A comparison, exact also where scaling one side would not fit in any column."""
        if left.places < right.places:
            return self.compare(MIRRORED[op], right, left)
        shift = left.places - right.places
        if max(left.digits, right.digits + shift) <= MOST_DIGITS:
            (a, b), _, _ = self.alike(left, right)
            return self.forge.strict(op, Kind.TRUTH, a, b)
        return self._compare_parts(op, left, right, shift)

    def _compare_parts(self, op: str, left: Quantity, right: Quantity, shift: int) -> Expr:
        """left op right × 10^shift: the whole parts decide, and the rest where they are equal."""
        make, digits = self.forge, max(left.digits, right.digits, shift + 1)
        if shift >= MOST_DIGITS:
            raise TooWide(shift)
        power, zero = self.whole(10**shift).expr, self.whole(0).expr
        a, b, power, zero = (make.as_kind(item, kind_of(digits)) for item in (left.expr, right.expr, power, zero))
        whole, rest = make.strict("quotient", a.kind, a, power), make.strict("remainder", a.kind, a, power)
        strict_op = op.rstrip("=") if op in {"<=", ">="} else op
        return make.case(
            (make.strict("=", Kind.TRUTH, whole, b), make.strict(op, Kind.TRUTH, rest, zero)),
            otherwise=make.strict(strict_op, Kind.TRUTH, whole, b),
        )

    def extreme(self, op: str, items: list[Quantity]) -> Quantity:
        """The least (`<=`) or greatest (`>=`) item; unknown if any is."""
        exprs, places, digits = self.alike(*items)
        return Quantity(extreme(self.forge, op, exprs), places, digits)


def extreme(make: Forge, op: str, items: list[Expr]) -> Expr:
    """The least (`<=`) or greatest (`>=`) of columns of one kind; unknown if any is."""
    found, *rest = sorted(items, key=lambda item: not item.known)
    for item in rest:
        first = make.strict(op, Kind.TRUTH, found, item)
        found = make.case((make.either(first, make.missing(found)), found), otherwise=item)
    return found


def _is_one(item: Quantity) -> bool:
    return item.expr.is_literal and item.expr.data == 1 and item.places == 0


def kind_of(digits: int) -> Kind:
    """The column kind that holds so many digits."""
    if digits > MOST_DIGITS:
        raise TooWide(digits)
    return Kind.WHOLE if digits <= NARROW_DIGITS else Kind.WIDE
