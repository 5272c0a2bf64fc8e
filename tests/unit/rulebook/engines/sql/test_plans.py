"""A result can be had whole or by parts; a table is dropped when nobody reads it any more."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.rulebook.engines.sql import Plan, plan
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.sql.answers import ON, TITLE, chain, fact_of
from tests.unit.rulebook.packs import pack_of

WHOLE = {"stored": "BIGINT", "kind": Kind.WHOLE}
SIZE: dict[str, Any] = WHOLE | {"low": 0, "high": 99}
THING = {"id": Column(**WHOLE), "size": Column(**SIZE), "firm": Column(**WHOLE)}
PART = {"id": Column("VARCHAR", Kind.TEXT), "thing": Column(**WHOLE)}
FIRM = {"id": Column(**WHOLE), "area": Column("VARCHAR", Kind.TEXT)}
PARTS = f"parts: {{of: thing, {TITLE}, count: part}}"


def planned(pack: Pack, starts: tuple[int | str, ...], of: str = "thing") -> Plan:
    kept = {"thing": Held(THING), "part": Held(PART), "firm": Held(FIRM)}
    kept[of] = Held(kept[of].columns, starts=starts)
    return plan(pack, ON, Settings(pack, ON), kept=kept, facts=[(of, "result")])


PACKS = {
    "without joins": (fact_of("thing = thing", "part"), "part"),
    "with joins": (fact_of("size + 1"), "thing"),
    "with stored steps": (chain(100, "size + parts", PARTS), "thing"),
}


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("starts", [(), (10,), (10, 20, 30)])
def test_a_result_has_a_part_for_each_start_and_one_before(name: str, starts: tuple[int, ...]) -> None:
    pack, of = PACKS[name]
    own = tuple(map(str, starts)) if of == "part" else starts
    *tables, result = planned(pack, own, of).statements
    assert result.table is None and len(result.parts) == len(starts) + 1
    assert all(statement.parts == () for statement in tables)
    assert len(set(result.parts)) == len(starts) + 1


@pytest.mark.parametrize("name", PACKS)
def test_the_only_part_of_a_result_is_the_whole(name: str) -> None:
    pack, of = PACKS[name]
    result = planned(pack, (), of).statements[-1]
    assert result.parts == (result.sql,)


def test_tables_are_made_whole_whatever_the_parts() -> None:
    pack, of = PACKS["with stored steps"]
    alone, several = (planned(pack, starts, of).statements for starts in ((), (10, 20)))
    assert [statement.sql for statement in alone] == [statement.sql for statement in several]


def test_given_rows_and_the_rows_beside_them_are_parted_alike() -> None:
    first, middle, last = planned(fact_of("size + 1"), (10, 20)).statements[-1].parts
    assert first.count("WHERE id < CAST(10 AS BIGINT)") == 2 and first.count("WHERE") == 2
    assert middle.count("WHERE id >= CAST(10 AS BIGINT) AND id < CAST(20 AS BIGINT)") == 2
    assert last.count("WHERE id >= CAST(20 AS BIGINT)") == 2 and last.count("id <") == 0


def test_starts_that_are_texts_cannot_break_out() -> None:
    pack = pack_of(f"fact\nresult: {{of: part, {TITLE}, value: thing = thing}}\n")
    first, last = planned(pack, ("o'; DROP TABLE x; --",), "part").statements[-1].parts
    assert "WHERE id < 'o''; DROP TABLE x; --'" in first and "WHERE id >= 'o''; DROP TABLE x; --'" in last


def test_every_table_is_dropped_once_after_its_last_reader() -> None:
    statements = planned(chain(100, "size + parts", PARTS), (10,)).statements
    tables = [statement.table for statement in statements if statement.table]
    assert [table for statement in statements for table in statement.drops] == tables
    for table in tables:
        readers = [place for place, statement in enumerate(statements) if f'"{table}"' in statement.sql]
        assert table in statements[readers[-1]].drops


def test_explaining_shows_results_whole() -> None:
    text = planned(fact_of("size + 1"), (10, 20)).explain()
    assert text.count("-- stage 0: thing: result\nSELECT") == 1 and "WHERE" not in text
