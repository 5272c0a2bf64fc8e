"""Steps: the state of each condition of a determination, and the steps of a decision by block."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.outcomes import State
from luoshi.rulebook.model.steps import Decision
from tests.unit.rulebook.packs import case_of, pack_of


def test_the_state_of_a_condition_by_its_place() -> None:
    pack = pack_of(
        "measure\nm: {title: BOTH, for: thing, conditions: {a: good, b: size > 1, c: size > 2, d: price > 0},"
        " frequency: once, discretion: may}\n"
    )
    case = case_of(pack, "subject: thing\nfields: {good: true, size: 2}\n")
    decision = CaseEngine(pack, date(2019, 1, 1)).decide(case.store, "thing", "this")
    states = [decision.determinations[0].state(index) for index in range(4)]
    assert states == [State.MET, State.MET, State.UNMET, State.UNKNOWN]


BLOCKS = """measure
m: {title: BOTH, for: thing, conditions: {a: good, b: size > 1}, amount: price, frequency: once, discretion: may}
bare: {title: BOTH, for: thing, conditions: {a: good}, frequency: once, discretion: may}
--- limit
l: {title: BOTH, of: thing, when: good, holds: {a: size < 9, b: price > 0}, force: hard}
always: {title: BOTH, of: thing, holds: {a: size < 9}, force: hard}
--- target
t: {title: BOTH, of: thing, indicator: size, value: 5}
--- integrity
i: {title: BOTH, of: thing, pattern: not good, follow_up: BOTH}
"""


def decide(fields: str) -> Decision:
    pack = pack_of(BLOCKS)
    case = case_of(pack, f"subject: thing\nfields: {{{fields}}}\n")
    return CaseEngine(pack, date(2019, 1, 1)).decide(case.store, "thing", "this")


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ("good: true, size: 2, price: 1.00", {"m": 3, "bare": 1, "l": 3, "always": 1, "t": 1, "i": 1}),
        ("good: true, size: 1, price: 1.00", {"m": 2, "bare": 1, "l": 3, "always": 1, "t": 1, "i": 1}),
        ("good: false, size: 2, price: 1.00", {"m": 2, "bare": 1, "l": 1, "always": 1, "t": 1, "i": 1}),
        ("size: 2", {"m": 3, "bare": 1, "l": 3, "always": 1, "t": 1, "i": 1}),
    ],
)
def test_the_steps_of_each_block(fields: str, counts: dict[str, int]) -> None:
    decision = decide(fields)
    found = decision.by_block()
    assert {name: len(steps) for name, steps in found.items()} == counts
    assert [id(step) for step in decision.steps()] == [id(step) for steps in found.values() for step in steps]


def test_conditions_come_before_the_amount_and_before_what_they_apply_to() -> None:
    found = decide("good: true, size: 2, price: 1.00").by_block()
    amount, when = found["m"][-1].node, found["l"][-1].node
    assert isinstance(amount, n.Field) and amount.name == "price"
    assert isinstance(when, n.Field) and when.name == "good"


def test_nothing_decided_has_no_steps() -> None:
    decision = Decision("thing", "this", (), (), ())
    assert (decision.by_block(), list(decision.steps())) == ({}, [])


def test_the_truth_of_a_condition_and_the_steps_below_it() -> None:
    truths = [step.truth for step in decide("good: true, size: 1").by_block()["m"]]
    assert truths == [True, False]
    bare, bigger = decide("size: 1").by_block()["m"][:2]
    assert (bare.truth, list(bare.steps())) == (None, [])
    assert [step.value for step in bigger.steps()] == [1, 1]


def test_the_steps_of_the_rows_of_an_aggregate_are_not_directly_below_it() -> None:
    pack = pack_of("integrity\ni: {title: BOTH, of: thing, pattern: 'any_of(part, good)', follow_up: BOTH}\n")
    case = case_of(pack, "subject: thing\nrows: {part: [{good: true}]}\n")
    (pattern,) = CaseEngine(pack, date(2019, 1, 1)).decide(case.store, "thing", "this").steps()
    assert len(pattern.parts) == 1 and list(pattern.steps()) == []
