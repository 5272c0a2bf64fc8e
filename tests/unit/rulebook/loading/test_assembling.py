"""The order of resolving: names given twice, rings and chains of facts, and everything else going on."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.assembling import LONGEST_CHAIN
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

M = "{title: BOTH, for: thing, conditions: {c: good}, frequency: once, discretion: may}"
REG = "{title: BOTH, row: BOTH, fields: {}}"
NORM = "{kind: scope, force: must, zh: x, en: x}"


@pytest.mark.parametrize(
    "blocks",
    [
        f"register\nr: {REG}\n--- register\nr: {REG}  # PACK-040\n",
        "parameter\np: {title: BOTH, 2000-01-01: 1}\n--- parameter\np: {title: BOTH, 2000-01-01: 1}  # PACK-040\n",
        f"measure\nm: {M}\n--- award\nm: {M}  # PACK-040\n",
        "procedure\nd: {title: BOTH, steps: []}\n--- duty\nd: {title: BOTH, actor: BOTH}  # PACK-040\n",
        "fact\nf: {of: thing, value: size}\n--- fact\nf: {of: thing, value: size}  # PACK-040\n",
        "fact\nsize: {of: thing, value: price}  # PACK-040\n",
        f"norm\na: {NORM}\n--- norm\na: {NORM}  # PACK-040\n",
        "example\nT1: {as_of: 2019-07-14}\n--- example\nT1: {as_of: 2019-07-14}  # PACK-040\n",
        "fact\na: {of: thing, value: a + 1}  # PACK-060\n",
        "fact\na: {of: thing, value: b}\nb: {of: thing, value: c}\nc: {of: thing, value: a}  # PACK-060\n",
        "fact\na: {of: thing, value: next.b}\nb: {of: thing, value: next.a}  # PACK-060\n",
        "fact\na: {of: thing, value: b}\nb: {of: thing, value: b}  # PACK-060\nc: {of: thing, value: a}\n",
        "fact\na: {of: thing, sum: part, of_value: b}\nb: {of: part, value: thing.a}  # PACK-060\n",
    ],
)
def test_what_is_refused(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


@pytest.mark.parametrize(
    ("blocks", "facts"),
    [
        ("fact\na: {of: thing, value: b}\nb: {of: thing, value: a}\n", {"cycle": "a -> b -> a"}),
        ("fact\na: {of: thing, value: b}\nb: {of: thing, value: b}\n", {"cycle": "b -> b"}),
        ("fact\nsize: {of: thing, value: price}\n", {"name": "size", "first": "0-base.md:18"}),
        (f"register\nr: {REG}\n--- register\nr: {REG}\n", {"name": "r", "first": "1-test.md:6"}),
        (
            f"norm\na: {NORM}\n--- norm\na: {NORM}\n",
            {"name": "a", "first": "1-test.md:6"},
        ),
    ],
)
def test_what_is_said_about_it(blocks: str, facts: dict[str, str]) -> None:
    assert try_blocks(blocks).findings[0].facts == facts


def test_a_chain_of_facts_is_bounded() -> None:
    def chain(length: int) -> str:
        facts = [f"f{number}: {{of: thing, value: f{number + 1}}}" for number in range(length - 1)]
        return "\n".join(["fact", *facts, f"f{length - 1}: {{of: thing, value: size}}"]) + "\n"

    assert len(pack_of(chain(LONGEST_CHAIN)).facts) == LONGEST_CHAIN
    findings = try_blocks(chain(LONGEST_CHAIN + 1)).findings
    assert [finding.code for finding in findings] == ["PACK-061"]
    assert findings[0].facts == {"name": f"f{LONGEST_CHAIN - 1}", "most": LONGEST_CHAIN}


def test_the_first_of_two_stays() -> None:
    loaded = try_blocks("fund\nm: {title: BOTH, payer: county}\n--- fund\nm: {title: BOTH, payer: city}\n")
    assert loaded.pack is None
    assert loaded.partial is not None and loaded.partial.funds["m"].payer == "county"


def test_the_same_fact_of_two_registers_are_two() -> None:
    pack = pack_of("fact\nf: {of: thing, value: size}\n--- fact\nf: {of: firm, value: name}\n")
    assert set(pack.facts) == {("thing", "f"), ("firm", "f")}


def test_norms_and_examples_are_kept_as_they_are() -> None:
    pack = pack_of(
        "norm\na: {kind: measure, force: may, by: [m], because: BOTH, zh: 文, en: text}\n"
        f"--- measure\nm: {M}\n--- example\nT1 first case: {{as_of: 2019-07-14}}\nT2 empty: {{}}\n"
    )
    assert [(norm.id, norm.kind, norm.by, norm.text.en) for norm in pack.norms] == [
        ("1/1#a", "measure", ("m",), "text")
    ]
    assert [(item.name, dict(item.content)) for item in pack.examples] == [
        ("T1 first case", {"as_of": "2019-07-14"}),
        ("T2 empty", {}),
    ]
