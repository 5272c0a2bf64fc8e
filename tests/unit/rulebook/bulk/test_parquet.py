"""What is written is read back as it was, by PyArrow and by DuckDB; readers may pass over groups of rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk.parquet import ParquetWriter

COLUMNS: dict[str, tuple[pa.DataType, list[Any]]] = {
    "id": (pa.string(), ["a", "县" * 50, ""]),
    "number": (pa.int64(), [-1, 2**62, 0]),
    "mask": (pa.uint8(), [0, 255, 3]),
    "wide mask": (pa.uint16(), [0, 65_535, 1]),
    "wider mask": (pa.uint32(), [0, 2**32 - 1, 1]),
    "widest mask": (pa.uint64(), [0, 2**64 - 1, 1]),
    "money": (pa.decimal64(18, 2), [Decimal("-0.01"), Decimal(10**15), None]),
    "much": (pa.decimal128(38, 2), [Decimal("-0.01"), Decimal(10**30), None]),
    "day": (pa.date32(), [date(1970, 1, 1), None, date(9999, 12, 31)]),
    "truth": (pa.bool_(), [True, None, False]),
    "nothing": (pa.int64(), [None, None, None]),
}


def batch() -> pa.RecordBatch:
    columns = {name: pa.array(cells, kind) for name, (kind, cells) in COLUMNS.items()}
    places = pa.array([1, None, 1], pa.int32())
    return pa.RecordBatch.from_pydict({**columns, "word": pa.DictionaryArray.from_arrays(places, pa.array(["x", "y"]))})


def written(path: Path, batches: list[pa.RecordBatch]) -> Path:
    with ParquetWriter(path, batch().schema) as writer:
        for part in batches:
            writer.write(part)
    return path


@pytest.mark.parametrize("groups", [0, 1, 3])
def test_read_back(groups: int, tmp_path: Path) -> None:
    path = written(tmp_path / "x.parquet", [batch()] * groups)
    wanted = {name: cells * groups for name, (_, cells) in COLUMNS.items()} | {"word": ["y", None, "y"] * groups}
    found = pq.read_table(path)
    found.validate(full=True)
    assert found.to_pydict() == wanted
    assert {name: found.schema.field(name).type for name in ("word", "money")} == {
        "word": pa.string(),
        "money": pa.decimal128(18, 2),
    }
    assert pq.read_metadata(path).num_row_groups == groups
    read = duckdb.sql(f"SELECT * FROM '{path}'").fetchall()
    assert read == list(zip(*wanted.values(), strict=True))


def test_many_rows_and_words(tmp_path: Path) -> None:
    words = pa.array([f"w{number}" for number in range(70_000)])
    numbers = pa.array([number % 251 for number in range(70_000)], pa.uint8())
    part = pa.RecordBatch.from_pydict({"word": words.dictionary_encode(), "number": numbers})
    with ParquetWriter(tmp_path / "x.parquet", part.schema) as writer:
        writer.write(part)
    found = pq.read_table(tmp_path / "x.parquet")
    assert found["word"].combine_chunks() == words and found["number"].combine_chunks() == numbers


def test_bounds_let_readers_pass_over_groups(tmp_path: Path) -> None:
    groups = pq.read_metadata(written(tmp_path / "x.parquet", [batch()])).row_group(0)
    about = {groups.column(at).path_in_schema: groups.column(at).statistics for at in range(groups.num_columns)}
    bounds = {name: (found.min, found.max) for name, found in about.items() if found is not None and found.has_min_max}
    assert bounds["id"] == ("", "县" * 50) and bounds["word"] == ("y", "y")
    assert bounds["number"] == (-1, 2**62) and bounds["mask"] == (0, 255)
    assert bounds["day"] == (date(1970, 1, 1), date(9999, 12, 31))
    assert "nothing" not in bounds and about["money"].null_count == 1


def test_a_file_that_failed_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), ParquetWriter(tmp_path / "x.parquet", batch().schema):
        raise KeyboardInterrupt
    with pytest.raises(pa.ArrowInvalid):
        pq.read_metadata(tmp_path / "x.parquet")
