"""Given tables are told apart from stored ones; parts of a result are written at once, all of them or in vain."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Timer, active_count

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.engines.sql.on_duckdb.session import Session, large_session, small_session

ROWS = pa.table({"id": ["b", "a", "c"], "size": [1, None, 3], "more": [None, None, None], "full": [True] * 3})
ENDLESS = "SELECT sum(a.range * b.range % 7) AS n FROM range(1000000) a, range(10000000) b"
SLOW = "SELECT sum(range * range % 7) AS n FROM range(20000000)"
REFUSED = "SELECT CASE WHEN count(*) > 5 THEN error('refused') END AS n FROM range(20000000) t(n) WHERE n % 3 = 1"


@pytest.fixture(params=["table", "file"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A session to which `ROWS` are given."""
    with small_session() as opened:
        if request.param == "table":
            opened.give_table("thing", ROWS)
        else:
            pq.write_table(ROWS, tmp_path / "it's.parquet", row_group_size=1)
            opened.give_file("thing", tmp_path / "it's.parquet")
        yield opened


def test_columns_with_blank_cells(session: Session) -> None:
    assert session.blank_columns("thing", ["id", "size", "more", "full"]) == {"size", "more"}
    assert session.blank_columns("thing", ["id"]) == set()


def test_a_table_of_several_chunks_or_no_rows_has_blank_cells_too() -> None:
    with small_session() as session:
        session.give_table("thing", pa.concat_tables([ROWS.slice(0, 1), ROWS.slice(1)]))
        assert session.blank_columns("thing", ["id", "size"]) == {"size"}
        session.give_table("firm", ROWS.slice(2))
        session.give_table("part", ROWS.slice(0, 0))
        assert session.blank_columns("firm", ["id", "size", "more"]) == {"more"}
        assert session.blank_columns("part", ["id", "size", "more"]) == set()


def test_a_given_table_is_put_in_order(session: Session) -> None:
    session.put_in_order("thing", ["id", "size"], "id")
    assert session.rows('SELECT * FROM "given thing"') == [("a", None), ("b", 1), ("c", 3)]
    assert session.stored_types("thing") == {"id": "VARCHAR", "size": "BIGINT"}
    assert session.blank_columns("thing", ["id", "size"]) == {"size"}


def test_tables_are_stored_and_dropped(session: Session) -> None:
    session.store('a "table"', 'SELECT id FROM "given thing" ORDER BY id')
    assert session.rows('SELECT * FROM "a ""table"""') == [("a",), ("b",), ("c",)]
    session.drop('a "table"')
    with pytest.raises(duckdb.CatalogException):
        session.rows('SELECT * FROM "a ""table"""')


def test_small_sessions_do_not_see_each_other() -> None:
    with small_session() as one, small_session() as other:
        for number, session in enumerate((one, other)):
            session.give_table("thing", pa.table({"id": [number, -number - 5]}))
            session.put_in_order("thing", ["id"], "id")
            session.store("found", 'SELECT id + 1 AS id FROM "given thing"')
        assert one.rows('SELECT * FROM "found"') == [(-4,), (1,)]
        assert other.rows('SELECT * FROM "found"') == [(-5,), (2,)]


def numbered(folder: Path, count: int) -> list[Path]:
    return [folder / f"{number}'s.parquet" for number in range(count)]


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_every_part_is_written_to_its_file(count: int, threads: int, tmp_path: Path) -> None:
    told: list[int] = []
    paths = numbered(tmp_path, count)
    with large_session(tmp_path / "spill", {"threads": threads}) as session:
        session.give_table("thing", pa.table({"id": range(100)}))
        pq.write_table(pa.table({"id": range(50)}), tmp_path / "part.parquet")
        session.give_file("part", tmp_path / "part.parquet")
        session.store("stored", "SELECT range AS id FROM range(100)")
        query = 'SELECT id FROM "given thing" JOIN "stored" USING (id) JOIN "given part" USING (id) WHERE id >= {}'
        parts = [(query.format(number), path) for number, path in enumerate(paths)]
        rows = session.write_parts(parts, lambda: told.append(len(told)))
    assert [pq.read_metadata(path).num_rows for path in paths] == [50 - number for number in range(count)]
    assert rows == sum(50 - number for number in range(count)) and told == list(range(count))


