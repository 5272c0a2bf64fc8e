"""Settings by area: the nearest wins, rows nowhere get what holds everywhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.sql.answers import TITLE, answers, fact_of
from tests.unit.rulebook.packs import pack_of

FIRMS = {"a": "331102003", "b": "331102004", "c": "331121", "d": "3311", "e": "33", "f": "62", "g": None}
ROWS: dict[str, Any] = {
    "firm": {name: ({} if code is None else {"area": code}) for name, code in FIRMS.items()},
    "thing": {**{name: {"firm": name} for name in FIRMS}, "lost": {"firm": "gone"}, "loose": {}},
}


def local(value: str, area: str, by: str = "county") -> LocalValue:
    return LocalValue("share", Decimal(value), area, by=by, document="财发〔2023〕1号")


def test_the_nearest_value_wins() -> None:
    values = [local("0.50", "3311", "city"), local("0.60", "331102"), local("0.70", "331102003")]
    found = answers(fact_of("$share"), ROWS, local=values)
    assert {name: str(value) for name, value in found.items() if value is not None} == {
        "a": "0.7000",
        "b": "0.6000",
        "c": "0.5000",
        "d": "0.5000",
    }


def test_what_holds_everywhere_fills_the_rest() -> None:
    pack = pack_of(
        'parameter\nprice_here: {title: BOTH, unit: CNY, 2000-01-01: 1.50, areas: {"331102": {2000-01-01: 2.00}}}\n'
        f"--- fact\nresult: {{of: thing, {TITLE}, value: $price_here}}\n"
    )
    found = answers(pack, ROWS)
    assert {name for name, value in found.items() if value == 2} == {"a", "b"}
    assert {value for name, value in found.items() if name not in "ab"} == {Decimal("1.50")}


def test_areas_themselves_are_where_they_are() -> None:
    rows: dict[str, Any] = {"area": {"3311": {}, "331102": {}, "62": {}}}
    found = answers(fact_of("$share", "area"), rows, "area", local=[local("0.50", "3311", "city")])
    assert found == {"3311": Decimal("0.5000"), "331102": Decimal("0.5000"), "62": None}


def test_rows_whose_place_nobody_keeps_have_no_settings_by_area() -> None:
    rows: dict[str, Any] = {"thing": ROWS["thing"]}
    found = answers(fact_of("$share"), rows, local=[local("0.50", "3311", "city")])
    assert set(found.values()) == {None}
    found = answers(fact_of("$strict"), rows, local=[LocalValue("strict", False, "331121")])
    assert set(found.values()) == {True}


def test_a_switch_by_area() -> None:
    found = answers(fact_of("$strict"), ROWS, local=[LocalValue("strict", False, "331121")])
    assert {name for name, value in found.items() if value is False} == {"c"}
    assert found["loose"] is True


def test_a_code_by_area() -> None:
    values = [LocalValue("tone", "red", "331121", by="county", document="文")]
    found = answers(fact_of("$tone"), ROWS, local=values)
    assert found["c"] == "red" and found["a"] is None


def test_a_locality_that_may_not_set_a_value_is_refused() -> None:
    with pytest.raises(Refused, match="CASE-00"):
        answers(fact_of("$share"), ROWS, local=[LocalValue("share", Decimal("0.10"), "331102")])
