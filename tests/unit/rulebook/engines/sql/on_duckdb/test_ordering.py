"""Where parts of a register start: sizes depend on the rows alone, and ids must rise from row to row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk import sizes
from luoshi.rulebook.bulk.sizes import LEAST_ROWS, MOST_PARTS, part_size
from luoshi.rulebook.engines.sql.on_duckdb.ordering import Starts, starts
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session

IDS = list(range(-5, 1000))


def starts_of(ids: Sequence[int | str | None] | pa.Array, cell: str = "id") -> Starts | None:
    with small_session() as session:
        session.give_table("thing", pa.table({"id": ids}))
        return starts(session.rows, '"given thing"', cell, len(ids))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most three parts, of no less than a hundred rows unless they are the last."""
    monkeypatch.setattr(sizes, "LEAST_ROWS", 100)
    monkeypatch.setattr(sizes, "MOST_PARTS", 3)


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        (0, LEAST_ROWS),
        (LEAST_ROWS * MOST_PARTS, LEAST_ROWS),
        (LEAST_ROWS * MOST_PARTS + 1, LEAST_ROWS + 1),
        (10**9, 10**9 // MOST_PARTS),
    ],
)
def test_parts_are_neither_small_nor_many(rows: int, size: int) -> None:
    assert part_size(rows) == size
    assert -(-rows // size) <= MOST_PARTS


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (0, []),
        (1, []),
        (99, []),
        (100, []),
        (101, [100]),
        (200, [100]),
        (201, [100, 200]),
        (300, [100, 200]),
        (301, [101, 202]),
        (1000, [334, 668]),
    ],
)
def test_where_parts_start(rows: int, places: list[int], small_parts: None) -> None:
    ids = IDS[:rows]
    assert starts_of(pa.array(ids, pa.int64())) == tuple(ids[place] for place in places)
    texts = [f"o'{number:06}\"" for number in range(rows)]
    assert starts_of(pa.array(texts, pa.string())) == tuple(texts[place] for place in places)


@pytest.mark.parametrize(
    "ids",
    [
        [2, 1],
        [1, 1],
        [*range(500), 499, *range(501, 900)],
        [*range(5000), 4999],
        ["b", "a"],
        ["a", "a"],
        ["9", "10"],
        ["a", "Z"],
    ],
)
def test_ids_that_do_not_rise_have_no_starts(ids: list[int | str], small_parts: None) -> None:
    assert starts_of(ids) is None


def test_ids_are_compared_as_they_are_used(small_parts: None) -> None:
    assert starts_of([9, 10]) == ()
    assert starts_of([9, 10], "CAST(id AS VARCHAR)") is None
    assert starts_of(list(range(100, 301)), "CAST(id AS VARCHAR)") == ("200", "300")


def test_blank_ids_neither_rise_nor_fall() -> None:
    assert starts_of([1, None, 2]) == () and starts_of([None]) == ()


def test_rows_of_a_file_keep_their_places(tmp_path: Path, small_parts: None) -> None:
    pq.write_table(pa.table({"id": IDS}), tmp_path / "thing.parquet", row_group_size=70)
    with small_session() as session:
        session.give_file("thing", tmp_path / "thing.parquet")
        found = starts(session.rows, '"given thing"', "id", len(IDS))
    assert found == (IDS[335], IDS[670])
