"""Determinations and checks: masks, amounts, when a measure is in force, and rows that are not there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model.blocks import Award
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.steps import Decision
from tests.unit.rulebook.packs import POLICY, case_of, pack_of

M = "{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: good, b: size > 1}%s}"
ON = date(2019, 7, 14)


def decide(blocks: str, case: str, on: date = ON, *, policy: str = POLICY, as_if: bool = False) -> Decision:
    pack = pack_of(blocks, policy=policy)
    read = case_of(pack, case)
    engine = CaseEngine(pack, on, Settings(pack, on, read.local), as_if_in_force=as_if)
    assert read.subject is not None
    return engine.decide(read.store, read.subject, read.subject_id)


@pytest.mark.parametrize(
    ("fields", "outcome", "unmet", "unknown", "amount"),
    [
        ("good: true, size: 2, price: 3.00", Outcome.ELIGIBLE, 0b000, 0b000, "3.00"),
        ("good: true, size: 2", Outcome.UNDETERMINED, 0b000, 0b100, None),
        ("good: true, price: 3.00", Outcome.UNDETERMINED, 0b000, 0b010, None),
        ("good: true", Outcome.UNDETERMINED, 0b000, 0b110, None),
        ("good: false", Outcome.INELIGIBLE, 0b001, 0b010, None),
        ("good: false, size: 1, price: 3.00", Outcome.INELIGIBLE, 0b011, 0b000, None),
    ],
)
def test_masks_and_outcomes(fields: str, outcome: Outcome, unmet: int, unknown: int, amount: str | None) -> None:
    (found,) = decide("measure\nm: " + M % ", amount: price", f"subject: thing\nfields: {{{fields}}}\n").determinations
    assert (found.outcome, found.unmet, found.unknown) == (outcome, unmet, unknown)
    assert found.amount == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("more", "amount"),
    [
        (", amount: price * ratio", "0.01"),
        (", amount: price * ratio, rounding: {to: 0.01, mode: down}", "0.00"),
        (", amount: price * ratio, rounding: {to: 1, mode: up}", "1"),
        (", amount: ratio", "0.5000"),
        (", amount: size", "2"),
        ("", "None"),
    ],
)
def test_amounts_are_rounded_as_the_measure_says(more: str, amount: str) -> None:
    case = "subject: thing\nfields: {good: true, size: 2, price: 0.01, ratio: 0.5000}\n"
    (found,) = decide("measure\nm: " + M % more, case).determinations
    assert (found.outcome, str(found.amount)) == (Outcome.ELIGIBLE, amount)


@pytest.mark.parametrize(
    ("valid", "on", "in_force"),
    [
        ("", "1999-12-31", False),
        ("", "2000-01-01", True),
        (", valid: {from: 2019-07-14}", "2019-07-13", False),
        (", valid: {from: 2019-07-14}", "2019-07-14", True),
        (", valid: {to: 2019-07-14}", "2019-07-14", True),
        (", valid: {to: 2019-07-14}", "2019-07-15", False),
    ],
)
def test_outside_its_time_nothing_is_decided_but_in_a_simulation(valid: str, on: str, in_force: bool) -> None:
    blocks, case = (
        "measure\nm: " + M % (", amount: price" + valid),
        "subject: thing\nfields: {good: true, size: 2, price: 1}\n",
    )
    (found,) = decide(blocks, case, date.fromisoformat(on)).determinations
    assert (found.outcome is not Outcome.NOT_IN_FORCE) is in_force
    assert (found.amount is not None) is in_force
    (simulated,) = decide(blocks, case, date.fromisoformat(on), as_if=True).determinations
    assert simulated.outcome is Outcome.ELIGIBLE


LIMIT = "limit\nl: {title: BOTH, of: thing, when: good, holds: {a: size < 10, b: price > 0}, force: hard}\n"


@pytest.mark.parametrize(
    ("fields", "state", "steps"),
    [
        ("good: true, size: 9, price: 1", "met", 2),
        ("good: true, size: 10", "unmet", 2),
        ("good: true, size: 9", "unknown", 2),
        ("good: false, size: 10", "not_applicable", 0),
        ("size: 9, price: 1", "unknown", 2),
        ("size: 10", "unknown", 2),
    ],
)
def test_the_state_of_a_limit(fields: str, state: str, steps: int) -> None:
    (check,) = decide(LIMIT, f"subject: thing\nfields: {{{fields}}}\n").checks
    assert (check.state, len(check.conditions)) == (state, steps)


def test_a_limit_without_when_always_applies() -> None:
    (check,) = decide(LIMIT.replace("when: good, ", ""), "subject: thing\nfields: {size: 10}\n").checks
    assert (check.state, check.when) == ("unmet", None)


@pytest.mark.parametrize(
    ("target", "case", "state"),
    [
        (
            "level: city, indicator: count_of(firm), value: 1",
            "subject: area\nrows: {firm: [{area: '331124'}]}\n",
            "met",
        ),
        (
            "level: city, indicator: count_of(firm), value: 2",
            "subject: area\nrows: {firm: [{area: '331124'}]}\n",
            "unmet",
        ),
        ("level: city, indicator: count_of(firm), value: 1", "subject: area\n", "unknown"),
        ("level: county, indicator: count_of(firm), value: 1", "subject: area\n", "not_applicable"),
        ("indicator: count_of(firm), value: 1", "subject: area\nrows: {firm: []}\n", "unmet"),
        ("of: thing, level: city, indicator: size, value: 1", "subject: thing\nfields: {size: 1}\n", "met"),
    ],
)
def test_the_state_of_a_target(target: str, case: str, state: str) -> None:
    (check,) = decide(f"target\nt: {{title: BOTH, {target}}}\n", case).checks
    assert check.state == state


def test_only_the_blocks_of_a_register_are_decided() -> None:
    blocks = (
        "measure\nm: "
        + M % ""
        + "\nf: {title: BOTH, for: firm, conditions: {a: is_known(name)}, frequency: once, discretion: may}\n"
    )
    decision = decide(blocks, "subject: firm\n")
    assert [item.measure.id for item in decision.determinations] == ["f"]


def test_a_row_that_is_not_there() -> None:
    pack = pack_of("fact\nf: {of: thing, value: size}\n")
    engine, store = CaseEngine(pack, ON), case_of(pack, "rows: {thing: [{}]}\n").store
    with pytest.raises(KeyError):
        engine.decide(store, "thing", "nobody")
    with pytest.raises(KeyError):
        engine.fact(store, "thing", "nobody", "f")


def test_many_rows_share_one_run() -> None:
    pack = pack_of("measure\nm: " + M % "")
    engine, store = (
        CaseEngine(pack, ON),
        case_of(pack, "rows: {thing: {a: {good: true, size: 2}, b: {good: false}}}\n").store,
    )
    run = engine.start(store)
    outcomes = [engine.decide(store, "thing", row, run=run).determinations[0].outcome for row in ("a", "b")]
    assert outcomes == [Outcome.ELIGIBLE, Outcome.INELIGIBLE]


def test_a_constant_rests_on_parameters_only() -> None:
    pack = pack_of("award\nm: " + M % ", quota: $least + 1")
    award = pack.measures["m"]
    assert isinstance(award, Award) and award.quota is not None
    assert CaseEngine(pack, ON).constant(award.quota) == 6
    assert CaseEngine(pack, date(1999, 1, 1)).constant(award.quota) is None


def test_a_constant_may_differ_by_area() -> None:
    pack = pack_of("award\nm: " + M % ', quota: "if($strict, 1, 2)"')
    award = pack.measures["m"]
    assert isinstance(award, Award) and award.quota is not None
    engine = CaseEngine(pack, ON, Settings(pack, ON, [LocalValue("strict", False, "331124")]))
    assert [engine.constant(award.quota, area) for area in (None, "3311", "331124")] == [1, 1, 2]


def test_the_same_engine_on_another_day_with_other_settings() -> None:
    """The grant is 100.00 from 2000 and 200.00 from 2010; the reading is strict unless a locality says otherwise."""
    pack = pack_of(
        "measure\nm: {title: BOTH, for: thing, conditions: {a: good or not $strict}, amount: $grant,"
        " frequency: once, discretion: may}\n--- fact\nage: {of: thing, value: 'days_between(born, on_date)'}\n"
    )
    store = case_of(pack, "subject: thing\nfields: {good: false, born: 2009-12-30}\n").store
    early = date(2009, 12, 31)
    first = CaseEngine(pack, early, as_if_in_force=True)
    assert (first.decide(store, "thing", "this").determinations[0].outcome) is Outcome.INELIGIBLE
    other = first.at(ON, Settings(pack, ON, (LocalValue("strict", False),)))
    for _ in range(2):
        (found,) = other.decide(store, "thing", "this").determinations
        assert (found.outcome, found.amount) == (Outcome.ELIGIBLE, Decimal("200.00"))
        assert other.fact(store, "thing", "this", "age").value == (ON - date(2009, 12, 30)).days
        assert first.fact(store, "thing", "this", "age").value == 1
        assert first.decide(store, "thing", "this").determinations[0].outcome is Outcome.INELIGIBLE
    assert (first.on, other.on, other.as_if_in_force) == (early, ON, True)
    other.as_if_in_force = False
    assert first.as_if_in_force, "what is said of the one does not hold for the other"


def test_one_measure_and_expressions_of_one_row() -> None:
    pack = pack_of("measure\nm: " + M % ", amount: price")
    read = case_of(pack, "subject: thing\nfields: {good: true, size: 2, price: 3.00}\n")
    engine = CaseEngine(pack, ON)
    run = engine.start(read.store)
    found = engine.determine(run, "m", read.subject_id)
    assert (found.measure.id, found.outcome, found.amount) == ("m", Outcome.ELIGIBLE, Decimal("3.00"))
    tests = [condition.test for condition in found.measure.conditions]
    assert [step.value for step in engine.values(run, "thing", read.subject_id, tests)] == [True, True]
    with pytest.raises(KeyError):
        engine.determine(run, "m", "nobody")
