"""Mutants: the same pack with one change in one of its own blocks, and nothing else changed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.rulebook.checking.thoroughness.mutants import Mutant, mutants
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import BASE, POLICY, document, pack_of, write_files

BASE_ONES = [
    "least 2000-01-01: 5 to 6",
    "grant 2000-01-01: 100.00 to 100.01",
    "grant 2010-01-01: 200.00 to 200.01",
    "half 2000-01-01: 6 to 7",
    "bands row 1: 0.0435 to 0.0436",
    "bands row 2: 0.0475 to 0.0476",
]
M = "{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {%s}%s}"


def named(pack: Pack) -> dict[str, Mutant]:
    """The mutants of a tiny pack by what was changed, without those of the blocks common to all tiny packs."""
    found = {str(mutant).partition(" ")[2]: mutant for mutant in mutants(pack)}
    return {name: mutant for name, mutant in found.items() if name not in BASE_ONES}


@pytest.mark.parametrize(
    ("blocks", "changed"),
    [
        ("fact\nf: {of: thing, value: size > $least}", ["f value: > to >="]),
        ("fact\nf: {of: thing, judgement: bool}", []),
        ("measure\nm: " + M % ("a: good", ""), ["m a: left out"]),
        (
            "measure\nm: " + M % ("a: good, b: not good", ", amount: price + $grant"),
            ["m a: left out", "m b: left out", "m b: not left out", "m amount: + to -"],
        ),
        ("award\nm: " + M % ("a: good", ", prize: $grant, quota: 2"), ["m a: left out"]),
        ("limit\nl: {title: BOTH, of: thing, holds: {a: good}, force: hard}", ["l a: left out"]),
        (
            "limit\nl: {title: BOTH, of: thing, when: not good, holds: {a: good, b: size < $least}, force: soft}",
            ["l when: left out", "l when: not left out", "l a: left out", "l b: left out", "l b: < to <="],
        ),
        (
            "target\nt: {title: BOTH, of: thing, indicator: size, value: 5}",
            ["t test: >= to >", "t test: 5 to 6"],
        ),
        (
            "parameter\np: {title: BOTH, unit: bool, 2000-01-01: true, 2001-01-01: false}",
            ["p 2000-01-01: True to False", "p 2001-01-01: False to True"],
        ),
        (
            "parameter\np: {title: BOTH, type: code, codes: {a: BOTH, b: BOTH}, 2000-01-01: a}",
            [],
        ),
        (
            "parameter\np: {title: BOTH, type: date, 2000-01-01: 2019-12-31}",
            ["p 2000-01-01: 2019-12-31 to 2020-01-01"],
        ),
        (
            "table\nt: {title: BOTH, keys: {k: {type: int}}, value: {unit: text}, rows: [{k: 1, value: x}]}",
            [],
        ),
        ("integrity\ni: {title: BOTH, of: thing, pattern: not good, follow_up: BOTH}", []),
    ],
)
def test_what_is_changed_in_each_kind_of_block(blocks: str, changed: list[str]) -> None:
    assert list(named(pack_of(blocks + "\n"))) == changed


def test_parameters_and_tables_move_by_one_step() -> None:
    pack = pack_of("fund\nm: {title: BOTH, payer: county}\n")
    found = {str(mutant).partition(" ")[2]: mutant.pack for mutant in mutants(pack)}
    assert list(found) == BASE_ONES
    later = found["grant 2010-01-01: 200.00 to 200.01"].parameters["grant"]
    assert later.values == ((date(2000, 1, 1), Decimal("100.00")), (date(2010, 1, 1), Decimal("200.01")))
    rows = found["bands row 2: 0.0475 to 0.0476"].tables["bands"].rows
    assert [row.value for row in rows] == [Decimal("0.0435"), Decimal("0.0476")]


def test_nothing_but_one_block_is_changed() -> None:
    pack = pack_of(
        "measure\nm: "
        + M % ("a: good, b: not good", ", amount: price")
        + "\nn: "
        + M % ("a: good", "")
        + "\n--- fact\nf: {of: thing, value: not good}\ng: {of: firm, value: 1}\n"
    )
    for mutant in mutants(pack):
        kind, key = mutant.key
        assert [
            field.name for field in fields(pack) if getattr(pack, field.name) != getattr(mutant.pack, field.name)
        ] == [kind]
        before, after = getattr(pack, kind), getattr(mutant.pack, kind)
        assert list(before) == list(after), "the order of blocks is kept"
        assert [name for name in before if before[name] != after[name]] == [key]
        assert mutant.block is before[key]


def test_a_condition_left_out_is_always_met_and_keeps_its_place() -> None:
    pack = pack_of("measure\nm: " + M % ("a: good, b: size > 1, c: price > 0", "") + "\n")
    conditions = named(pack)["m b: left out"].pack.measures["m"].conditions
    assert [condition.name for condition in conditions] == ["a", "b", "c"]
    assert [getattr(condition.test, "value", None) for condition in conditions] == [None, True, None]


def test_a_mutant_names_the_place_of_its_block() -> None:
    (mutant,) = named(pack_of("fact\nf: {of: thing, value: not good}\n")).values()
    assert str(mutant) == "1-test.md:6 f value: not left out"
    assert (mutant.key, mutant.part, mutant.change) == (("facts", ("thing", "f")), "value", "not left out")


def test_only_blocks_of_the_pack_itself_are_changed(tmp_path: Path) -> None:
    library = POLICY.replace("id: tiny", "id: base")
    lent = document(BASE + "--- fact\nlent: {of: thing, value: not good}\n")
    write_files(tmp_path / "base", {"policy.yaml": library, "1-base.md": lent})
    own = document("fact\nown: {of: thing, value: not lent}\n")
    folder = write_files(tmp_path / "tiny", {"policy.yaml": POLICY + "imports: [base]\n", "1-test.md": own})
    pack = load_pack(folder)
    assert ("thing", "lent") in pack.facts
    assert [mutant.block.id for mutant in mutants(pack)] == ["own"]
