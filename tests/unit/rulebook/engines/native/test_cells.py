"""Values as cells and back."""

from __future__ import annotations

import pytest

from luoshi.rulebook.engines.native.cells import Shape, blank, blank_of, cell_of, shape_of, value_of, where_there
from luoshi.rulebook.engines.native.forging import NARROW, Forge
from luoshi.rulebook.engines.native.meanings import Day, Key, Lowered, Truth, Truths
from luoshi.rulebook.engines.native.numbers import Arithmetic

MAKE = Forge()
NUMBERS, TRUTHS = Arithmetic(MAKE), Truths(MAKE)
YES, NO = MAKE.truth(True), MAKE.truth(False)
SEVEN = MAKE.const(NARROW, 7)


@pytest.mark.parametrize(
    ("item", "cell"),
    [
        (TRUTHS.written(True), 1),
        (TRUTHS.written(False), 0),
        (TRUTHS.written(None), 2),
        (NUMBERS.whole(7), 7),
        (NUMBERS.unknown(), blank(32)),
        (Day(SEVEN, YES), 7),
        (Day(SEVEN, NO), blank(32)),
        (Key(SEVEN, YES, "firm"), 7),
        (Key(SEVEN, NO, ""), -1),
    ],
)
def test_there_and_back(item: Lowered, cell: int) -> None:
    made, shape = cell_of(MAKE, item), shape_of(item)
    assert (made.value, made.width) == (cell, shape.width)
    again = value_of(MAKE, made, shape)
    assert type(again) is type(item)
    assert cell_of(MAKE, again) is made
    nowhere = cell_of(MAKE, where_there(MAKE, NO, item))
    assert nowhere.value == blank_of(shape)
    assert cell_of(MAKE, where_there(MAKE, YES, item)) is made


def test_cells_that_are_always_known() -> None:
    for kind in ("truth", "number", "day", "key"):
        shape = Shape(kind, known=True)
        found = value_of(MAKE, MAKE.const(shape.width, 0), shape)
        known = TRUTHS.known(found) if isinstance(found, Truth) else found.known  # type: ignore[union-attr]  # no share
        assert known.says(1)
