"""Expressions are made once, and no simpler one could be put in their place."""

from __future__ import annotations

import pytest

from luoshi.rulebook.engines.native.forging import BIT, COMPARED, FOLDED, NARROW, WORD, Column, Forge, within
from tests.unit.rulebook.engines.native.computing import computed

CELL = Column("thing", "size", NARROW)


def test_equal_expressions_are_one() -> None:
    make = Forge()
    one = make.op("add", make.load(CELL), make.const(NARROW, 1))
    assert one is make.op("add", make.const(NARROW, 1), make.load(CELL))
    assert one is not make.op("sub", make.load(CELL), make.const(NARROW, 1))
    assert [expr.op for expr in within([one, one])] == ["load", "const", "add"]
    assert (one.stage, one.cost) == (0, 2)


def test_what_is_written_is_worked_out() -> None:
    make = Forge()
    seven, two = make.const(NARROW, 7), make.const(NARROW, 2)
    assert {name: make.op(name, seven, two).value for name in FOLDED} == {
        "add": 9, "sub": 5, "mul": 14, "and": 2, "or": 7, "xor": 5,
    }  # fmt: skip
    assert {name: make.compare(name, seven, two).value for name in COMPARED} == {
        "eq": 0, "ne": 1, "slt": 0, "sle": 0, "sgt": 1, "sge": 1,
    }  # fmt: skip
    assert make.divide(seven, two).value == 3
    assert make.divide(make.const(NARROW, -1), two).value == 2**31 - 1, "no number is negative there"
    assert make.op("add", make.const(NARROW, 2**31 - 1), two).value == -(2**31) + 1
    assert (make.cast(seven, WORD).width, make.cast(seven, NARROW)) == (WORD, seven)


def test_nothing_is_done_in_vain() -> None:
    make = Forge()
    size, bit = make.load(CELL), make.compare("eq", make.load(CELL), make.const(NARROW, 3))
    nothing, one = make.const(NARROW, 0), make.const(NARROW, 1)
    assert make.op("mul", size, nothing) is nothing and make.op("mul", one, size) is size
    assert make.op("add", nothing, size) is size and make.op("sub", size, nothing) is size
    assert make.op("sub", nothing, size).op == "sub"
    assert make.divide(size, one) is size and make.divide(size, make.const(NARROW, 2)).op == "udiv"
    assert make.both(bit, make.truth(True), bit) is bit and make.both(bit, make.truth(False)).says(0)
    assert make.either(bit, make.truth(False)) is bit and make.either(bit, make.truth(True)).says(1)
    assert make.op("or", bit, make.truth(True)).says(1)
    assert make.negated(make.negated(bit)) is bit
    assert make.select(make.truth(True), size, one) is size and make.select(make.truth(False), size, one) is one
    assert make.select(bit, size, size) is size and make.select(bit, size, one).op == "select"
    assert make.select(bit, make.truth(True), make.truth(False)) is bit


@pytest.mark.parametrize("fast", [False, True])
def test_every_operation_is_compiled_as_it_is_folded(fast: bool) -> None:
    make, other = Forge(), Column("thing", "other", NARROW)
    left, right = [7, -7, 2**31 - 1, 0], [2, 3, -1, 5]
    a, b = make.load(CELL), make.load(other)
    names = [*FOLDED, *COMPARED]
    exprs = [make.op(name, a, b) if name in FOLDED else make.compare(name, a, b) for name in names]
    constants = [
        [
            make.op(name, make.const(NARROW, x), make.const(NARROW, y)).value
            if name in FOLDED
            else make.compare(name, make.const(NARROW, x), make.const(NARROW, y)).value
            for x, y in zip(left, right, strict=True)
        ]
        for name in names
    ]
    wide = make.cast(make.op("mul", make.cast(a, WORD), make.cast(b, WORD)), NARROW)
    bit = make.cast(make.compare("slt", a, b), NARROW)
    seen = computed([*exprs, wide, bit, make.row], {CELL: left, other: right}, fast=fast)
    assert seen[: len(names)] == constants
    assert seen[len(names) :] == [constants[names.index("mul")], constants[names.index("slt")], [0, 1, 2, 3]]


def test_bits_are_nothing_but_zero_and_one() -> None:
    make = Forge()
    assert (make.const(BIT, 3).value, make.const(BIT, 2).value) == (1, 0)
