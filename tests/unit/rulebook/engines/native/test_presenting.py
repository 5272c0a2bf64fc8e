"""Cells become columns: of the width of the file, with blanks where nothing is known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from luoshi.rulebook.engines.native.cells import Shape, blank
from luoshi.rulebook.engines.native.deciding import Output
from luoshi.rulebook.engines.native.forging import Column
from luoshi.rulebook.engines.native.memory import cells_of
from luoshi.rulebook.engines.native.presenting import Presenting, as_read
from luoshi.rulebook.engines.native.registers import Registers


def shown(shape: Shape | None, width: int, cells: list[int], digits: int = 18) -> pa.Array:
    registers = Registers({"firm": pa.array([10, 11]), "shop": pa.array(["s"]), "area": pa.array(["62"])})
    registers.domain("shop").place("t")
    output = Output("x", Column("thing", "x", width), shape, digits)
    return Presenting(registers).column(output, cells_of(cells, width).view(np.uint8))


@pytest.mark.parametrize(
    ("shape", "width", "cells", "kind", "wanted"),
    [
        (None, 8, [1, -1], pa.uint8(), [1, 255]),
        (None, 64, [-1], pa.uint64(), [2**64 - 1]),
        (Shape("truth"), 8, [1, 0, 2], pa.bool_(), [True, False, None]),
        (Shape("number"), 32, [7, blank(32)], pa.int64(), [7, None]),
        (Shape("number"), 64, [7, blank(64)], pa.int64(), [7, None]),
        (Shape("number", places=2), 32, [-150, blank(32)], pa.decimal64(18, 2), [Decimal("-1.50"), None]),
        (Shape("number", places=2), 64, [-150], pa.decimal64(18, 2), [Decimal("-1.50")]),
        (Shape("key", domain="firm"), 32, [1, -1, 0], pa.int64(), [11, None, 10]),
    ],
)
def test_columns(shape: Shape | None, width: int, cells: list[int], kind: pa.DataType, wanted: list[Any]) -> None:
    found = shown(shape, width, cells)
    assert (found.type, found.to_pylist()) == (kind, wanted)


@pytest.mark.parametrize("width", [128, 256])
def test_very_wide_numbers(width: int) -> None:
    found = shown(Shape("number", places=2), width, [-(10**30), blank(width), 0], 38)
    assert (found.type, found.to_pylist()) == (pa.decimal128(38, 2), [Decimal(-(10**28)), None, Decimal(0)])


def test_numbers_in_a_wide_column() -> None:
    found = shown(Shape("number", places=2), 32, [-150, blank(32), 7], 38)
    assert (found.type, found.to_pylist()) == (pa.decimal128(38, 2), [Decimal("-1.50"), None, Decimal("0.07")])


def test_columns_as_they_are_read_from_files() -> None:
    money = shown(Shape("number", places=2), 64, [-150, blank(64)])
    words = shown(Shape("key", domain="shop"), 32, [1, -1])
    found = [as_read(cells) for cells in (money, words, pa.array([1]))]
    assert [cells.type for cells in found] == [pa.decimal128(18, 2), pa.string(), pa.int64()]
    assert found[0].to_pylist() == [Decimal("-1.50"), None] and found[1].to_pylist() == ["t", None]


def test_words_and_days() -> None:
    assert shown(Shape("key", domain="shop"), 32, [1, 0, -1]).to_pylist() == ["t", "s", None]
    assert shown(Shape("key", domain="area"), 32, [0]).to_pylist() == ["62"]
    assert [str(day) for day in shown(Shape("day"), 32, [0, 2_932_896, blank(32)])] == [
        "1970-01-01",
        "9999-12-31",
        "None",
    ]


def test_rows_known_by_numbers_beside_words() -> None:
    registers = Registers({"firm": pa.array([10])})
    registers.domain("firm").place("x")
    output = Output("x", Column("thing", "x", 32), Shape("key", domain="firm"))
    assert Presenting(registers).column(output, np.array([1, 0], np.int32).view(np.uint8)).to_pylist() == ["x", "10"]
