"""Exact numbers on scaled whole numbers: every result is as wide as its bounds ask for, so that nothing overflows."""

from __future__ import annotations

from decimal import Context, Decimal

from luoshi.rulebook.engines.native.forging import Expr, Forge
from luoshi.rulebook.engines.native.meanings import Quantity, Truth, Truths, width_of
from luoshi.rulebook.model.nodes import Exact

OPERATORS = {"=": "eq", "<>": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}
_EXACT = Context(prec=120)


def scaled(value: Exact, places: int) -> int:
    """value × 10^places, a whole number.

    >>> scaled(Decimal("0.0435"), 6)
    43500
    """
    return int(Decimal(value).scaleb(places, _EXACT))


def places_of(value: Exact) -> int:
    """The decimal places that a value needs.

    >>> places_of(Decimal("20000.50")), places_of(3)
    (1, 0)
    """
    exponent = Decimal(value).normalize(_EXACT).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def outward(low: int, high: int) -> tuple[int, int]:
    """Bounds no tighter than powers of ten: data that are a little different give the same code.

    >>> outward(-3, 1234), outward(5, 7)
    ((-9, 9999), (0, 9))
    """
    return (-_nines(-low) if low < 0 else 0, _nines(high) if high > 0 else 0)


def _nines(most: int) -> int:
    return int(10 ** len(str(most)) - 1)


class Arithmetic:
    """The operations on quantities; each is unknown as soon as one operand is."""

    def __init__(self, forge: Forge) -> None:
        self.forge, self.truths = forge, Truths(forge)

    def written(self, value: Exact | None, places: int) -> Quantity:
        """A written number of at least so many places; None is unknown."""
        if value is None:
            return self.unknown(places)
        places = max(places, places_of(value))
        return self.whole(scaled(value, places), places)

    def whole(self, number: int, places: int = 0) -> Quantity:
        """A written scaled number."""
        return Quantity(self.forge.const(width_of(number), number), self.forge.truth(True), places, number, number)

    def unknown(self, places: int = 0) -> Quantity:
        """A number that nobody knows."""
        return Quantity(self.forge.const(width_of(0), 0), self.forge.truth(False), places, 0, 0)

    def counted(self, value: Expr, low: int, high: int) -> Quantity:
        """A whole number that is always known."""
        return Quantity(value, self.forge.truth(True), 0, low, high)

    def known(self, *items: Quantity) -> Expr:
        """Whether all are known."""
        return self.forge.both(*[item.known for item in items])

    def fitted(self, items: list[Quantity], *reached: int) -> list[Expr]:
        """The values of several numbers in one width that holds all of them, and numbers that reach so far."""
        width = width_of(*reached, *(item.most for item in items))
        return [self.forge.cast(item.value, width) for item in items]

    def to_places(self, item: Quantity, places: int) -> Quantity:
        """The same number with more decimal places."""
        power: int = 10 ** (places - item.places)
        low, high = item.low * power, item.high * power
        value = self.fitted([item], low, high)[0]
        return Quantity(
            self.forge.op("mul", value, self.forge.const(value.width, power)), item.known, places, low, high
        )

    def alike(self, *items: Quantity) -> list[Quantity]:
        """Numbers brought to the same places."""
        places = max(item.places for item in items)
        return [self.to_places(item, places) for item in items]

    def add(self, left: Quantity, right: Quantity) -> Quantity:
        """left + right."""
        a, b = self.alike(left, right)
        return self._made("add", [a, b], a.places, [a.low + b.low, a.high + b.high])

    def subtract(self, left: Quantity, right: Quantity) -> Quantity:
        """left - right."""
        a, b = self.alike(left, right)
        return self._made("sub", [a, b], a.places, [a.low - b.high, a.high - b.low])

    def multiply(self, left: Quantity, right: Quantity) -> Quantity:
        """left × right."""
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self._made("mul", [left, right], left.places + right.places, corners)

    def negate(self, item: Quantity) -> Quantity:
        """-item."""
        return self.subtract(self.whole(0, item.places), item)

    def _made(self, op: str, items: list[Quantity], places: int, reached: list[int]) -> Quantity:
        value = self.forge.op(op, *self.fitted(items, *reached))
        return Quantity(value, self.known(*items), places, min(reached), max(reached))

    def compared(self, op: str, left: Quantity, right: Quantity) -> Truth:
        """A comparison."""
        both = self.alike(left, right)
        return self.truths.of(self.forge.compare(OPERATORS[op], *self.fitted(both)), self.known(left, right))

    def extreme(self, op: str, items: list[Quantity]) -> Quantity:
        """The least (`<=`) or greatest (`>=`) number."""
        same, choose = self.alike(*items), min if op == "<=" else max
        found, *rest = self.fitted(same)
        for value in rest:
            found = self.forge.select(self.forge.compare(OPERATORS[op], found, value), found, value)
        bounds = choose(item.low for item in same), choose(item.high for item in same)
        return Quantity(found, self.known(*same), same[0].places, *bounds)

    def select(self, test: Expr, yes: Quantity, no: Quantity) -> Quantity:
        """One of two numbers, by a bit."""
        same = self.alike(yes, no)
        value = self.forge.select(test, *self.fitted(same))
        known = self.forge.select(test, yes.known, no.known)
        return Quantity(value, known, same[0].places, min(item.low for item in same), max(item.high for item in same))