def is_whole(path: Path) -> bool:
    return path.exists() and path.read_bytes().endswith(b"PAR1")


def test_parts_are_told_of_when_they_are_written(tmp_path: Path) -> None:
    paths = numbered(tmp_path, 4)
    seen: list[int] = []
    parts = [(SLOW if number == 0 else "SELECT 1 AS n", path) for number, path in enumerate(paths)]
    with large_session(tmp_path / "spill", {"threads": 2}) as session:
        session.write_parts(parts, lambda: seen.append(sum(map(is_whole, paths))))
    assert len(seen) == seen[-1] == 4
    assert all(whole >= place for place, whole in enumerate(seen, 1))


def test_rows_put_in_order_are_seen_by_every_part(tmp_path: Path) -> None:
    paths = numbered(tmp_path, 3)
    with large_session(tmp_path / "spill", {"threads": 2}) as session:
        session.give_table("thing", ROWS)
        session.put_in_order("thing", ["id"], "id")
        session.write_parts([('SELECT * FROM "given thing"', path) for path in paths], lambda: None)
    assert [pq.read_table(path).to_pydict() for path in paths] == [{"id": ["a", "b", "c"]}] * 3


@pytest.mark.parametrize("parts", [[REFUSED], [REFUSED, ENDLESS], [REFUSED, "SELECT 1 AS n"]])
def test_a_part_that_fails_stops_the_others(parts: list[str], tmp_path: Path) -> None:
    threads = active_count()
    told: list[int] = []
    with large_session(tmp_path / "spill", {"threads": 2}) as session:
        with pytest.raises(duckdb.InvalidInputException, match="refused"):
            session.write_parts(list(zip(parts, numbered(tmp_path, 2), strict=False)), lambda: told.append(1))
        assert len(told) < len(parts) and active_count() == threads
        assert session.rows("SELECT 1") == [(1,)]


def test_a_part_that_fails_stops_those_before_it(tmp_path: Path) -> None:
    slow = "SELECT sum(a.range * b.range % 7) AS n FROM range(20000) a, range(20000) b"
    paths = numbered(tmp_path, 2)
    with large_session(tmp_path / "spill", {"threads": 2}) as session:
        with pytest.raises(duckdb.InvalidInputException, match="refused"):
            session.write_parts(list(zip([slow, REFUSED], paths, strict=True)), lambda: None)
    assert not is_whole(paths[0])


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("parts", [["SELECT 1 AS n"], [SLOW, ENDLESS]])
def test_who_is_told_may_stop_the_others(parts: list[str], problem: type[BaseException], tmp_path: Path) -> None:
    def stop() -> None:
        raise problem

    threads = active_count()
    with large_session(tmp_path / "spill", {"threads": 2}) as session:
        with pytest.raises(problem):
            session.write_parts(list(zip(parts, numbered(tmp_path, 2), strict=False)), stop)
        assert active_count() == threads and session.rows("SELECT 1") == [(1,)]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as a terminal has it: a shell that started the tests in the background has switched it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("threads", [1, 2])
def test_the_user_may_stop_all_parts(threads: int, tmp_path: Path) -> None:
    before = active_count()
    with large_session(tmp_path / "spill", {"threads": threads}) as session:
        timer = Timer(0.5, os.kill, [os.getpid(), signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            session.write_parts([(ENDLESS, path) for path in numbered(tmp_path, 5)], lambda: None)
        timer.join()
    assert active_count() == before and not [path for path in numbered(tmp_path, 5)[2:] if path.exists()]


def test_days_far_away_are_fetched_as_a_table() -> None:
    with small_session() as session:
        found = session.table("SELECT DATE '9999-12-31' AS day, CAST(1 AS HUGEINT) AS n")
    assert found.column("day").to_pylist() == [date(9999, 12, 31)]
