"""Divisions: read from a list, villages numbered, everything within an area right behind it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.sampling.areas import Areas, Division, city_of, read_divisions

HEAD = "code,name,kind,village_committees,communities\n"


def tiny_city(tiny: Path, within: str = "9901") -> Areas:
    return city_of(read_divisions(tiny / "divisions.csv", Findings()), within, "第{n}村", "第{n}社区")


def test_villages_are_numbered_as_in_the_official_list(tiny: Path) -> None:
    areas = tiny_city(tiny)
    names = {division.code: (division.name, division.kind) for division in areas.divisions}
    assert names["990101001001"] == ("第1社区", "community")
    assert names["990101001003"] == ("第3社区", "community")
    assert names["990101001202"] == ("第2村", "village")
    assert "990101001203" not in names
    assert len(areas) == 33


def test_a_part_of_the_list_keeps_what_lies_above_it(tiny: Path) -> None:
    areas = tiny_city(tiny, "990102")
    assert areas.codes[:3] == ["99", "9901", "990102"]
    assert not any(code.startswith("990101") for code in areas.codes)


def test_what_lies_within_an_area_follows_it(tiny: Path) -> None:
    areas = tiny_city(tiny)
    for position, code in enumerate(areas.codes):
        within = [other for other in areas.codes if other.startswith(code)]
        assert areas.codes[position : areas.ends[position]] == within


def test_the_area_of_a_level_above(tiny: Path) -> None:
    areas = tiny_city(tiny)
    village, county = areas.index["990102200205"], areas.index["990102"]
    asked = np.array([village, county, -1])
    assert areas.above("county", asked).tolist() == [county, county, -1]
    assert areas.above("township", asked).tolist() == [areas.index["990102200"], -1, -1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("code,name\n", 1),
        (HEAD + "99010,某县,,0,0\n", 2),
        (HEAD + "99,某省,,0,0\n990101,某县,,many,0\n", 3),
        (HEAD + "990101001,某镇,town,9999,0\n", 2),
    ],
)
def test_a_list_that_cannot_be_used(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    read_divisions(path, findings)
    assert [(finding.code, finding.facts["line"]) for finding in findings] == [("SAMPLE-004", line)]


def test_no_list_at_all(tmp_path: Path) -> None:
    findings = Findings()
    assert read_divisions(tmp_path / "divisions.csv", findings) == []
    assert [finding.facts["problem"] for finding in findings] == ["unreadable"]


def test_a_name_left_out_is_the_code(tmp_path: Path) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(HEAD + "99,,,,\n", encoding="utf-8")
    assert read_divisions(path, Findings()) == [Division("99", "99", "")]


def test_the_shipped_list_has_the_counts_of_the_statistics() -> None:
    shipped = Path(__file__).parents[3] / "src" / "luoshi" / "packs" / "common" / "divisions.csv"
    divisions = read_divisions(shipped, Findings())
    for city, townships, villages, communities in [("3311", 173, 1839, 169), ("6211", 122, 1888, 99)]:
        within = [division for division in divisions if division.code.startswith(city) and len(division.code) == 9]
        assert len(within) == townships
        assert sum(division.villages for division in within) == villages
        assert sum(division.communities for division in within) == communities
