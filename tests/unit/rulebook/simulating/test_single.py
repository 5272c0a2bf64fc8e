"""One subject through both sides."""

from __future__ import annotations

from decimal import Decimal

from luoshi.rulebook.simulating import Overlay, Side, applied, simulate_case
from luoshi.rulebook.simulating.single import Pair
from tests.unit.rulebook.packs import case_of
from tests.unit.rulebook.simulating.sides import edited, pack, settings, side

THING = """subject: thing
fields: {size: 4, price: 20.00, good: true, firm: {area: "331124"}}
rows: {part: [{good: true, judged: true}]}
"""


def pairs(after: Side, before: Side | None = None) -> dict[str, Pair]:
    before = before or side()
    cases = case_of(before.pack, THING), case_of(after.pack, THING)
    return {pair.measure: pair for pair in simulate_case(before, after, cases).pairs}


def test_a_measure_that_changes_says_why() -> None:
    found = pairs(applied(side(), settings("least=4")))
    changed = found["grant-in-aid"]
    assert changed.before is not None and changed.after is not None and changed.why is not None
    assert (changed.before.outcome.word, changed.after.outcome.word) == ("ineligible", "eligible")
    assert changed.after.amount == Decimal("10.00")
    assert (changed.why.conditions, [change.name for change in changed.why.changes]) == (("big",), ["least"])
    assert found["flat"].why is None


def test_another_amount_is_a_change() -> None:
    changed = pairs(applied(side(), settings("grant=1.00")))["flat"]
    assert changed.why is not None and changed.why.conditions == ("amount",)


def test_measures_come_and_go() -> None:
    line = "praise: {title: BOTH, for: thing, conditions: {big: size > $bar}, frequency: once, discretion: may}\n"
    without = side(edited(line, ""))
    gone, new = pairs(without)["praise"], pairs(side(), without)["praise"]
    assert (gone.after, new.before) == (None, None)
    assert gone.why is not None and new.why is not None


def test_a_measure_off_is_for_nobody() -> None:
    changed = pairs(applied(side(), Overlay(off=("flat",))))["flat"]
    assert changed.after is not None and changed.after.outcome.word == "ineligible"
    assert pack().measures["flat"].conditions[0].name == "good"
