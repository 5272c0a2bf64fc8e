"""What examples try: thresholds just below, at and just above, junctions met and unmet; anything further is no try."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.checking.thoroughness.accepting import accepted
from luoshi.rulebook.checking.thoroughness.exercising import SIDES, WAYS, exercised
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import BASE, POLICY, document, pack_of, write_files

BELOW, AT, ABOVE = SIDES
PARAMETERS = """--- parameter
none: {title: BOTH, unit: item, 2000-01-01: 0, 2001-01-01: 1}
day: {title: BOTH, type: date, 2000-01-01: 2019-07-14}
--- example
other: {as_of: 2019-07-14}
"""


def looking_at(test: str, *cases: str) -> Pack:
    """A pack with one fact, and examples that ask for it."""
    examples = [
        f"T{number}: {{as_of: 2019-07-14, subject: thing, {case}, expect: {{facts: {{f: unknown}}}}}}\n"
        for number, case in enumerate(cases)
    ]
    return pack_of(f'fact\nf: {{of: thing, value: "{test}"}}\n{PARAMETERS}{"".join(examples)}')


def tried(pack: Pack) -> list[tuple[set[str], set[str]]]:
    """What is wanted and what is seen."""
    return [(set(item.wanted), set(item.seen)) for item in exercised(pack, accepted(pack))]


@pytest.mark.parametrize(
    ("test", "fields", "seen"),
    [
        ("size > 5", "size: 3", set()),
        ("size > 5", "size: 4", {BELOW}),
        ("size >= 5", "size: 5", {AT}),
        ("size < 5", "size: 6", {ABOVE}),
        ("size <= 5", "size: 7", set()),
        ("5 > size", "size: 4", {ABOVE}),
        ("size > 5", "good: true", set()),
        ("size > $least", "size: 6", {ABOVE}),
        ("price >= $grant", "price: 199.98", set()),
        ("price >= $grant", "price: 199.99", {BELOW}),
        ("price >= $grant", "price: 200.00", {AT}),
        ("price >= $grant", "price: 200", {AT}),
        ("price >= $grant", "price: 200.01", {ABOVE}),
        ("price >= $grant", "price: 200.02", set()),
        ("ratio >= 0.5", "ratio: 0.49", set()),
        ("ratio >= 0.5", "ratio: 0.4999", {BELOW}),
        ("ratio >= 0.5", "ratio: 0.5", {AT}),
        ("ratio >= 0.5", "ratio: 0.5001", {ABOVE}),
        ("born <= $day", "born: 2019-07-12", set()),
        ("born <= $day", "born: 2019-07-13", {BELOW}),
        ("born <= $day", "born: 2019-07-14", {AT}),
        ("born <= $day", "born: 2019-07-15", {ABOVE}),
        ("born <= $day", "born: 2019-07-16", set()),
        ("born <= date('2020-02-28')", "born: 2020-02-29", {ABOVE}),
        ("on_date <= born", "born: 2019-07-15", {BELOW}),
        ("on_date < ended", "good: true", set()),
        ("on_date < ended", "ended: 2019-07-15", {BELOW}),
        ("ended <= next.ended", "next: {}", {AT}),
        ("ended <= next.ended", "next: {ended: 2019-07-14}", set()),
        ("count_of(part, good) >= 2", "rows: {part: [{good: true}]}", {BELOW}),
    ],
)
def test_a_threshold_is_tried_just_below_at_and_just_above(test: str, fields: str, seen: set[str]) -> None:
    case = fields if fields.startswith("rows") else f"fields: {{{fields}}}"
    assert tried(looking_at(test, case)) == [(set(SIDES), seen)]


@pytest.mark.parametrize(
    ("test", "wanted"),
    [
        ("size > 0", {AT, ABOVE}),
        ("price >= 0.00", {AT, ABOVE}),
        ("size > $none", {AT, ABOVE}),
        ("0 < size", {BELOW, AT}),
        ("$none < size", {BELOW, AT}),
        ("size > 1", set(SIDES)),
        ("size > $least", set(SIDES)),
        ("born > $day", set(SIDES)),
    ],
)
def test_nothing_is_wanted_below_nought(test: str, wanted: set[str]) -> None:
    assert tried(looking_at(test)) == [(wanted, set())]
    (item,) = exercised(looking_at(test), ())
    assert item.is_threshold
    assert set(item.missing) == wanted


@pytest.mark.parametrize(
    "test", ["size = 5", "size <> 5", "born = on_date", "colour = 'red'", "good", "size", "share_of(part, good) > 0.5"]
)
def test_what_is_neither_threshold_nor_junction(test: str) -> None:
    assert tried(looking_at(test, "fields: {size: 5}")) == []


@pytest.mark.parametrize(
    ("test", "fields", "seen"),
    [
        ("good and size = 1", "good: true, size: 1", {"met"}),
        ("good and size = 1", "good: false", {"unmet"}),
        ("good and size = 1", "good: true", set()),
        ("good or size = 1", "good: true", {"met"}),
        ("good or size = 1", "good: false, size: 2", {"unmet"}),
        ("good or size = 1", "good: false", set()),
    ],
)
def test_a_junction_is_seen_met_and_unmet(test: str, fields: str, seen: set[str]) -> None:
    assert tried(looking_at(test, f"fields: {{{fields}}}")) == [(set(WAYS), seen)]
    (item,) = exercised(looking_at(test), ())
    assert not item.is_threshold


def test_examples_add_up_and_what_is_missing_comes_in_order() -> None:
    pack = looking_at("size > 5", "fields: {size: 5}")
    (item,) = exercised(pack, accepted(pack))
    assert item.missing == (BELOW, ABOVE)
    pack = looking_at("size > 5", "fields: {size: 6}", "fields: {size: 4}", "fields: {size: 5}")
    (item,) = exercised(pack, accepted(pack))
    assert item.missing == ()


def test_nested_conditions_are_each_looked_at() -> None:
    pack = looking_at("not (good and any_of(part, good or paid > $grant))", "fields: {good: false}")
    assert tried(pack) == [(set(WAYS), {"unmet"}), (set(WAYS), set()), (set(SIDES), set())]


def test_rows_that_an_aggregate_looks_at_count() -> None:
    pack = looking_at("any_of(part, paid >= $grant)", "rows: {part: [{paid: 199.99}, {paid: 200.01}, {}]}")
    assert tried(pack) == [(set(SIDES), {BELOW, ABOVE})]


BLOCKS = """measure
m: {title: BOTH, for: thing, conditions: {a: size > 5}, amount: "if(size > 6, 1, 2)", frequency: once, discretion: may}
--- award
w: {title: BOTH, for: thing, conditions: {a: size > 5}, frequency: once, discretion: may}
--- limit
l: {title: BOTH, of: thing, when: size > 5, holds: {a: size < 9}, force: hard}
--- integrity
i: {title: BOTH, of: thing, pattern: size > 5, follow_up: BOTH}
--- match
d: {title: BOTH, demand: thing, supply: part, compatible: {a: supply.paid <= demand.price}}
--- fact
f: {of: thing, value: size > 5}
--- duty
t: {title: BOTH, actor: BOTH, of: thing, done: size > 5}
--- scorecard
s: {title: BOTH, of: thing, items: [{title: BOTH, measured_by: "if(size > 5, 1, 2)"}]}
"""


def test_every_block_that_an_example_can_be_about() -> None:
    found = [item.block.id for item in exercised(pack_of(BLOCKS), ())]
    assert found == ["f", "m", "m", "w", "l", "l", "d", "i"]


def test_the_pairs_of_a_match_count() -> None:
    examples = """--- example
T1:
  as_of: 2019-07-14
  rows: {thing: {t: {price: 2.00}}, part: {p: {paid: 1.99}, q: {paid: 2.01}}}
  expect: {matches: {d: {t: [p]}}}
"""
    pack = pack_of(BLOCKS + examples)
    found = {item.block.id: item.missing for item in exercised(pack, accepted(pack))}
    assert found["d"] == (AT,)


def test_only_blocks_of_the_pack_itself(tmp_path: Path) -> None:
    lent = document(BASE + "--- fact\nlent: {of: thing, value: size > 5}\n")
    write_files(tmp_path / "base", {"policy.yaml": POLICY.replace("id: tiny", "id: base"), "1-base.md": lent})
    own = document("fact\nown: {of: thing, value: lent and size > 5}\n")
    folder = write_files(tmp_path / "tiny", {"policy.yaml": POLICY + "imports: [base]\n", "1-test.md": own})
    assert {item.block.id for item in exercised(load_pack(folder), ())} == {"own"}
