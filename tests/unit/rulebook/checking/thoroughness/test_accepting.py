"""The accepted examples of a pack: what they decide, the steps they take, the blocks they rest on."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luoshi.rulebook.checking.thoroughness.accepting import Accepted, accepted, below
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.outcomes import Outcome
from tests.unit.rulebook.packs import pack_of

PACK = """measure
m:
  title: BOTH
  for: thing
  conditions: {big: big, paid: price <= $grant}
  amount: price
  frequency: once
  discretion: may
after: {title: BOTH, for: firm, conditions: {a: eligible('other')}, frequency: once, discretion: may}
other: {title: BOTH, for: firm, conditions: {a: is_known(name)}, frequency: once, discretion: may}
--- award
w: {title: BOTH, for: area, conditions: {a: is_known(name)}, quota: $least, frequency: yearly, discretion: may}
--- fact
big: {of: thing, value: size > $least}
rate: {of: thing, value: "lookup(bands, size)"}
unused: {of: thing, value: good and big}
soft: {of: part, value: good}
--- limit
cap: {title: BOTH, of: thing, holds: {a: size < 10}, force: hard}
--- target
enough: {title: BOTH, of: thing, indicator: size, value: 1}
--- integrity
odd: {title: BOTH, of: thing, pattern: "$strict and any_of(part, soft)", follow_up: BOTH}
--- match
deal:
  title: BOTH
  demand: thing
  supply: part
  compatible: {a: supply.soft}
  preference: [{by: demand.rate, order: lowest}]
--- example
"""
DECIDED = {
    ("measures", "m"),
    ("facts", ("thing", "big")),
    ("parameters", "least"),
    ("parameters", "grant"),
    ("limits", "cap"),
    ("targets", "cap"),
    ("limits", "enough"),
    ("targets", "enough"),
}


def example(text: str, on: str = "2019-07-14") -> Accepted:
    (found,) = accepted(pack_of(f"{PACK}T1: {{as_of: {on}, {text}}}\n"))
    return found


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("subject: thing, fields: {size: 5}", DECIDED),
        ("subject: thing, expect: {facts: {big: true}}", DECIDED),
        ("subject: thing, expect: {facts: {unused: true}}", DECIDED | {("facts", ("thing", "unused"))}),
        ("subject: thing, expect: {facts: {rate: 1}}", DECIDED | {("facts", ("thing", "rate")), ("tables", "bands")}),
        ("subject: thing, expect: {facts: {ghost: true}}", DECIDED),
        ("subject: thing, rows: {part: [{}]}", DECIDED | {("facts", ("part", "soft"))}),
        ("subject: firm", {("measures", "after"), ("measures", "other")}),
        ("rows: {firm: [{}, {}], part: [{}]}", {("measures", "after"), ("measures", "other")}),
        ("rows: {part: [{}]}, expect: {facts: {soft: true}}", set()),
        (
            "rows: {area: {'33': {}}}, expect: {rounds: {w: {places: 5}}}",
            {("measures", "w"), ("tables", "bands")}
            | {("parameters", name) for name in ("least", "grant", "half", "share", "tone")},
        ),
        (
            "rows: {thing: {t: {}}, part: [{}]}, expect: {matches: {deal: {t: []}, ghost: {}}}",
            DECIDED | {("facts", ("part", "soft")), ("facts", ("thing", "rate")), ("tables", "bands")},
        ),
        ("rows: {part: [{}]}, expect: {matches: {deal: {}}}", set()),
    ],
)
def test_the_blocks_that_an_answer_rests_on(text: str, keys: set[object]) -> None:
    assert example(text).keys == keys


@pytest.mark.parametrize(
    ("text", "rows", "is_about_one"),
    [
        ("subject: thing, rows: {thing: [{}], firm: [{}]}", [("thing", "this")], True),
        ("subject: area", [("area", "3311")], True),
        (
            "rows: {thing: {a: {}, b: {}}, firm: {f: {}}, part: [{}]}",
            [("thing", "a"), ("thing", "b"), ("firm", "f")],
            False,
        ),
        ("rows: {part: [{}]}", [], False),
    ],
)
def test_what_an_example_decides(text: str, rows: list[tuple[str, str]], is_about_one: bool) -> None:
    found = example(text)
    assert found.is_about_one is is_about_one
    assert [(decision.register, decision.row) for decision in found.decisions] == rows


def test_every_step_comes_once() -> None:
    steps = list(example("subject: thing, fields: {size: 6, price: 1.00}, rows: {part: [{good: true}]}").steps())
    assert max(Counter(map(id, steps)).values()) == 1
    names = Counter(step.node.name for step in steps if isinstance(step.node, n.Fact))
    assert names == {"big": 1, "soft": 1}


def test_the_steps_of_rows_stand_below_those_of_their_aggregate() -> None:
    decision = example("subject: thing, rows: {part: [{good: true}, {good: false}]}").decisions[0]
    (pattern,) = decision.by_block()["odd"]
    assert sum(isinstance(step.node, n.Field) and step.node.name == "good" for step in below([pattern, pattern])) == 2
    assert list(below([])) == []


@pytest.mark.parametrize(
    ("on", "more", "outcome"),
    [
        ("2019-07-14", "", Outcome.ELIGIBLE),
        ("1999-12-31", "", Outcome.NOT_IN_FORCE),
        ("1999-12-31", "as_if_in_force: true, ", Outcome.UNDETERMINED),
        ("2009-12-31", "", Outcome.INELIGIBLE),
    ],
)
def test_the_day_and_the_simulation_of_the_example_hold(on: str, more: str, outcome: Outcome) -> None:
    """The grant is 100.00 from 2000 and 200.00 from 2010; before, nobody has set it."""
    found = example(f"{more}subject: thing, fields: {{size: 6, price: 100.01}}", on)
    assert found.decisions[0].determinations[0].outcome is outcome


def test_local_values_hold_on_another_day_and_for_another_pack_too() -> None:
    local = "parameters: {strict: false}, subject: thing, rows: {part: [{good: true}]}"
    found = example(local)
    assert found.decisions[0].suspicions[0].state == "clear"
    other = found.engine_like(CaseEngine(found.base.pack, date.max), date(2001, 1, 1))
    assert (other.on, other.settings.value("strict", None)) == (date(2001, 1, 1), False)


def test_only_accepted_examples_those_with_the_fewest_blocks_first() -> None:
    pack = pack_of(
        PACK
        + "many: {as_of: 2019-07-14, subject: thing}\n"
        + "refused: {as_of: 2019-07-14, subject: thing, fields: {sise: 1}}\n"
        + "never: {subject: thing}\n"
        + "few: {as_of: 2019-07-14, subject: firm}\n"
    )
    assert [item.example.name for item in accepted(pack)] == ["few", "many"]
