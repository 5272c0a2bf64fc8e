"""Parameters and switches on a day and in a place, and what a locality may not set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.inputs.settings import LocalValue, Settings, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.packs import pack_of

DAY = date(2019, 7, 14)
BLOCK = """parameter
wage: {title: BOTH, unit: CNY, 2000-01-01: 1.00, areas: {"3311": {2000-01-01: 2.00}, "331124": {2005-01-01: 3.00}}}
free: {title: BOTH, unit: CNY, local: {set_by: [village]}}
from_below: {title: BOTH, unit: rate, local: {set_by: [county], max: 0.50, step: 0.02}}
from_above: {title: BOTH, unit: rate, local: {set_by: [county], min: 0.10}}
allowed: {title: BOTH, type: bool, local: {set_by: [county], min: 5, max: 6}}
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of(BLOCK)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(1999, 12, 31), None),
        (date(2000, 1, 1), Decimal("100.00")),
        (date(2009, 12, 31), Decimal("100.00")),
        (date(2010, 1, 1), Decimal("200.00")),
    ],
)
def test_a_value_holds_from_its_date_until_the_next(pack: Pack, on: date, value: Decimal | None) -> None:
    assert Settings(pack, on).value("grant", None) == value


@pytest.mark.parametrize(
    ("area", "value"),
    [(None, "1.00"), ("62", "1.00"), ("33", "1.00"), ("3311", "2.00"), ("331125", "2.00"), ("331124101", "3.00")],
)
def test_the_nearest_area_wins(pack: Pack, area: str | None, value: str) -> None:
    assert Settings(pack, DAY).value("wage", area) == Decimal(value)


def test_a_value_that_has_not_begun_leaves_the_wider_one(pack: Pack) -> None:
    assert Settings(pack, date(2004, 12, 31)).value("wage", "331124") == Decimal("2.00")


def test_the_areas_with_values_of_their_own(pack: Pack) -> None:
    settings = Settings(pack, DAY, [LocalValue("share", Decimal("0.5"))])
    assert settings.areas("wage") == {"3311", "331124"}
    assert settings.areas("share") == settings.areas("nothing") == frozenset()


def test_a_local_value_replaces_the_packs_own_from_its_start(pack: Pack) -> None:
    local = [LocalValue("strict", False, "331124", date(2019, 1, 1)), LocalValue("share", Decimal("0.60"))]
    assert Settings(pack, date(2018, 12, 31), local).value("strict", "331124") is True
    assert Settings(pack, date(2019, 1, 1), local).value("strict", "331124101") is False
    assert Settings(pack, DAY, local).value("strict", "331125") is True
    assert Settings(pack, DAY, local).value("share", "62") == Decimal("0.60")


@pytest.mark.parametrize(
    ("area", "on", "value"),
    [
        ("331124", date(2015, 12, 31), "900.00"),
        ("331124", date(2016, 1, 1), "3.00"),
        ("331124", date(2017, 1, 1), "700.00"),
        ("331199", date(2015, 12, 31), "800.00"),
        ("331199", date(2016, 1, 1), "2.00"),
        (None, date(2015, 12, 31), "500.00"),
        (None, date(2016, 1, 1), "1.00"),
    ],
)
def test_where_a_local_value_ends_the_wider_or_the_packs_own_holds_again(
    pack: Pack, area: str | None, on: date, value: str
) -> None:
    set_then_ended = [
        LocalValue("wage", worth, place, start)
        for place, first in (("331124", "900.00"), ("331199", "800.00"), ("", "500.00"))
        for worth, start in ((Decimal(first), date(2015, 1, 1)), (None, date(2016, 1, 1)))
    ]
    again = LocalValue("wage", Decimal("700.00"), "331124", date(2017, 1, 1))
    assert Settings(pack, on, [*set_then_ended, again]).value("wage", area) == Decimal(value)


def test_ending_a_value_needs_neither_paper_nor_level(pack: Pack) -> None:
    findings = Findings()
    check_local_value(LocalValue("from_below", None, "331124", date(2016, 1, 1)), pack, findings)
    assert not findings


def test_what_nobody_has_set_is_unknown(pack: Pack) -> None:
    assert Settings(pack, DAY).at("331124")["share"] is None


def refusals(pack: Pack, item: LocalValue) -> list[tuple[str, dict[str, Any]]]:
    findings = Findings()
    check_local_value(item, pack, findings)
    return [(finding.code, finding.facts) for finding in findings]


def share(value: str, **more: Any) -> LocalValue:
    return LocalValue("share", Decimal(value), **({"by": "county", "document": "文"} | more))


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        (share("0.50"), []),
        (share("1.00"), []),
        (share("0.55"), []),
        (share("0.49"), ["CASE-007"]),
        (share("0.45"), ["CASE-007"]),
        (share("1.05"), ["CASE-007"]),
        (share("0.51"), ["CASE-007"]),
        (share("0.50", document=None), ["CASE-009"]),
        (share("0.50", document=""), ["CASE-009"]),
        (share("0.50", by="village"), ["CASE-008"]),
        (share("0.50", by="city"), []),
        (share("0.50", by=None), ["CASE-008"]),
        (share("0.50", by=None, area="3311"), []),
        (share("0.50", by=None, area="331124"), []),
        (share("0.50", by=None, area="331124101"), ["CASE-008"]),
        (share("0.49", by=None, document=None), ["CASE-009", "CASE-008", "CASE-007"]),
        (LocalValue("free", Decimal("-9"), by="village", document="文"), []),
        (LocalValue("from_below", Decimal("0.50"), by="county", document="文"), []),
        (LocalValue("from_below", Decimal("0.52"), by="county", document="文"), ["CASE-007"]),
        (LocalValue("from_below", Decimal("0.49"), by="county", document="文"), ["CASE-007"]),
        (LocalValue("from_above", Decimal("0.10"), by="county", document="文"), []),
        (LocalValue("from_above", Decimal("0.09"), by="county", document="文"), ["CASE-007"]),
        (LocalValue("allowed", True, by="county", document="文"), []),
        (LocalValue("tone", "red", by="county", document="文"), []),
        (LocalValue("grant", Decimal("1")), ["CASE-010"]),
        (LocalValue("strict", True), []),
        (LocalValue("strict", False), []),
        (LocalValue("strict", "maybe"), ["CASE-006"]),
        (LocalValue("spoken", "x"), ["CASE-005"]),
    ],
    ids=str,
)
def test_what_a_locality_may_set(pack: Pack, item: LocalValue, codes: list[str]) -> None:
    assert [code for code, _ in refusals(pack, item)] == codes


def test_the_adopting_paper_is_named_when_the_pack_names_it(pack: Pack) -> None:
    assert refusals(pack, share("0.50", document=None))[0][1]["instrument"] == "财政文件"
    nameless = LocalValue("free", Decimal(1), by="village")
    assert refusals(pack, nameless)[0][1]["instrument"] == ""


def test_only_what_the_pack_knows_is_asked_about(pack: Pack) -> None:
    with pytest.raises(KeyError):
        refusals(pack, LocalValue("nothing", "x"))
