"""Columns as pages: small numbers are their own places, everything else is stored as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk.pages import INT32, INT64, kind_of, numbers_of, pages_of
from luoshi.rulebook.bulk.parquet import ParquetWriter

NOTHING_BLANK = (2).to_bytes(4, "little")


def test_small_numbers_are_their_own_places() -> None:
    found = pages_of(pa.array([1, 0, 5], pa.uint8()))
    assert found.words == b"".join(number.to_bytes(4, "little") for number in range(6)) and found.count == 6
    assert found.body == NOTHING_BLANK + b"\x06\x01" + b"\x04\x03" + bytes([1, 5, 0, 0])


@pytest.mark.parametrize("most", [1, 2, 3, 4, 15, 16, 255, 256])
def test_places_take_as_few_bits_as_there_are_numbers(most: int, tmp_path: Path) -> None:
    cells = pa.array([number % (most + 1) for number in range(1_001)], pa.uint16())
    with ParquetWriter(tmp_path / "cells.parquet", pa.schema({"cells": cells.type})) as writer:
        writer.write(pa.record_batch([cells], ["cells"]))
    assert pq.read_table(tmp_path / "cells.parquet")["cells"].combine_chunks() == cells
    assert pages_of(cells).body[7] == min(bits for bits in (1, 2, 4, 8, 16) if most < 1 << bits)


def test_one_number_for_all_is_said_once() -> None:
    assert pages_of(pa.array([3] * 100, pa.uint8())).body == (3).to_bytes(4, "little") + b"\xc8\x01\x01" + (
        b"\x02" + b"\xc8\x01\x03"
    )


def test_larger_ones_take_two_bytes_and_large_ones_stand_for_themselves() -> None:
    assert pages_of(pa.array([4095, 0], pa.uint16())).body[-16:] == b"\xff\x0f" + bytes(14)
    large = pages_of(pa.array([4096], pa.uint16()))
    assert (large.words, large.body[-4:]) == (None, b"\x00\x10\x00\x00")


def test_blanks_are_bits() -> None:
    found = pages_of(pa.array([None, 7, None], pa.int64()))
    assert found.body == (2).to_bytes(4, "little") + b"\x03\x02" + (7).to_bytes(8, "little")


@pytest.mark.parametrize("start", [0, 3, 8, 11])
@pytest.mark.parametrize("size", [1, 7, 8, 9, 20])
def test_blanks_of_a_piece_say_nothing_of_the_rest(start: int, size: int, tmp_path: Path) -> None:
    whole = pa.array([None if number % 3 else number for number in range(40)], pa.int64())
    cells = whole.slice(start, size)
    assert pages_of(cells) == pages_of(pa.array(cells.to_pylist(), pa.int64()))
    with ParquetWriter(tmp_path / "cells.parquet", pa.schema({"cells": cells.type})) as writer:
        writer.write(pa.record_batch([cells], ["cells"]))
    assert pq.read_table(tmp_path / "cells.parquet")["cells"].combine_chunks() == cells


def test_words_stand_once() -> None:
    cells = pa.DictionaryArray.from_arrays(pa.array([2, None, 2, 0], pa.int32()), pa.array(["a", "b", "县"]))
    found = pages_of(cells)
    assert (found.words, found.count) == (b"\x03\0\0\0" + "县".encode() + b"\x01\0\0\0a", 2)
    assert found.body[6:] == b"\x01\x03\x04"


@pytest.mark.parametrize(
    ("kind", "physical"), [(pa.uint64(), INT64), (pa.date32(), INT32), (pa.decimal64(18, 2), INT64)]
)
def test_kinds(kind: pa.DataType, physical: int) -> None:
    assert kind_of(kind).physical == physical


@pytest.mark.parametrize(
    ("cells", "like", "wanted"),
    [
        (pa.array([1, 2, 3])[1:], "<i8", [2, 3]),
        (pa.array([date(1970, 1, 2)]), "<i4", [1]),
        (pa.array([], pa.int64()), "<i8", []),
        (pa.array([1], pa.decimal128(38, 0)), "<i8", [1, 0]),
    ],
)
def test_cells_as_they_lie(cells: pa.Array, like: str, wanted: list[Any]) -> None:
    assert numbers_of(cells, like).tolist() == wanted
