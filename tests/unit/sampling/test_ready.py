"""Getting a plan ready: areas come first, and the city must be one of the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Refused
from luoshi.sampling import load_plan

DIVISIONS = "areas: {divisions: divisions.csv, within: '%s'}\n"


def test_areas_are_sampled_first_wherever_the_plan_names_them(planned: Callable[..., Path], tiny: Path) -> None:
    text = DIVISIONS % "990102" + "registers: {household: {rows: {total: 3}}, area: {fields: {poor: true}}}"
    ready = load_plan(planned(text), load_pack(tiny))
    assert list(ready.reviewed.types) == ["area", "household"]
    assert "990101" not in ready.areas.index


@pytest.mark.parametrize("text", [DIVISIONS % "77", "areas: {divisions: nowhere.csv}", "on: 2020-01-01"])
def test_a_city_must_be_on_the_list(planned: Callable[..., Path], tiny: Path, text: str) -> None:
    with pytest.raises(Refused) as refused:
        load_plan(planned(text), load_pack(tiny))
    assert {finding.code for finding in refused.value.findings} <= {"SAMPLE-004", "SAMPLE-014"}


def test_what_cannot_be_read_is_told_alone(planned: Callable[..., Path], tiny: Path) -> None:
    with pytest.raises(Refused) as refused:
        load_plan(planned("registers: 7\nlocal: 8"), load_pack(tiny))
    assert [finding.code for finding in refused.value.findings] == ["PACK-033", "PACK-033"]
