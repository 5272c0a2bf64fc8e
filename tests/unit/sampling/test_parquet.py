"""Parquet files: types, unknown values, negative money, several row groups."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from luoshi.rulebook.model.types import BOOL, DATE, TEXT, Code, Number, Ref
from luoshi.sampling.areas import Areas, Division
from luoshi.sampling.columns import Column
from luoshi.sampling.parquet import ROW_GROUP, write_table

AREAS = Areas([Division("99", "九省", ""), Division("9901", "九市", "")])
SOME = np.array([True, False, True])


def test_every_type_is_read_back(tmp_path: Path) -> None:
    columns = {
        "count": Column(Number(), np.array([5, 6, -7]), SOME),
        "money": Column(Number(2), np.array([-150, 7, 10**15]), SOME),
        "rate": Column(Number(4), np.array([300, 0, 10_000])),
        "flag": Column(BOOL, np.array([True, False, False]), SOME),
        "day": Column(DATE, np.array([0, 1, -1], dtype=np.int32)),
        "code": Column(Code(("a", "b")), np.array([1, 0, 0], dtype=np.int16), SOME),
        "place": Column(Ref("area"), np.array([1, 0, 0]), SOME),
        "row": Column(Ref("person"), np.array([4, 0, 9]), SOME),
        "word": Column(TEXT, np.array([0, 0, 1]), SOME, ("甲", "乙")),
        "number": Column(TEXT, np.frombuffer(b"W1W2W3", dtype=np.uint8).reshape(3, 2), SOME),
    }
    write_table(tmp_path / "shop.parquet", columns, 3, AREAS)
    table = pq.read_table(tmp_path / "shop.parquet")
    assert table.to_pydict() == {
        "id": [0, 1, 2],
        "count": [5, None, -7],
        "money": [Decimal("-1.50"), None, Decimal("10000000000000.00")],
        "rate": [Decimal("0.0300"), Decimal("0.0000"), Decimal("1.0000")],
        "flag": [True, None, False],
        "day": [date(1970, 1, 1), date(1970, 1, 2), date(1969, 12, 31)],
        "code": ["b", None, "a"],
        "place": ["9901", None, "99"],
        "row": [4, None, 9],
        "word": ["甲", None, "乙"],
        "number": ["W1", None, "W3"],
    }
    assert str(table.schema.field("money").type) == "decimal128(18, 2)"


def test_areas_are_named_by_their_codes(tmp_path: Path) -> None:
    write_table(tmp_path / "area.parquet", {}, 2, AREAS)
    assert pq.read_table(tmp_path / "area.parquet").to_pydict() == {"id": ["99", "9901"]}


def test_many_rows_come_in_groups_and_none_in_an_empty_file(tmp_path: Path) -> None:
    count = ROW_GROUP + 5
    write_table(tmp_path / "shop.parquet", {"count": Column(Number(), np.arange(count))}, count, AREAS)
    file = pq.ParquetFile(tmp_path / "shop.parquet")
    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [ROW_GROUP, 5]
    assert file.read()["id"].to_pylist() == file.read()["count"].to_pylist()
    write_table(tmp_path / "sale.parquet", {"count": Column(Number(), np.arange(0))}, 0, AREAS)
    assert pq.read_table(tmp_path / "sale.parquet").to_pydict() == {"id": [], "count": []}
