"""Division codes: their lengths, levels, and what lies in what."""

from __future__ import annotations

import pytest

from luoshi.rulebook.values.area_code import ancestor, is_area_code, level_of, lineage

VILLAGE = "331124101001"


@pytest.mark.parametrize(
    ("code", "level"),
    [("33", "province"), ("3311", "city"), ("331124", "county"), ("331124101", "township"), (VILLAGE, "village")],
)
def test_a_code_has_a_level(code: str, level: str) -> None:
    assert is_area_code(code)
    assert level_of(code) == level
    assert ancestor(VILLAGE, level) == code


@pytest.mark.parametrize("text", ["", "3", "331", "33112", "3311241", "3311241010010", "3311x4", "３３", "-3", "33 1"])
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_area_code(text)


def test_lineage_is_nearest_first() -> None:
    assert lineage(VILLAGE) == (VILLAGE, "331124101", "331124", "3311", "33")
    assert lineage("33") == ("33",)


def test_a_wide_area_has_no_narrow_ancestor() -> None:
    assert ancestor("3311", "county") is None
    assert ancestor("3311", "city") == "3311"
