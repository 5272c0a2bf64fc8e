"""Sums of a run's results for the summary tables. Awards stand apart: people choose, and places are few."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.values.area_code import LENGTHS

COUNTS = ("eligible", "undetermined", "ineligible")
COUNTY_DIGITS = 6
Budget = list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """The figures of one measure or area: subjects eligible, undetermined, not eligible; amount in yuan."""

    key: str
    figures: tuple[int, int, int, Decimal]

    def json(self, name: str) -> dict[str, Any]:
        """The line as JSON; the amount is text."""
        return {name: self.key, **dict(zip(COUNTS, self.figures[:3], strict=True)), "amount": str(self.figures[3])}


@dataclass(frozen=True)
class Round:
    """A round of an award: how many are eligible for how many places, and the prizes at most.

    `area` is empty when the award has one round only.
    """

    award: str
    area: str
    eligible: int
    undetermined: int
    places: int | None
    prizes: Decimal

    @property
    def choice(self) -> str:
        """Who the winners are: `people` choose; `open` while undetermined ones may come in; `none` to be made."""
        if self.places is None or self.eligible > self.places:
            return "people"
        return "open" if self.eligible + self.undetermined > self.places else "none"

    def json(self) -> dict[str, Any]:
        """The round as JSON."""
        return {
            "award": self.award,
            "area": self.area or None,
            "eligible": self.eligible,
            "undetermined": self.undetermined,
            "places": self.places,
            "choice": self.choice,
            "prizes_at_most": str(self.prizes),
        }


def read_budget(out: Path) -> Budget:
    """The rows of a run's budget."""
    rows: Budget = pq.read_table(out / "budget.parquet").to_pylist()
    return rows


def by_measure(pack: Pack, budget: Budget) -> list[Line]:
    """A line per measure that is no award, in the order of the pack."""
    lines = {line.key: line for line in _lines(_without_awards(pack, budget), lambda row: str(row["measure"]))}
    return [lines[name] for name in pack.measures if name in lines]


def by_area(pack: Pack, budget: Budget) -> list[Line]:
    """A line per county, and one per wider area that subjects are recorded for; awards left out."""
    rows = _without_awards(pack, budget)
    return sorted(_lines(rows, lambda row: str(row["area"] or "-")[:COUNTY_DIGITS]), key=lambda line: line.key)


Places = Callable[[Award, str], int | None]


def rounds(pack: Pack, budget: Budget, out: Path, places: Places) -> list[Round]:
    """The rounds of every award that was decided; `places` tells how many each area's round has."""
    found = []
    for award in (measure for measure in pack.measures.values() if isinstance(measure, Award)):
        digits = LENGTHS[award.per] if award.per else 0
        rows = (row for row in budget if row["measure"] == award.id and len(row["area"] or "") >= digits)
        lines = _lines(rows, partial(_prefix, digits))
        prizes = _prizes(award, out, digits) if lines else {}
        for line in sorted(lines, key=lambda line: line.key):
            most = places(award, line.key)
            paid = sum(prizes.get(line.key, [])[:most], Decimal("0.00"))
            found.append(Round(award.id, line.key, line.figures[0], line.figures[1], most, paid))
    return found


def _prefix(digits: int, row: dict[str, Any]) -> str:
    """The area whose round a row belongs to."""
    return str(row["area"] or "")[:digits]


def _prizes(award: Award, out: Path, digits: int) -> dict[str, list[Decimal]]:
    """The prizes of those eligible by area of the round, largest first."""
    column = f"{award.id}.amount"
    paid = pq.ParquetDataset(result_files(out, award.register), filters=pc.field(column).is_valid())
    by_round: dict[str, list[Decimal]] = {}
    for row in paid.read(columns=["area", column]).to_pylist():
        by_round.setdefault(_prefix(digits, row), []).append(row[column])
    return {area: sorted(amounts, reverse=True) for area, amounts in by_round.items()}


def _without_awards(pack: Pack, budget: Budget) -> Iterable[dict[str, Any]]:
    return (row for row in budget if not isinstance(pack.measures[row["measure"]], Award))


def _lines(rows: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> list[Line]:
    sums: dict[str, list[Any]] = {}
    for row in rows:
        line = sums.setdefault(key(row), [0, 0, 0, Decimal("0.00")])
        for index, name in enumerate((*COUNTS, "amount")):
            line[index] += row[name] or 0
    return [Line(name, (line[0], line[1], line[2], line[3])) for name, line in sums.items()]
