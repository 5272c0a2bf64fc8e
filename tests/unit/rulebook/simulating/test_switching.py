"""Conditions and measures switched off, measures switched on."""

from __future__ import annotations

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.simulating.switching import find_switched, switched_off, switched_on
from tests.unit.rulebook.simulating.sides import LOCAL, ON, case, pack


def outcomes(of: Pack, row: str) -> dict[str, str]:
    engine = CaseEngine(of, ON, Settings(of, ON, LOCAL))
    return {item.measure.id: item.outcome.word for item in engine.decide(case().store, "thing", row).determinations}


def test_a_condition_that_is_off_is_always_met() -> None:
    assert outcomes(pack(), "b")["grant-in-aid"] == "ineligible"
    assert outcomes(switched_off(pack(), "grant-in-aid", "big"), "b")["grant-in-aid"] == "eligible"


def test_a_measure_that_is_off_is_for_nobody_and_nobody_counts_as_eligible() -> None:
    off = outcomes(switched_off(pack(), "flat", ""), "a")
    assert (outcomes(pack(), "a")["flat"], off["flat"]) == ("eligible", "ineligible")
    assert (outcomes(pack(), "a")["follower"], off["follower"]) == ("eligible", "ineligible")


def test_a_measure_that_is_on_pays_whatever_its_time() -> None:
    assert outcomes(pack(), "a")["old"] == "not_in_force"
    assert outcomes(switched_on(pack(), "old", ""), "a")["old"] == "eligible"
    assert switched_on(pack(), "old", "good") is pack()


def test_names_are_found_or_get_the_nearest() -> None:
    findings = Findings()
    assert find_switched("flat", pack(), findings) == ("flat", "")
    assert find_switched("flat.good", pack(), findings) == ("flat", "good")
    assert not findings
    assert find_switched("flatt", pack(), findings) is None
    assert find_switched("flat.god", pack(), findings) is None
    assert [
        (finding.code, "flat" in finding.facts["near"] or "good" in finding.facts["near"]) for finding in findings
    ] == [
        ("CASE-020", True),
        ("SIM-006", True),
    ]
