"""Columns become cells, no wider than they are; references are also numbers of rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from luoshi.rulebook.engines.native.cells import Shape, blank
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.model.types import BOOL, DATE, TEXT, Number, Ref, Type


def taken(kind: Type, cells: pa.Array, *, blank_never: bool = False) -> tuple[Shape, Any]:
    registers = Registers({"thing": pa.array(range(len(cells))), "firm": pa.array([10, 11])})
    registers.take("thing", "x", kind, cells, blank_never=blank_never)
    held = registers.held["thing"]
    assert registers.kept()["thing"].most_rows == len(cells)
    return held.shapes["x"], held.cells


@pytest.mark.parametrize(
    ("kind", "cells", "shape", "wanted"),
    [
        (BOOL, pa.array([True, None, False]), Shape("truth"), [1, 2, 0]),
        (BOOL, pa.array([True]), Shape("truth", True), [1]),
        (DATE, pa.array([date(1970, 1, 2), None]), Shape("day"), [1, blank(32)]),
        (Number(), pa.array([5, None, -3]), Shape("number", False, 0, -9, 9), [5, blank(32), -3]),
        (Number(), pa.array([None, None], pa.int64()), Shape("number"), [blank(32)] * 2),
        (Number(2), pa.array([5, 7]), Shape("number", True, 2, 0, 999), [500, 700]),
        (Number(2), pa.array([Decimal("1.5")]), Shape("number", True, 2, 0, 999), [150]),
        (
            Number(2),
            pa.array([Decimal("1.5"), None], pa.decimal64(18, 2)),
            Shape("number", False, 2, 0, 999),
            [150, blank(32)],
        ),
        (Number(2), pa.array([Decimal("1.5")], pa.decimal32(9, 2)), Shape("number", True, 2, 0, 999), [150]),
        (Number(2), pa.array([Decimal("1.5")], pa.decimal64(18, 1)), Shape("number", True, 2, 0, 999), [150]),
        (Number(), pa.array([10**12]), Shape("number", True, 0, 0, 10**13 - 1), [10**12]),
        (TEXT, pa.array(["x", None]), Shape("key", domain=""), [0, -1]),
    ],
)
def test_cells(kind: Type, cells: pa.Array, shape: Shape, wanted: list[int]) -> None:
    found, held = taken(kind, cells)
    assert (found, held["x"].tolist()) == (shape, wanted)
    assert held["x"].itemsize * 8 == shape.width


def test_what_has_not_ended() -> None:
    shape, held = taken(DATE, pa.array([None, date(1970, 1, 1)]), blank_never=True)
    assert shape.known and held["x"].tolist() == [2_932_896, 0]


def test_numbers_wider_than_a_machine_word() -> None:
    shape, held = taken(
        Number(0, digits=38), pa.array([Decimal(10**30), Decimal(-(10**30)), None], pa.decimal128(38, 0))
    )
    assert shape.width == 128 and not shape.known
    words = [int.from_bytes(row.tobytes(), "little", signed=True) for row in held["x"]]
    assert words == [10**30, -(10**30), blank(128)]
    shape, held = taken(Number(0, digits=38), pa.array([9 * 10**18]))
    assert (shape.width, held["x"].tolist()) == (128, [[9 * 10**18, 0]])


def test_references_are_rows_too() -> None:
    _, held = taken(Ref("firm"), pa.array([11, None, 99]))
    assert held["x"].tolist() == [1, -1, 2] and held["x rows"].tolist() == [1, -1, -1]
    _, held = taken(Ref("firm"), pa.array([11, None]))
    assert held["x rows"] is held["x"]
    _, held = taken(Ref("nobody keeps"), pa.array(["a"]))
    assert held["x rows"].tolist() == [-1] and held["x rows"].dtype == np.int32
