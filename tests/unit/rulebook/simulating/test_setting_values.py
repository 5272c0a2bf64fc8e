"""Values set by an overlay: typed, bounded, and holding in an area with all within it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.simulating.overlay import Setting
from luoshi.rulebook.simulating.setting_values import read_value, with_value
from tests.unit.rulebook.packs import pack_of
from tests.unit.rulebook.simulating.sides import pack, side

WAGE = 'parameter\nwage: {title: BOTH, unit: CNY, areas: {"3311": {2000-01-01: 2.00}, "331124": {2005-01-01: 3.00}}}\n'
BOUND = """parameter
rate: {title: BOTH, unit: rate, 2000-01-01: 0.40, local: {set_by: [county], min: 0.50, max: 1.00}}
wage: {title: BOTH, unit: CNY, areas: {"3311": {2000-01-01: 1.00}}, local: {set_by: [county], max: 0.50}}
"""


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (Setting("share", "0.50"), Decimal("0.50")),
        (Setting("share", "1.00", "331124101"), Decimal("1.00")),
        (Setting("share", "0.55", "33"), Decimal("0.55")),
        (Setting("least", "0"), 0),
        (Setting("least", "999999999"), 999_999_999),
        (Setting("grant", "999999999.99"), Decimal("999999999.99")),
        (Setting("strict", "false"), False),
        (Setting("tone", "red"), "red"),
        (Setting("open_flag", "true"), True),
    ],
)
def test_a_value_within_bounds_may_be_set(setting: Setting, value: object) -> None:
    findings = Findings()
    assert read_value(setting, pack(), findings) == value
    assert not findings


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (Setting("share", "0.45"), "CASE-007"),
        (Setting("share", "1.05"), "CASE-007"),
        (Setting("share", "0.51"), "CASE-007"),
        (Setting("share", "much"), "CASE-015"),
        (Setting("least", "1.5"), "CASE-015"),
        (Setting("least", "1000000000"), "CASE-015"),
        (Setting("tone", "grey"), "CASE-015"),
        (Setting("strict", "perhaps"), "CASE-015"),
        (Setting("spoken", "true"), "CASE-005"),
        (Setting("shares", "0.50"), "CASE-004"),
        (Setting("share", "0.50", "3301"), "SIM-004"),
        (Setting("share", "0.50", "33112"), "SIM-004"),
    ],
)
def test_any_other_value_is_refused(setting: Setting, code: str) -> None:
    findings = Findings()
    assert read_value(setting, pack(), findings) is None
    assert [finding.code for finding in findings] == [code]


def test_an_unknown_name_gets_the_nearest() -> None:
    findings = Findings()
    read_value(Setting("shares", "0.50"), pack(), findings)
    assert "share" in findings[0].facts["near"]


@pytest.mark.parametrize("setting", [Setting("rate", "0.40"), Setting("wage", "1.00")])
def test_the_own_value_of_the_pack_may_lie_out_of_bounds(setting: Setting) -> None:
    findings = Findings()
    assert read_value(setting, pack_of(BOUND), findings) is not None
    assert not findings


def test_a_reading_must_be_one_of_those_listed() -> None:
    reading = """assume
days: {title: BOTH, type: int, default: 5, reading: BOTH, alternatives: {7: BOTH}}
"""
    findings = Findings()
    assert read_value(Setting("days", "7"), pack_of(reading), findings) == 7
    assert read_value(Setting("days", "6"), pack_of(reading), findings) is None
    assert [(finding.code, finding.facts["expected"]) for finding in findings] == [("CASE-006", [5, 7])]


def test_a_value_set_everywhere_takes_the_place_of_all_others() -> None:
    before = side(pack_of(WAGE), local=(LocalValue("wage", Decimal("4.00"), "331125"), LocalValue("grant", 1)))
    after = with_value(before, "wage", Decimal("9.00"), "")
    held = after.settings()
    assert {held.value("wage", area) for area in (None, "33", "3311", "331124", "331125")} == {Decimal("9.00")}
    assert [item.name for item in after.local] == ["grant"]


def test_a_value_set_for_an_area_holds_there_and_within() -> None:
    before = side(pack_of(WAGE), local=(LocalValue("wage", Decimal("4.00"), "331125001"),))
    held = with_value(before, "wage", Decimal("9.00"), "331124").settings()
    assert held.value("wage", "331124") == held.value("wage", "331124101") == Decimal("9.00")
    assert (held.value("wage", "3311"), held.value("wage", "331125001")) == (Decimal("2.00"), Decimal("4.00"))
    wider = with_value(before, "wage", Decimal("9.00"), "3311").settings()
    assert {wider.value("wage", area) for area in ("3311", "331124", "331125001")} == {Decimal("9.00")}
    assert wider.value("wage", None) is None


def test_a_reading_is_switched_everywhere_or_in_an_area() -> None:
    everywhere = with_value(side(), "strict", False, "")
    assert everywhere.settings().value("strict", "331124") is False
    one = with_value(everywhere, "strict", True, "331124").settings()
    assert (one.value("strict", "331124"), one.value("strict", None)) == (True, False)
