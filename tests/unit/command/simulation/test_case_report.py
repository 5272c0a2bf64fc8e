"""One case on both sides as plain data."""

from __future__ import annotations

from luoshi.command.simulation.case_report import case_json
from luoshi.rulebook.simulating import applied, simulate_case
from tests.unit.rulebook.packs import case_of
from tests.unit.rulebook.simulating.sides import edited, settings, side
from tests.unit.rulebook.simulating.test_single import THING


def test_both_sides_stand_beside_each_other() -> None:
    after = applied(side(), settings("least=4"))
    cases = case_of(side().pack, THING), case_of(after.pack, THING)
    told = case_json(simulate_case(side(), after, cases), side(), after)
    pair = next(item for item in told["measures"] if item["id"] == "grant-in-aid")
    assert pair["why"] == {"conditions": ["big"], "causes": ["least"], "clauses": ["0/1"]}
    assert (pair["before"]["amount"], pair["after"]["amount"]) == (None, "10.00")
    assert told["subject"]["register"] == "thing"


def test_a_side_without_the_measure_has_nothing_there() -> None:
    line = "praise: {title: BOTH, for: thing, conditions: {big: size > $bar}, frequency: once, discretion: may}\n"
    without = side(edited(line, ""))
    cases = case_of(side().pack, THING), case_of(without.pack, THING)
    told = case_json(simulate_case(side(), without, cases), side(), without)
    assert next(item for item in told["measures"] if item["id"] == "praise")["after"] is None
