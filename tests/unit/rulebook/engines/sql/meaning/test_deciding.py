"""Outcomes, amounts, states and masks, and when nothing is decided at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql import decide_tables
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.sql.answers import ON, TITLE
from tests.unit.rulebook.packs import POLICY, pack_of

M = f"{{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{a: good, b: size > 1}}%s}}"


def decided(
    pack: Pack, rows: dict[str, Any], of: str = "thing", on: date = ON, **options: Any
) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in decide_tables(pack, to_tables(pack, {of: rows}), on, **options)[of].to_pylist()}


def measured(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[f"m.{part}"] for part in ("outcome", "unmet", "unknown", "amount"))


THINGS: dict[str, Any] = {
    "eligible": {"good": True, "size": 2, "price": Decimal("3.00")},
    "no amount": {"good": True, "size": 2},
    "open": {"good": True, "price": Decimal("3.00")},
    "both": {"good": True},
    "unmet": {"good": False},
    "all unmet": {"good": False, "size": 1, "price": Decimal("3.00")},
}
MASKS = {
    "eligible": (1, 0b000, 0b000, Decimal("3.00")),
    "no amount": (3, 0b000, 0b100, None),
    "open": (3, 0b000, 0b010, None),
    "both": (3, 0b000, 0b110, None),
    "unmet": (2, 0b001, 0b010, None),
    "all unmet": (2, 0b011, 0b000, None),
}


def test_masks_and_outcomes() -> None:
    pack = pack_of("measure\nm: " + M % ", amount: price")
    assert {name: measured(row) for name, row in decided(pack, THINGS).items()} == MASKS


@pytest.mark.parametrize(
    ("more", "kind", "amount"),
    [
        (", amount: price * ratio", "decimal128(18, 2)", Decimal("0.01")),
        (", amount: price * ratio, rounding: {to: 0.01, mode: down}", "decimal128(18, 2)", Decimal("0.00")),
        (", amount: price * ratio, rounding: {to: 1, mode: up}", "int64", 1),
        (", amount: ratio", "decimal128(18, 4)", Decimal("0.5000")),
        (", amount: size", "int64", 2),
        (", amount: $grant", "decimal128(18, 2)", Decimal("200.00")),
        ("", "decimal128(18, 2)", None),
    ],
)
def test_amounts_and_their_columns(more: str, kind: str, amount: object) -> None:
    pack = pack_of("measure\nm: " + M % more)
    rows = {"t": {"good": True, "size": 2, "price": Decimal("0.01"), "ratio": Decimal("0.5000")}}
    table = decide_tables(pack, to_tables(pack, {"thing": rows}), ON)["thing"]
    assert str(table.schema.field("m.amount").type) == kind
    assert table.column("m.amount").to_pylist() == [amount]


@pytest.mark.parametrize(
    ("conditions", "outcomes"),
    [
        ("a: $strict", [1, 1, 1, 1, 1, 1]),
        ("a: not $strict", [2, 2, 2, 2, 2, 2]),
        ("a: $share > 0", [3, 3, 3, 3, 3, 3]),
        ("a: $share > 0, b: not $strict", [2, 2, 2, 2, 2, 2]),
        ("a: is_known(size)", [1, 1, 2, 2, 2, 1]),
        ("a: $share > 0, b: is_known(size)", [3, 3, 2, 2, 2, 3]),
    ],
)
def test_outcomes_of_conditions_that_are_settled_for_all_rows_or_for_each(conditions: str, outcomes: list[int]) -> None:
    block = f"{{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{{conditions}}}}}"
    pack = pack_of(f"measure\nm: {block}\n")
    table = decide_tables(pack, to_tables(pack, {"thing": THINGS}), ON)["thing"]
    assert table.schema.field("m.outcome").type == pa.uint8()
    found = {row["id"]: row["m.outcome"] for row in table.to_pylist()}
    assert [found[name] for name in THINGS] == outcomes


DRAFT = POLICY.replace("in-force", "draft").replace("in_force: {from: 2000-01-01}\n", "")


@pytest.mark.parametrize(
    ("policy", "valid", "on"),
    [
        (DRAFT, "", ON),
        (POLICY, "", date(1999, 12, 31)),
        (POLICY, ", valid: {from: 2019-07-15}", ON),
        (POLICY, ", valid: {to: 2019-07-13}", ON),
    ],
)
def test_what_is_not_in_force_decides_nothing_but_can_be_simulated(policy: str, valid: str, on: date) -> None:
    pack = pack_of("measure\nm: " + M % (", amount: price" + valid), policy=policy)
    found = {name: measured(row) for name, row in decided(pack, THINGS, on=on).items()}
    assert found == {name: (0, unmet, unknown, None) for name, (_, unmet, unknown, _) in MASKS.items()}
    simulated = {name: measured(row) for name, row in decided(pack, THINGS, on=on, as_if_in_force=True).items()}
    assert simulated == MASKS


@pytest.mark.parametrize(("conditions", "width"), [(7, 8), (8, 16), (15, 16), (16, 32), (31, 32), (32, 64), (60, 64)])
def test_masks_are_wide_enough(conditions: int, width: int) -> None:
    tests = ", ".join(f"c{at}: size > {at}" for at in range(conditions))
    block = f"{{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{{tests}}}, amount: price}}"
    pack = pack_of(f"measure\nm: {block}\n")
    table = decide_tables(pack, to_tables(pack, {"thing": {"t": {"size": 0}, "u": {"size": 999}}}), ON)["thing"]
    assert table.schema.field("m.unmet").type == table.schema.field("m.unknown").type == getattr(pa, f"uint{width}")()
    assert table.column("m.unmet").to_pylist() == [2**conditions - 1, 0]
    assert table.column("m.unknown").to_pylist() == [0, 2**conditions]


LIMIT = f"limit\nl: {{{TITLE}, of: thing, when: good, holds: {{a: size > 1, b: price > 0}}, force: hard}}\n"


def test_limits() -> None:
    rows: dict[str, Any] = {
        "met": {"good": True, "size": 2, "price": Decimal(1)},
        "unmet": {"good": True, "size": 1},
        "unknown": {"good": True, "size": 2},
        "elsewhere": {"good": False, "size": 1},
        "perhaps": {"size": 1},
    }
    found = {
        name: tuple(row[f"l.{part}"] for part in ("state", "unmet", "unknown"))
        for name, row in decided(pack_of(LIMIT), rows).items()
    }
    assert found == {
        "met": (1, 0, 0),
        "unmet": (0, 0b01, 0b10),
        "unknown": (2, 0, 0b10),
        "elsewhere": (3, 0, 0),
        "perhaps": (2, 0b01, 0b10),
    }


def test_targets_are_those_of_their_level() -> None:
    pack = pack_of(
        f"fact\nfirms: {{of: area, {TITLE}, count: firm}}\n"
        f"--- target\nt: {{{TITLE}, of: area, level: county, indicator: firms, value: $least, "
        f"direction: at-least, by: 2020-12-31}}\n"
    )
    rows: dict[str, Any] = {
        "area": {"3311": {}, "331102": {}, "331121": {}},
        "firm": {f"f{at}": {"area": "331102"} for at in range(5)},
    }
    table = decide_tables(pack, to_tables(pack, rows), ON)["area"]
    assert dict(zip(table.column("id").to_pylist(), table.column("t.state").to_pylist(), strict=True)) == {
        "3311": 3, "331102": 1, "331121": 0,
    }  # fmt: skip
    without = decide_tables(pack, to_tables(pack, {"area": rows["area"]}), ON)["area"]
    assert without.column("t.state").to_pylist() == [3, 2, 2]


def test_another_measure_for_the_same_row() -> None:
    pack = pack_of(
        "measure\nm: "
        + M % ", amount: price"
        + f"\nn: {{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{not_m: not eligible('m')}}}}"
    )
    found = {name: (row["n.unmet"], row["n.unknown"]) for name, row in decided(pack, THINGS).items()}
    assert found == {
        "eligible": (1, 0), "no amount": (1, 0), "open": (0, 1), "both": (0, 1), "unmet": (0, 0), "all unmet": (0, 0),
    }  # fmt: skip


def test_facts_may_be_given_and_judgements_must_be() -> None:
    pack = pack_of(
        f"fact\nbig: {{of: thing, {TITLE}, value: size > 1}}\nnice: {{of: thing, {TITLE}, judgement: bool, by: BOTH}}\n"
        f"worth: {{of: thing, {TITLE}, value: price * 2}}\n"
    )
    rows: dict[str, Any] = {
        "a": {"size": 1, "big": True, "nice": False, "worth": Decimal("9.99")},
        "b": {"size": 1, "price": Decimal("1.00")},
    }
    found = decided(pack, rows, facts=[("thing", name) for name in ("big", "nice", "worth")])
    assert [found["a"][name] for name in ("big", "nice", "worth")] == [True, False, Decimal("9.99")]
    assert [found["b"][name] for name in ("big", "nice", "worth")] == [False, None, Decimal("2.00")]


def test_a_share_is_written_as_its_two_counts() -> None:
    pack = pack_of(f"fact\ns: {{of: thing, {TITLE}, share: part, where: good}}\n")
    rows: dict[str, Any] = {
        "thing": {"t": {}, "u": {}},
        "part": {"p": {"thing": "t", "good": True}, "q": {"thing": "t", "good": False}},
    }
    table = decide_tables(pack, to_tables(pack, rows), ON, facts=[("thing", "s")])["thing"]
    assert [table.column(f"s.{part}").to_pylist() for part in ("part", "whole")] == [[1, 0], [2, 0]]


def test_ids_and_references_of_different_make() -> None:
    pack = pack_of(f"fact\nresult: {{of: part, {TITLE}, value: thing.size}}\nn: {{of: thing, {TITLE}, count: part}}\n")
    things = pa.table({"id": pa.array([1, 2], pa.int32()), "size": [10, 20]})
    parts = pa.table({"id": ["a", "b", "c"], "thing": ["1", "2", "3"]})
    found = decide_tables(pack, {"thing": things, "part": parts}, ON, facts=[("part", "result"), ("thing", "n")])
    assert found["part"].column("result").to_pylist() == [10, 20, None]
    assert found["thing"].column("n").to_pylist() == [1, 1]


def test_rows_come_with_their_area_in_the_order_of_their_ids() -> None:
    pack = pack_of("measure\nm: " + M % "")
    rows: dict[str, Any] = {"thing": {"b": {"firm": "f"}, "a": {}}, "firm": {"f": {"area": "331102"}}}
    table = decide_tables(pack, to_tables(pack, rows), ON)["thing"]
    assert table.select(["id", "area"]).to_pylist() == [{"id": "a", "area": None}, {"id": "b", "area": "331102"}]


def test_only_registers_that_are_kept_and_decided_about_have_results() -> None:
    pack = pack_of("measure\nm: " + M % "")
    assert set(decide_tables(pack, to_tables(pack, {"thing": {}, "firm": {}}), ON)) == {"thing"}
    assert decide_tables(pack, to_tables(pack, {"firm": {"f": {}}}), ON) == {}


def test_a_target_of_another_register_applies_to_every_row() -> None:
    pack = pack_of(f"target\nlarge: {{{TITLE}, of: thing, indicator: size, value: 2 + 0}}\n")
    rows = decided(pack, {"met": {"size": 2}, "unmet": {"size": 1}, "open": {}})
    assert {name: row["large.state"] for name, row in rows.items()} == {"met": 1, "unmet": 0, "open": 2}
