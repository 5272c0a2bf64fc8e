"""Parts of a register are ranges of its ids, which leave out no row and have none twice."""

from __future__ import annotations

import pyarrow as pa
import pytest

from luoshi.rulebook.engines.sql.layout.relations import Beside, Codes, Raw, Rows, Stored
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.engines.sql.on_duckdb.session import Session, small_session
from luoshi.rulebook.engines.sql.on_duckdb.steps import ALL, Part, Spelling, parts_of

TEXT = Held({"id": Column("VARCHAR", Kind.TEXT)})
NARROW = Held({"id": Column("SMALLINT", Kind.WHOLE)})
AREA = Held({"id": Column("BIGINT", Kind.TEXT)})
ID = Forge().field("thing", "id", Kind.WHOLE, known=True)
BESIDE = Forge().field("thing", "beside", Kind.WHOLE)


def ids(held: Held, given: pa.Array, starts: tuple[int | str, ...]) -> list[list[int | str]]:
    """The ids of each part of a register."""
    held = Held(held.columns, starts=starts)
    rows = Rows(Raw("thing", ("id",)), ("id",), (), (), (("id", ID),), {ID: "id"})
    with small_session() as session:
        session.give_table("thing", pa.table({"id": given}))
        spelt = [Spelling({"thing": held}, part).relation(rows) for part in parts_of(held)]
        return [[row_id for (row_id,) in session.rows(query)] for query in spelt]


def test_all_rows_are_one_part() -> None:
    assert parts_of(NARROW) == [Part(Kind.WHOLE)] and parts_of(TEXT) == [Part(Kind.TEXT)]
    assert ALL.where("id") == Part(Kind.TEXT).where("id") == ""


def test_parts_of_numbers() -> None:
    found = ids(NARROW, pa.array([-3, -1, 0, 4, 9, 300], pa.int16()), (-1, 4, 300))
    assert found == [[-3], [-1, 0], [4, 9], [300]]


def test_parts_of_texts() -> None:
    texts = ["", '"', "'", "''", "Z", "a", "a'", "é", "人", "\U00020000"]
    found = ids(TEXT, pa.array(texts), ("'", "a'", "人"))
    assert found == [["", '"'], ["'", "''", "Z", "a"], ["a'", "é"], ["人", "\U00020000"]]


def test_parts_of_numbers_that_are_used_as_texts() -> None:
    assert ids(AREA, pa.array([33, 3311, 331102, 62]), ("3311", "62")) == [["33"], ["3311", "331102"], ["62"]]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_every_row_is_in_one_part(size: int) -> None:
    given = list(range(0, 200, 2))
    starts = tuple(given[size::size])
    assert ids(NARROW, pa.array(given, pa.int16()), starts) == [
        given[at : at + size] for at in range(0, len(given), size)
    ]


def beside(session: Session, rows: int) -> None:
    session.give_table("thing", pa.table({"id": range(0, 2 * rows, 2)}))
    session.store("thing joined", f"SELECT range * 2 AS id, range * 10 AS beside FROM range({rows})")


@pytest.mark.parametrize("start", [None, 0, 2, 50_000, 199_998])
@pytest.mark.parametrize("end", [None, 2, 100_000, 199_998])
def test_stored_rows_stand_beside_the_given_rows_of_their_id(start: int | None, end: int | None) -> None:
    held = {"thing": Held({"id": Column("BIGINT", Kind.WHOLE)})}
    source = Beside(Raw("thing", ("id",)), "thing joined", ("beside",))
    rows = Rows(source, ("id",), (), (), (("id", ID), ("beside", BESIDE)), {ID: "id", BESIDE: "beside"})
    with small_session() as session:
        beside(session, 100_000)
        found = session.rows(Spelling(held, Part(Kind.WHOLE, start, end)).relation(rows))
    assert found == [(row_id, row_id * 5) for row_id in range(start or 0, 200_000 if end is None else end, 2)]


def test_stored_rows_are_parted_by_their_ids() -> None:
    rows = Rows(Stored("thing part 1"), ("id",), (), (), (("id", ID),), {ID: "id"})
    with small_session() as session:
        session.store("thing part 1", "SELECT range AS id FROM range(10)")
        assert session.rows(Spelling({}, Part(Kind.WHOLE, 3, 6)).relation(rows)) == [(3,), (4,), (5,)]
        assert len(session.rows(Spelling({}).relation(rows))) == 10


def test_codes_are_every_code_once() -> None:
    kept = {"firm": Held({"id": Column("BIGINT", Kind.WHOLE), "area": Column("BIGINT", Kind.TEXT)})}
    code = Forge().field("area", "id", Kind.TEXT)
    rows = Rows(Codes((("firm", "area"),)), ("id",), (), (), (("id", code),), {code: "id"})
    with small_session() as session:
        session.give_table("firm", pa.table({"id": [1, 2, 3, 4], "area": [33, 3311, 33, None]}))
        assert sorted(session.rows(Spelling(kept).relation(rows))) == [("33",), ("3311",)]
