"""Scalar expressions: what is done with the cells of one row, in whole numbers of fixed width. Equal ones are one.

Nothing here is ever unknown: whether a value is known is an expression of its own, a truth of one bit. Every operation
gives a result for any operands, so that cells that nobody knows may hold anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

BIT, BYTE, NARROW, WORD, WIDE = 1, 8, 32, 64, 128
FOLDED: dict[str, Callable[[int, int], int]] = {
    "add": int.__add__,
    "sub": int.__sub__,
    "mul": int.__mul__,
    "and": int.__and__,
    "or": int.__or__,
    "xor": int.__xor__,
}
COMPARED: dict[str, Callable[[int, int], bool]] = {
    "eq": int.__eq__,
    "ne": int.__ne__,
    "slt": int.__lt__,
    "sle": int.__le__,
    "sgt": int.__gt__,
    "sge": int.__ge__,
}
MOST_COST = 10_000


@dataclass(frozen=True, eq=False)
class Column:
    """Cells that stand in memory, `width` bits each, one for every row of a register.

    They are there from pass `stage` on. The cells of a column that belongs to a `record` stand among its others.
    """

    register: str
    name: str
    width: int
    stage: int = 0
    record: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Expr:
    """An operation of `width` bits on others. `number` counts up: operands come before what is made of them."""

    op: str
    width: int
    args: tuple[Expr, ...] = ()
    value: int = 0
    column: Column | None = None
    number: int = 0
    stage: int = 0
    cost: int = 0

    @property
    def is_const(self) -> bool:
        """Whether it is written."""
        return self.op == "const"

    def says(self, value: int) -> bool:
        """Whether it is written and is that value."""
        return self.is_const and self.value == value


def wrapped(value: int, width: int) -> int:
    """A whole number as so many bits hold it; one bit is 0 or 1, more bits have a sign.

    >>> wrapped(2**31, 32), wrapped(3, 1)
    (-2147483648, 1)
    """
    if width == BIT:
        return value & 1
    half: int = 1 << (width - 1)
    return (value + half) % (2 * half) - half


def within(exprs: Iterable[Expr]) -> list[Expr]:
    """The expressions and everything they are made of, each once, operands first."""
    found: dict[int, Expr] = {}
    waiting = list(exprs)
    while waiting:
        expr = waiting.pop()
        if expr.number not in found:
            found[expr.number] = expr
            waiting.extend(expr.args)
    return [found[number] for number in sorted(found)]


@dataclass
class Forge:
    """Makes expressions: each only once, and no simpler one could be put in its place at a glance."""

    _made: dict[tuple[object, ...], Expr] = field(default_factory=dict)

    def _make(
        self, op: str, width: int, args: tuple[Expr, ...] = (), *, value: int = 0, column: Column | None = None
    ) -> Expr:
        key = (op, width, *(arg.number for arg in args), value, id(column))
        found = self._made.get(key)
        if found is None:
            stage = max([0 if column is None else column.stage, *(arg.stage for arg in args)])
            cost = min(MOST_COST, (op != "const") + sum(arg.cost for arg in args))
            found = Expr(op, width, args, value, column, len(self._made), stage, cost)
            self._made[key] = found
        return found

    def const(self, width: int, value: int) -> Expr:
        """A written number."""
        return self._make("const", width, value=wrapped(value, width))

    def truth(self, value: bool) -> Expr:
        """A written bit."""
        return self.const(BIT, int(value))

    @property
    def row(self) -> Expr:
        """The number of the row."""
        return self._make("row", NARROW)

    def load(self, column: Column) -> Expr:
        """The row's own cell of a column."""
        return self._make("load", column.width, column=column)

    def gather(self, column: Column, row: Expr) -> Expr:
        """The cell of a column in another row; `row` must be one that there is."""
        return self._make("gather", column.width, (row,), column=column)

    def op(self, name: str, left: Expr, right: Expr) -> Expr:
        """Add, sub, mul, and, or, xor of two numbers of one width; what does not fit wraps."""
        if left.is_const and right.is_const:
            return self.const(left.width, FOLDED[name](left.value, right.value))
        if left.is_const and name != "sub":
            left, right = right, left
        if right.is_const and right.value == 0:
            return right if name in {"mul", "and"} else left
        if right.says(1) and (name == "mul" or left.width == BIT and name in {"and", "or"}):
            return right if name == "or" else left
        return left if left is right and name in {"and", "or"} else self._make(name, left.width, (left, right))

    def divide(self, left: Expr, right: Expr) -> Expr:
        """The whole quotient of numbers that are not negative; the divisor must not be zero in any row."""
        if left.is_const and right.is_const:
            mask = (1 << left.width) - 1
            return self.const(left.width, (left.value & mask) // (right.value & mask))
        return left if right.says(1) else self._make("udiv", left.width, (left, right))

    def compare(self, name: str, left: Expr, right: Expr) -> Expr:
        """Whether eq, ne, slt, sle, sgt or sge holds of two numbers of one width."""
        if left.is_const and right.is_const:
            return self.truth(COMPARED[name](left.value, right.value))
        return self._make(name, BIT, (left, right))

    def select(self, test: Expr, yes: Expr, no: Expr) -> Expr:
        """One of two numbers of one width, by a bit."""
        if test.is_const:
            return yes if test.value else no
        if yes is no:
            return yes
        if yes.width == BIT:
            return self.either(self.both(test, yes), self.both(self.negated(test), no))
        return self._make("select", yes.width, (test, yes, no))

    def cast(self, item: Expr, width: int) -> Expr:
        """The number in more or fewer bits; more keep its sign, but for a bit, which becomes 0 or 1."""
        if item.width == width:
            return item
        if item.is_const:
            return self.const(width, item.value)
        op = "trunc" if width < item.width else "zext" if item.width == BIT else "sext"
        return self._make(op, width, (item,))

    def both(self, *items: Expr) -> Expr:
        """Whether all bits are set."""
        found = self.truth(True)
        for item in items:
            if item.says(0):
                return item
            found = self.op("and", found, item)
        return found

    def either(self, *items: Expr) -> Expr:
        """Whether some bit is set."""
        found = self.truth(False)
        for item in items:
            if item.says(1):
                return item
            found = self.op("or", found, item)
        return found

    def negated(self, item: Expr) -> Expr:
        """The other bit."""
        if item.op == "xor" and item.width == BIT and item.args[1].says(1):
            return item.args[0]
        return self.op("xor", item, self.truth(True))
