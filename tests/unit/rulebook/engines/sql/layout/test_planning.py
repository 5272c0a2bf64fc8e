"""What is computed where: stages, shared scans, and statements that stay in proportion to the pack."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.bulk.needs import columns_read
from luoshi.rulebook.engines.sql import Plan, plan
from luoshi.rulebook.engines.sql.given.reading import given_columns
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.engines.sql.answers import ON, TITLE, answers, chain
from tests.unit.rulebook.packs import pack_of

THING = {"id": "BIGINT", "size": "BIGINT", "price": "DECIMAL(18,2)", "good": "BOOLEAN", "firm": "BIGINT"}
COLUMNS = {
    "thing": THING | {"next": "BIGINT"},
    "part": {"id": "BIGINT", "thing": "BIGINT", "paid": "DECIMAL(18,2)", "good": "BOOLEAN", "maker": "VARCHAR"},
    "firm": {"id": "BIGINT", "area": "VARCHAR", "name": "VARCHAR"},
    "area": {"id": "VARCHAR"},
}


def planned(pack: Pack, *facts: tuple[str, str]) -> Plan:
    """The plan for some facts, everything being kept."""
    nodes = [n.Fact(pack.facts[key].type, *key) for key in facts]
    read = columns_read(pack, nodes, [register for register, _ in facts])
    kept = {}
    for register, columns in COLUMNS.items():
        given = given_columns(pack, register, columns, read.get(register, {"id"}), Findings())
        assert given is not None
        kept[register] = Held({column.name: column.column for column in given})
    return plan(pack, ON, Settings(pack, ON), kept=kept, facts=facts)


def facts(*lines: str) -> Pack:
    return pack_of("fact\n" + "\n".join(lines) + "\n")


def test_a_long_chain_stays_in_proportion() -> None:
    short, long = (planned(chain(length), ("thing", "result")) for length in (100, 300))
    assert len(long.statements) <= 30 and len(long.statements) <= 3 * len(short.statements) + 1
    assert len(long.explain()) < 3.5 * len(short.explain())
    assert max(len(statement.sql) for statement in long.statements) < 1.2 * max(len(s.sql) for s in short.statements)


def test_a_long_chain_gives_the_right_answer() -> None:
    rows: dict[str, Any] = {"a": {"size": 1}, "b": {"size": 500}, "c": {"size": 901}, "d": {}}
    assert answers(chain(300), {"thing": rows}) == {"a": 299, "b": 500, "c": 900, "d": None}


def crossing(length: int) -> Pack:
    """Facts that go back and forth between things and their parts."""
    lines = [f"g0: {{of: thing, {TITLE}, value: size}}"]
    for at in range(1, length):
        lines.append(f"c{at}: {{of: part, {TITLE}, value: thing.g{at - 1} + 1}}")
        lines.append(f"g{at}: {{of: thing, {TITLE}, max: part, of_value: c{at}, default: 0}}")
    return facts(*lines)


def test_crossing_registers_costs_a_stage_each() -> None:
    counts = [len(planned(crossing(length), ("thing", f"g{length - 1}")).statements) for length in (4, 8, 16)]
    assert counts[1] - counts[0] == 4 * (counts[2] - counts[1]) // 8
    assert counts[2] <= 3 * 16


def test_crossing_registers_gives_the_right_answer() -> None:
    rows: dict[str, Any] = {"thing": {"t": {"size": 5}, "u": {"size": 1}}, "part": {"p": {"thing": "t"}}}
    pack = pack_of(
        f"fact\na: {{of: part, {TITLE}, value: thing.size + 1}}\n"
        f"b: {{of: thing, {TITLE}, max: part, of_value: a, default: 0}}\n"
        f"c: {{of: part, {TITLE}, value: thing.b * 10}}\n"
        f"result: {{of: thing, {TITLE}, sum: part, of_value: c}}\n"
    )
    assert answers(pack, rows) == {"t": 60, "u": 0}


def test_figures_of_the_same_rows_share_one_scan() -> None:
    pack = facts(
        f"a: {{of: thing, {TITLE}, count: part}}",
        f"b: {{of: thing, {TITLE}, sum: part, of_value: paid, where: good}}",
        f"c: {{of: thing, {TITLE}, any: part, where: good}}",
    )
    found = planned(pack, ("thing", "a"), ("thing", "b"), ("thing", "c"))
    assert [statement.table for statement in found.statements] == ["part by thing #1", "thing joined", None]
    assert found.statements[0].sql.count('"given part"') == 1
    assert found.explain().count('"given part"') == 1
    assert [statement.drops for statement in found.statements] == [(), ("part by thing #1",), ("thing joined",)]


def test_a_scan_waits_for_what_is_ready_later() -> None:
    pack = facts(
        f"early: {{of: thing, {TITLE}, count: thing, via: next, where: good}}",
        f"parts: {{of: thing, {TITLE}, count: part}}",
        f"late: {{of: thing, {TITLE}, sum: thing, via: next, of_value: parts}}",
    )
    found = planned(pack, ("thing", "early"), ("thing", "late"))
    tables = [statement.table for statement in found.statements]
    assert tables == ["part by thing #2", "thing by next #1", "thing joined", None]


def test_scans_that_would_wait_for_themselves_do_not() -> None:
    pack = facts(
        f"first: {{of: thing, {TITLE}, count: thing, via: next, where: good}}",
        f"second: {{of: thing, {TITLE}, sum: thing, via: next, of_value: first}}",
    )
    tables = [statement.table for statement in planned(pack, ("thing", "second")).statements]
    assert tables == ["thing by next #2", "thing by next #1", "thing joined", None]


def test_paths_are_gathered_reference_by_reference() -> None:
    pack = facts(f"a: {{of: firm, {TITLE}, sum: part, of_value: paid, via: thing.firm}}")
    tables = [statement.table for statement in planned(pack, ("firm", "a")).statements]
    assert tables == ["part by thing #2", "part by thing.firm #1", "firm joined", None]


def test_only_needed_columns_travel() -> None:
    pack = facts(f"a: {{of: thing, {TITLE}, value: size + 1}}", f"b: {{of: thing, {TITLE}, value: price}}")
    joined, result = planned(pack, ("thing", "a")).statements
    assert "price" not in joined.sql + result.sql and "good" not in joined.sql + result.sql
    assert "size" not in joined.sql and joined.sql.count("JOIN") == joined.sql.count("LEFT JOIN") == 1


def test_what_a_result_joins_is_stored_before_it_and_then_only_stands_beside() -> None:
    pack = facts(f"a: {{of: thing, {TITLE}, value: size + next.size}}", f"b: {{of: thing, {TITLE}, count: part}}")
    *_, joined, result = planned(pack, ("thing", "a"), ("thing", "b")).statements
    assert (joined.table, joined.register, joined.stage) == ("thing joined", "thing", result.stage)
    assert joined.sql.count("LEFT JOIN") == 3 and joined.sql.count("ORDER BY b.id") == 1
    assert result.sql.count("JOIN") == result.sql.count("POSITIONAL JOIN") == 1 and "ORDER BY" not in result.sql
    assert result.drops == ("thing joined",)


def test_a_result_that_joins_nothing_is_one_statement() -> None:
    (result,) = planned(facts(f"a: {{of: part, {TITLE}, value: paid * 2}}"), ("part", "a")).statements
    assert result.table is None and "JOIN" not in result.sql and "ORDER BY" not in result.sql


def test_a_result_of_many_levels_is_cut_after_what_it_joins() -> None:
    tables = [statement.table for statement in planned(chain(100), ("thing", "result")).statements]
    assert tables == ["thing joined", *(f"thing part {number}" for number in range(1, len(tables) - 1)), None]
    assert len(tables) > 3


def test_every_mention_of_a_part_is_spelled_once() -> None:
    pack = facts(f'a: {{of: thing, {TITLE}, value: "min(size * 3, size * 3 + 1, cap(size * 3, 9))"}}')
    text = planned(pack, ("thing", "a")).explain()
    assert len(re.findall(r'\("size" \* CAST\(3 AS BIGINT\)\)', text)) == 1


def test_explaining_names_stage_register_and_table() -> None:
    text = planned(facts(f"a: {{of: thing, {TITLE}, count: part}}"), ("thing", "a")).explain()
    assert "-- stage 0: part: part by thing #1\nSELECT" in text
    assert "-- stage 1: thing: result\nSELECT" in text


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_values_far_along_references(depth: int) -> None:
    path = ".".join(["next"] * depth)
    pack = facts(f"result: {{of: thing, {TITLE}, value: {path}.price * 2}}")
    rows: dict[str, Any] = {f"t{at}": {"next": f"t{at + 1}", "price": Decimal(at)} for at in range(8)}
    found = answers(pack, {"thing": rows})
    assert found["t0"] == Decimal(2 * depth) and found["t7"] is None
