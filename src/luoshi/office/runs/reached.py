"""How far areas are with their targets: the numbers behind the states, read from the result files of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc
import pyarrow.dataset as ds

from luoshi.office.registry.filters import after_all
from luoshi.office.runs import actions
from luoshi.office.runs.indicators import in_use
from luoshi.office.runs.models import Run
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack, Target
from luoshi.rulebook.model.types import Share
from luoshi.rulebook.values.area_code import LENGTHS, level_of

AREA = "area"


@dataclass(frozen=True)
class Reached:
    """What an area has reached and what it is held to; a share also as its two counts. None: not known."""

    value: Decimal | None
    threshold: Decimal | None
    part: int | None = None
    whole: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """What is reached, in percent of what is to be reached."""
        if self.value is None or not self.threshold:
            return None
        return 100 * self.value / self.threshold


def reached(run: Run, pack: Pack, settings: Settings, area: str) -> Mapping[str, Mapping[str, Reached]]:
    """By target and area code, for the areas at and below `area` that are held to a target.

    Nothing for runs whose files are gone, or that were made before indicators were written.
    """
    files = result_files(actions.folder_of(run) / "results", AREA)
    if not files:
        return {}
    targets = [target for target in pack.targets.values() if target.register == AREA]
    by_level = _rows(ds.dataset(files), area, {target.level for target in targets})
    found: dict[str, dict[str, Reached]] = {}
    for target in targets:
        for row in by_level[target.level]:
            one = _reached(target, row, settings.at(row["id"]))
            if one is not None:
                found.setdefault(target.id, {})[row["id"]] = one
    return found


def _rows(results: Any, area: str, levels: set[str | None]) -> dict[str | None, list[dict[str, Any]]]:
    """The rows of the areas of some levels, by level; under None those of every level."""
    wanted = [name for name in results.schema.names if not name.endswith(".state")]
    there = (pc.field("id") >= area) & (pc.field("id") < after_all(area))
    if None not in levels:
        there &= pc.utf8_length(pc.field("id")).isin([LENGTHS[level] for level in levels if level])
    rows: list[dict[str, Any]] = results.to_table(columns=wanted, filter=there).to_pylist()
    return {level: [row for row in rows if level in {None, level_of(row["id"])}] for level in levels}


def _reached(target: Target, row: Mapping[str, Any], values: Mapping[str, n.Value | None]) -> Reached | None:
    """None where the run has not written the indicator."""
    indicator, value = in_use(target.indicator, values), in_use(target.value, values)
    if not isinstance(indicator, n.Fact):
        return None
    threshold = _number(value, row, values)
    if isinstance(indicator.type, Share):
        if f"{indicator.name}.part" not in row:
            return None
        part, whole = row[f"{indicator.name}.part"], row[f"{indicator.name}.whole"]
        share = Decimal(part) / Decimal(whole) if part is not None and whole else None
        return Reached(share, threshold, part, whole)
    return Reached(_decimal(row[indicator.name]), threshold) if indicator.name in row else None


def _number(node: n.Node, row: Mapping[str, Any], values: Mapping[str, n.Value | None]) -> Decimal | None:
    if isinstance(node, n.Parameter):
        return _decimal(values[node.name])
    return _decimal(row.get(node.name)) if isinstance(node, n.Fact) else None


def _decimal(found: Any) -> Decimal | None:
    is_number = isinstance(found, (int, Decimal)) and not isinstance(found, bool)
    return Decimal(found) if is_number else None
