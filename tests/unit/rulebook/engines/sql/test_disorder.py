"""Rows may be given in any order: results are the same, in the order of ids."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.bulk import sizes
from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.engines.sql import decide_tables, plan, run
from luoshi.rulebook.engines.sql.on_duckdb.giving import held_registers
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.sql.answers import ON, TITLE, fact_of
from tests.unit.rulebook.engines.sql.registers import given, in_order, told
from tests.unit.rulebook.packs import pack_of

ROWS = 300
LOCAL = LocalValue("share", Decimal("0.60"), "331102", by="county", document="文")
FACTS = [("thing", name) for name in ("parts", "place", "worth", "after")] + [("area", "firms"), ("part", "whole")]
BLOCKS = f"""fact
parts: {{of: thing, {TITLE}, count: part, where: good}}
place: {{of: thing, {TITLE}, value: firm.name}}
worth: {{of: thing, {TITLE}, value: "$share"}}
after: {{of: thing, {TITLE}, value: size + next.size}}
firms: {{of: area, {TITLE}, count: firm}}
whole: {{of: part, {TITLE}, value: thing.after}}
--- measure
m: {{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{a: good, b: parts >= 1}}, amount: price}}
"""
AREAS = ["33", "3311", "331102", "331121", "62"]
KINDS = {
    "numbers": lambda number: number * 3 - 100,
    "texts": lambda number: f"{'é' if number % 7 else ''}o'{number * 3 - 100}人",
}


def pack() -> Pack:
    return pack_of(BLOCKS)


def registers(kind: str) -> dict[str, pa.Table]:
    """Things that lead to firms, firms to areas, parts to things: all of them out of order."""
    make, at = KINDS[kind], range(ROWS)
    areas = {"id": [int(area) for area in AREAS] if kind == "numbers" else AREAS}
    firms = {"id": [make(n) for n in at], "area": [areas["id"][n % 5] for n in at], "name": [f"firm {n}" for n in at]}
    things = {
        "id": [make(n) for n in at],
        "firm": [make(n * 7 % (ROWS + 9)) for n in at],
        "next": [make(n * 5 % (ROWS + 9)) for n in at],
        "size": [None if n % 5 == 0 else n for n in at],
        "good": [None if n % 11 == 0 else n % 3 > 0 for n in at],
        "price": pa.array([Decimal(n) / 100 for n in at], pa.decimal128(18, 2)),
        "nobody reads": [[n] for n in at],
    }
    parts = {"id": [make(n) for n in at], "thing": [make(n * n % ROWS) for n in at], "good": [n % 4 > 0 for n in at]}
    tables = {"area": areas, "firm": firms, "thing": things, "part": parts}
    return {name: shuffled(pa.table(columns)) for name, columns in tables.items()}


def shuffled(table: pa.Table) -> pa.Table:
    places = list(range(table.num_rows))
    Random(7).shuffle(places)
    return table.take(places)


def decided(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, list[Any]]]:
    found = decide_tables(pack(), tables, ON, facts=FACTS, local=[LOCAL])
    return {register: table.to_pydict() for register, table in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_out_of_order(kind: str) -> None:
    tables = registers(kind)
    found = decided(tables)
    assert found == decided(in_order(tables)) and set(found) == {"area", "thing", "part"}
    assert found["thing"]["id"] == sorted(map(KINDS[kind], range(ROWS)))
    assert found["area"]["id"] == AREAS and found["area"]["firms"] == [240, 180, 60, 60, 60]
    assert any(found["thing"]["worth"]) and any(found["thing"]["parts"]) and any(found["part"]["whole"])


@pytest.mark.parametrize("register", ["area", "firm", "thing", "part"])
@pytest.mark.parametrize("kind", KINDS)
def test_one_table_out_of_order(kind: str, register: str) -> None:
    tables = in_order(registers(kind))
    assert decided(tables | {register: registers(kind)[register]}) == decided(tables)


@pytest.mark.parametrize("from_files", [True, False])
@pytest.mark.parametrize("least", [50, sizes.LEAST_ROWS])
@pytest.mark.parametrize("kind", KINDS)
def test_whole_registers_out_of_order(
    kind: str, least: int, from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "LEAST_ROWS", least)
    tables = registers(kind)
    for name, arranged in {"as they are": tables, "in order": in_order(tables)}.items():
        source = given(arranged, tmp_path / f"{name} in" if from_files else None)
        run(pack(), source, ON, tmp_path / name, facts=FACTS, local=[LOCAL])
    for register, rows in decided(tables).items():
        assert told(tmp_path / "as they are", register) == told(tmp_path / "in order", register) == rows
    assert told(tmp_path / "as they are", "budget") == told(tmp_path / "in order", "budget")


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.uint32(), pa.int64(), pa.string(), pa.large_string()])
def test_ids_of_any_type(kind: pa.DataType) -> None:
    ids = pa.array([3, 20, 1, 10]).cast(kind)
    table = pa.table({"id": ids, "size": [3, 20, 1, 10]})
    found = decide_tables(fact_of("size * 2"), {"thing": table}, ON, facts=[("thing", "result")])["thing"]
    as_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    sizes = [1, 10, 20, 3] if as_text else [1, 3, 10, 20]
    assert found.column("id").to_pylist() == [str(size) if as_text else size for size in sizes]
    assert found.column("result").to_pylist() == [size * 2 for size in sizes]


@pytest.mark.parametrize("rows", [["b", "a", "c"], ["a", "b", "c"], ["b", "c", "a"]])
def test_ids_that_are_numbered_words_are_in_the_order_of_the_words(rows: list[str]) -> None:
    asked = Asked(fact_of("size * 2"), ON, (), Wanted((("thing", "result"),)))
    values = ", ".join(f"('{word}', {ord(word)})" for word in rows)
    with small_session() as session:
        session.run("CREATE TEMP TABLE words (id ENUM ('b', 'c', 'a'), size INTEGER)")
        session.run(f"INSERT INTO words VALUES {values}")
        session.run('CREATE TEMP VIEW "given thing" AS SELECT * FROM words')
        held = held_registers(session, asked, ["thing"])
        settings = Settings(asked.pack, ON)
        (statement,) = plan(asked.pack, ON, settings, kept=held, facts=asked.wanted.facts).statements
        found = session.table(statement.sql).to_pylist()
    assert [(row["id"], row["result"]) for row in found] == [(word, 2 * ord(word)) for word in "abc"]


def test_ids_that_come_again_later_are_refused() -> None:
    table = pa.table({"id": [1, 3, 2, 3, 1, 4]})
    with pytest.raises(Refused) as refused:
        decide_tables(fact_of("size"), {"thing": table}, ON, facts=[("thing", "result")])
    (found,) = refused.value.findings
    assert (found.code, found.facts["count"], found.facts["ids"]) == ("DATA-010", 2, ["1", "3"])


def test_facts_given_out_of_order() -> None:
    pack = pack_of(f"fact\nbig: {{of: thing, {TITLE}, value: size > 1}}\n")
    table = pa.table({"id": [2, 3, 1], "size": [2, 0, 0], "big": [None, True, False]})
    found = decide_tables(pack, {"thing": table}, ON, facts=[("thing", "big")])["thing"]
    assert found.column("big").to_pylist() == [False, True, True]


def test_blank_cells_keep_their_rows() -> None:
    table = pa.table({"id": [3, 1, 2], "size": [None, 1, 2], "ratio": pa.nulls(3)})
    found = decide_tables(fact_of("size * 2"), {"thing": table}, ON, facts=[("thing", "result")])["thing"]
    assert found.column("result").to_pylist() == [2, 4, None]
