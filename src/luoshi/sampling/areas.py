"""The divisions of a city as a tree in code order: whatever lies in an area follows it directly.

Townships and wider areas come from a list; villages are numbered. As in the official list of divisions, the last three
digits run from 001 for communities and from 201 for village committees.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.values.area_code import LENGTHS, is_area_code, level_of, lineage
from luoshi.rulebook.values.citizen_id import TEST_PREFIX
from luoshi.sampling.columns import Array

COLUMNS = ("code", "name", "kind", "village_committees", "communities")
FIRST_COMMUNITY, FIRST_VILLAGE = 1, 201
MOST_VILLAGES = 700
WIDER = ("village", "township", "county", "city", "province")


@dataclass(frozen=True)
class Division:
    """One division of the list."""

    code: str
    name: str
    kind: str
    villages: int = 0
    communities: int = 0


class Areas:
    """Divisions in code order, by index. `ends[i]` is the index after the last area within area i."""

    def __init__(self, divisions: list[Division]) -> None:
        self.divisions = sorted(divisions, key=lambda division: division.code)
        self.codes = [division.code for division in self.divisions]
        self.index = {code: position for position, code in enumerate(self.codes)}
        self.ends = np.array([bisect_left(self.codes, f"{code}~") for code in self.codes], dtype=np.int64)
        self._above = {
            level: np.array([self._at(code, length) for code in self.codes], dtype=np.int64)
            for level, length in LENGTHS.items()
        }

    @property
    def test_division(self) -> str:
        """The division that stands in made-up numbers of people and firms: of the range kept for tests, the city's own.

        Two sampled cities in one database then share no number.
        """
        city = next((code for code in self.codes if len(code) == LENGTHS["city"]), "")
        return TEST_PREFIX + city.ljust(LENGTHS["city"], "0")

    def __len__(self) -> int:
        return len(self.codes)

    def above(self, level: str, areas: Array) -> Array:
        """The areas of a level that areas lie in; -1 for wider and unknown ones."""
        return np.where(areas < 0, -1, self._above[level][areas])

    def _at(self, code: str, length: int) -> int:
        return self.index.get(code[:length], -1) if len(code) >= length else -1


def read_divisions(path: Path, findings: Findings) -> list[Division]:
    """The divisions listed in a file."""
    where = Where(path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        findings.add("SAMPLE-004", where, line=0, problem="unreadable")
        return []
    reader = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        findings.add("SAMPLE-004", where, line=1, problem=f"columns {', '.join(COLUMNS)}")
        return []
    return [division for row in reader if (division := _division(row, where.file, reader.line_num, findings))]


def _division(row: dict[str, str | None], file: str, line: int, findings: Findings) -> Division | None:
    code, counts = row["code"] or "", [row["village_committees"] or "0", row["communities"] or "0"]
    if not is_area_code(code) or not all(count.isdecimal() and int(count) < MOST_VILLAGES for count in counts):
        findings.add("SAMPLE-004", Where(file, line), line=line, problem=code)
        return None
    return Division(code, row["name"] or code, row["kind"] or "", int(counts[0]), int(counts[1]))


def city_of(divisions: list[Division], within: str, village_name: str, community_name: str) -> Areas:
    """The part of the list within an area, with the areas above it and its villages."""
    wanted = [d for d in divisions if d.code.startswith(within) or d.code in lineage(within)]
    villages: list[Division] = []
    for division in wanted:
        if level_of(division.code) == "township":
            for n in range(division.communities):
                code = f"{division.code}{FIRST_COMMUNITY + n:03}"
                villages.append(Division(code, community_name.replace("{n}", str(n + 1)), "community"))
            for n in range(division.villages):
                code = f"{division.code}{FIRST_VILLAGE + n:03}"
                villages.append(Division(code, village_name.replace("{n}", str(n + 1)), "village"))
    return Areas(wanted + villages)
