"""A value set by a locality as it is written: for which area it holds, and what is no setting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from luoshi.rulebook.cases.local_values import read_local_value
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.findings import Findings, Where
from tests.unit.rulebook.packs import pack_of

FUND = "fund\nm: {title: BOTH, payer: county}\n"
VILLAGE = "331124101001"


def read(name: str, written: Any, area: str | None = VILLAGE) -> tuple[LocalValue | None, list[str]]:
    findings = Findings()
    value = read_local_value(name, written, area, pack_of(FUND), findings, Where("case.yaml", 3))
    return value, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("written", "subject_area", "area"),
    [
        ({"value": "0.5", "by": "county"}, VILLAGE, "331124"),
        ({"value": "0.5", "by": "village"}, VILLAGE, VILLAGE),
        ({"value": "0.5", "by": "county"}, None, ""),
        ({"value": "0.5", "by": "county"}, "3311", ""),
        ({"value": "0.5"}, VILLAGE, ""),
        ({"value": "0.5", "by": "county", "area": "3311"}, VILLAGE, "3311"),
        ("0.5", VILLAGE, ""),
    ],
)
def test_where_a_value_holds(written: Any, subject_area: str | None, area: str) -> None:
    value, codes = read("share", written, subject_area)
    assert value is not None and value.area == area
    assert not codes


def test_what_is_kept_of_it() -> None:
    value, _ = read("strict", {"value": "false", "from": "2019-01-01", "document": "文"})
    assert value == LocalValue("strict", False, "", date(2019, 1, 1), None, "文", Where("case.yaml", 3))
    plain, _ = read("strict", "true")
    assert plain is not None and plain.start == date.min


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("shares", "0.5", "CASE-004"),
        ("spoken", "true", "CASE-004"),
        ("share", {"value": "0.5", "area": "Lishui"}, "CASE-014"),
        ("share", {"value": "0.5", "area": ["3311"]}, "CASE-014"),
        ("share", {"value": "0.5", "by": "emperor"}, "CASE-014"),
        ("share", {"value": "0.5", "by": ["county"]}, "CASE-014"),
        ("share", {"value": "0.5", "document": ["文"]}, "CASE-014"),
        ("share", {"value": "0.5", "since": "2019-01-01"}, "CASE-014"),
        ("share", {"value": "half"}, "CASE-015"),
        ("share", {}, "CASE-015"),
        ("share", ["0.5"], "CASE-015"),
        ("share", {"value": "0.5", "from": "soon"}, "CASE-015"),
        ("share", {"value": "0.5", "from": ["2019-01-01"]}, "CASE-015"),
    ],
)
def test_what_is_no_setting(name: str, written: Any, code: str) -> None:
    assert read(name, written) == (None, [code])


def test_a_value_left_blank_is_not_set() -> None:
    assert read("share", None) == (None, [])
