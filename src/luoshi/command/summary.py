"""Sums of a run's budget for the summary tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from luoshi.rulebook.model.blocks import Pack

COUNTS = ("eligible", "undetermined", "ineligible")
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Line:
    """The figures of one measure or area: subjects eligible, undetermined, not eligible; amount in yuan."""

    key: str
    figures: tuple[int, int, int, Decimal]

    def json(self, name: str) -> dict[str, Any]:
        """The line as JSON; the amount is text."""
        return {name: self.key, **dict(zip(COUNTS, self.figures[:3], strict=True)), "amount": str(self.figures[3])}


def budget_by_measure(pack: Pack, out: Path) -> list[Line]:
    """A line per measure, in the order of the pack."""
    lines = {line.key: line for line in _lines(out, lambda row: str(row["measure"]))}
    return [lines[name] for name in pack.measures if name in lines]


def budget_by_area(pack: Pack, out: Path) -> list[Line]:
    """A line per county, and one per wider area that subjects are recorded for."""
    return sorted(_lines(out, lambda row: str(row["area"] or "-")[:COUNTY_DIGITS]), key=lambda line: line.key)


def _lines(out: Path, key: Callable[[dict[str, Any]], str]) -> list[Line]:
    sums: dict[str, list[Any]] = {}
    for row in pq.read_table(out / "budget.parquet").to_pylist():
        line = sums.setdefault(key(row), [0, 0, 0, Decimal("0.00")])
        for index, name in enumerate((*COUNTS, "amount")):
            line[index] += row[name] or 0
    return [Line(name, (line[0], line[1], line[2], line[3])) for name, line in sums.items()]
