"""Steps: a determination tells the state of each of its conditions."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.outcomes import State
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
