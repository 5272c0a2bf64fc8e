"""The register of areas."""

from __future__ import annotations

from typing import Any

Registers = dict[str, dict[str, list[Any]]]


def test_levels_and_kinds_come_from_the_list(registers: Registers) -> None:
    area = registers["area"]
    rows = dict(zip(area["id"], zip(area["name"], area["level"], area["kind"], strict=True), strict=True))
    assert rows["9901"] == ("九市", "city", None)
    assert rows["990101001"] == ("甲街道", "township", "subdistrict")
    assert rows["990101001001"] == ("第1社区", "village", "community")
    assert rows["990102200201"] == ("第1村", "village", "village")


def test_a_plan_may_add_fields(registers: Registers) -> None:
    area = registers["area"]
    poor = dict(zip(area["level"], area["poor"], strict=True))
    assert poor["county"] is False
    assert {True, False} == {
        flag for flag, level in zip(area["poor"], area["level"], strict=True) if level == "village"
    }
