"""Values as cells: one number in memory for each row, of which one stands for what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.engines.native.forging import BYTE, NARROW, Expr, Forge
from luoshi.rulebook.engines.native.meanings import Day, Key, Lowered, Part, Quantity, Truth, Truths, width_of

UNKNOWN_TRUTH = 2
NOWHERE = -1
"""The cell of an unknown key, or of a reference to a row that there is not."""


def blank(width: int) -> int:
    """The cell of an unknown number or day."""
    return int(-(1 << (width - 1)))


@dataclass(frozen=True)
class Shape:
    """What the cells of a column mean. `kind` is truth, number, day or key; `known` says that none is unknown."""

    kind: str
    known: bool = False
    places: int = 0
    low: int = 0
    high: int = 0
    domain: str = ""

    @property
    def width(self) -> int:
        """The bits of a cell."""
        return {"truth": BYTE, "number": width_of(self.low, self.high)}.get(self.kind, NARROW)


def blank_of(shape: Shape) -> int:
    """The cell of what is unknown."""
    if shape.kind == "truth":
        return UNKNOWN_TRUTH
    return NOWHERE if shape.kind == "key" else blank(shape.width)


def shape_of(item: Lowered) -> Shape:
    """What a column needs to be like to hold a value."""
    assert not isinstance(item, Part), "a share is kept as two numbers"
    if isinstance(item, Truth):
        return Shape("truth")
    known = item.known.says(1)
    if isinstance(item, Quantity):
        return Shape("number", known, item.places, item.low, item.high)
    return Shape("day", known) if isinstance(item, Day) else Shape("key", known, domain=item.domain)


def cell_of(forge: Forge, item: Lowered) -> Expr:
    """The value as one number of the width of its shape."""
    width = shape_of(item).width
    if isinstance(item, Truth):
        known = forge.either(item.met, item.unmet)
        met = forge.cast(item.met, BYTE)
        return forge.select(known, met, forge.const(BYTE, UNKNOWN_TRUTH))
    assert not isinstance(item, Part), "a share is kept as two numbers"
    nothing = forge.const(width, blank_of(shape_of(item)))
    return forge.select(item.known, forge.cast(item.value, width), nothing)


def value_of(forge: Forge, cell: Expr, shape: Shape) -> Lowered:
    """What a cell means."""
    if shape.kind == "truth":
        met, unmet = (forge.compare("eq", cell, forge.const(BYTE, value)) for value in (1, 0))
        return Truth(met, forge.negated(met) if shape.known else unmet)
    known = forge.truth(True)
    if not shape.known:
        known = forge.compare("ne", cell, forge.const(cell.width, blank_of(shape)))
    if shape.kind == "number":
        return Quantity(cell, known, shape.places, shape.low, shape.high)
    return Day(cell, known) if shape.kind == "day" else Key(cell, known, shape.domain)


def where_there(forge: Forge, there: Expr, item: Lowered) -> Lowered:
    """The value where a bit is set, elsewhere unknown."""
    if isinstance(item, Truth):
        return Truths(forge).where(there, item)
    assert not isinstance(item, Part), "the typing rules follow no share"
    known = forge.both(there, item.known)
    if isinstance(item, Quantity):
        return Quantity(item.value, known, item.places, item.low, item.high)
    return Day(item.value, known) if isinstance(item, Day) else Key(item.value, known, item.domain)
