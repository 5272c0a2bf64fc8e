"""Frames: one for a row, with the settings of the place where the row lies."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from tests.unit.rulebook.packs import case_of, pack_of

FUND = "fund\nm: {title: BOTH, payer: county}\n"
CASE = """subject: thing
fields: {firm: {area: "331124101"}}
rows: {thing: {other: {firm: {area: "331125"}}}}
parameters: {strict: {value: false, by: county}}
"""


def test_a_row_has_one_frame_and_a_missing_row_none() -> None:
    pack = pack_of(FUND)
    case = case_of(pack, CASE)
    run = CaseEngine(pack, date(2019, 7, 14)).start(case.store)
    frame = run.frame("thing", "this")
    assert frame is run.frame("thing", "this") is run.existing("thing", "this")
    assert run.frame("thing", "nobody") is None
    assert run.frame("area", "3311") is None


def test_settings_are_those_of_the_rows_place() -> None:
    pack = pack_of(FUND)
    case = case_of(pack, CASE)
    day = date(2019, 7, 14)
    run = CaseEngine(pack, day, Settings(pack, day, case.local)).start(case.store)
    here, there = run.existing("thing", "this"), run.existing("thing", "other")
    assert (here.settings["strict"], there.settings["strict"]) == (False, True)
    assert here.settings is here.settings
