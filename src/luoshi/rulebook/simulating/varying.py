"""What measures cost for each value of a range of one parameter, and where a small step makes a large difference."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Unpack

import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.engines import native
from luoshi.rulebook.loading.typed_values import number_value
from luoshi.rulebook.model.blocks import Award
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.rulebook.model.nodes import Exact, exact
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.running import RunOptions
from luoshi.rulebook.simulating.overlay import Range
from luoshi.rulebook.simulating.resting import Resting
from luoshi.rulebook.simulating.rounds import prizes_of
from luoshi.rulebook.simulating.setting_values import read_value, setting_type, with_value
from luoshi.rulebook.simulating.side import Side, only_measures
from luoshi.rulebook.simulating.simulation import Source, decide
from luoshi.rulebook.simulating.summing import cells_of, decided_cells

Cells = Iterable[pa.Table]
MOST_VALUES = 200
STEEP = 2
"""A step is a cliff when it is at least so many times the average step."""


@dataclass(frozen=True)
class Point:
    """What the measures come to when the parameter has a value."""

    value: Exact
    cost: Decimal
    eligible: int
    undetermined: int


@dataclass(frozen=True)
class Cliff:
    """The largest jump of a curve: between which points, by how much, and how many times the average step it is."""

    start: Point
    end: Point
    jump: Exact
    times: Fraction

    @property
    def is_steep(self) -> bool:
        """Whether it stands out from the other steps."""
        return self.times >= STEEP

    @property
    def per_unit(self) -> Fraction:
        """The jump for one unit of the parameter."""
        return Fraction(self.jump) / Fraction(self.end.value - self.start.value)


@dataclass(frozen=True)
class Curve:
    """The points of a range in rising order, for the measures that rest on the parameter."""

    name: str
    area: str
    now: Exact | None
    measures: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def cost_cliff(self) -> Cliff | None:
        """The largest jump of the cost; None when it is the same everywhere."""
        return _largest(self.points, [point.cost for point in self.points])

    @property
    def eligible_cliff(self) -> Cliff | None:
        """The largest jump of the number of those eligible; None when it is the same everywhere."""
        return _largest(self.points, [point.eligible for point in self.points])


def _largest(points: Sequence[Point], heights: Sequence[Exact]) -> Cliff | None:
    jumps: list[Exact] = [end - start for start, end in zip(heights, heights[1:], strict=False)]
    whole = sum((abs(Fraction(jump)) for jump in jumps), Fraction())
    if not whole:
        return None
    place = max(range(len(jumps)), key=lambda index: abs(Fraction(jumps[index])))
    times = abs(Fraction(jumps[place])) * len(jumps) / whole
    return Cliff(points[place], points[place + 1], jumps[place], times)


@dataclass(frozen=True)
class Trial:
    """A parameter to be tried with several values on one side, and the measures that rest on it."""

    side: Side
    asked: Range
    values: tuple[Exact, ...]
    measures: tuple[str, ...]


def trial(side: Side, asked: Range) -> Trial:
    """What a range asks of a side, or `Refused`."""
    findings = Findings()
    values = _values(side, asked, findings)
    key = "parameters", asked.setting.name
    resting = Resting(side.pack)
    measures = tuple(name for name in side.pack.measures if key in resting.behind_measure(name))
    if not findings and not measures:
        findings.add("SIM-011", asked.setting.where, names=[asked.setting.name])
    if findings:
        raise Refused(findings.sorted())
    return Trial(side, asked, values, measures)


def _values(side: Side, asked: Range, findings: Findings) -> tuple[Exact, ...]:
    """The values of a range; each must be one the parameter may have."""
    setting = asked.setting
    kind = setting_type(setting, side.pack, findings)
    if kind is None:
        return ()
    if setting.name not in side.pack.parameters or not isinstance(kind, Number):
        findings.add("SIM-013", setting.where, name=setting.name, seen=str(kind))
        return ()
    first = read_value(replace(setting, value=asked.start), side.pack, findings)
    last = read_value(replace(setting, value=asked.to), side.pack, findings)
    step = _step(asked, kind, findings)
    if first is None or last is None or step is None:
        return ()
    count = int((exact(last) - exact(first)) // step) + 1 if step > 0 else 0
    if not 2 <= count <= MOST_VALUES:
        findings.add("SIM-012", setting.where, name=setting.name, count=count, most=MOST_VALUES)
        return ()
    second = exact(first) + step
    if read_value(replace(setting, value=str(second)), side.pack, findings) is None:
        return ()
    return tuple(exact(first) + step * index for index in range(count))


def _step(asked: Range, kind: Number, findings: Findings) -> Exact | None:
    """The step, written like a value of the parameter."""
    try:
        return exact(number_value(kind, asked.step))
    except Mismatch as problem:
        findings.add("CASE-015", asked.setting.where, **{**problem.facts, "name": asked.setting.name})
        return None


def vary(trial: Trial, data: Source, work: Path, **options: Unpack[RunOptions]) -> Curve:
    """Decide the registers for each value: in memory, or by runs in `work` where memory is limited."""
    setting, side = trial.asked.setting, trial.side
    resting = Resting(side.pack)
    behind = {key for name in trial.measures for kind, key in resting.behind_measure(name) if kind == "measures"}
    tried = [only_measures(with_value(side, setting.name, value, setting.area), behind) for value in trial.values]
    if options.get("memory_limit"):
        decided = _by_runs(tried, data, work / "curve", options)
    else:
        decided = _in_memory(setting.name, tried, data, options)
    found = zip(trial.values, decided, strict=True)
    points = tuple(_point(value, trial.measures, cells) for value, cells in found)
    now = side.settings().value(setting.name, setting.area or None)
    return Curve(setting.name, setting.area, None if now is None else exact(now), trial.measures, points)


def _by_runs(tried: Sequence[Side], data: Source, folder: Path, options: RunOptions) -> Iterator[Cells]:
    for number, side in enumerate(tried):
        decide(side, data, folder, (number, len(tried)), options)
        yield decided_cells(side, folder, "after")


def _in_memory(name: str, tried: Sequence[Side], data: Source, options: RunOptions) -> Iterator[Cells]:
    """All sides have the same rules and data: code is made once, and what a value does not touch is computed once."""
    side, progress = tried[0], options.get("progress")
    asked = Asked(side.pack, side.on, side.local, Wanted(as_if_in_force=side.as_if_in_force))
    asked.settings()
    held = native.Tried(name, tuple(side.settings() for side in tried))
    trying = native.Trying(asked, held, data, options.get("threads") or os.cpu_count() or 1)
    for number, (side, found) in enumerate(zip(tried, trying.outcomes(), strict=True)):
        yield cells_of(side, found.budget, prizes_of(side, partial(_amounts, found)), "after")
        if progress is not None:
            progress(number + 1, len(tried), name)


def _amounts(found: native.Outcomes, award: Award) -> list[pa.Table]:
    table = found.amounts(award)
    return [] if table is None else [table]


def _point(value: Exact, measures: Sequence[str], cells: Cells) -> Point:
    cost, eligible, undetermined = Decimal("0.00"), 0, 0
    for table in cells:
        found = table.filter(pc.is_in(table.column("measure"), pa.array(measures)))
        cost += pc.sum(found.column("cost_after")).as_py() or 0
        if "eligible_after" in table.column_names:
            eligible += pc.sum(found.column("eligible_after")).as_py() or 0
            undetermined += pc.sum(found.column("undetermined_after")).as_py() or 0
    return Point(value, cost, eligible, undetermined)
