"""Irregularities planted on purpose, each noted so that a check can be held against what it should find."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from luoshi.rulebook.model.types import Type
from luoshi.sampling.city import Scope
from luoshi.sampling.columns import Array, Column, Table, joined
from luoshi.sampling.drawing import draw_column
from luoshi.sampling.plan_shape import Irregularity
from luoshi.sampling.vocabulary import Draw


@dataclass(frozen=True)
class Planted:
    """Rows with a planted fault; rows of one group belong together."""

    kind: str
    register: str
    rows: Array
    groups: Array


def plant(scope: Scope, kind: str, fault: Irregularity, types: dict[str, Type], scale: float) -> tuple[Table, Planted]:
    """The table with a fault in it, and where the fault is."""
    wanted = max(1, round(fault.rows * scale))
    candidates = np.flatnonzero(scope.fits(fault.where))
    if fault.share is not None:
        return _share(scope, kind, fault, _some(scope, candidates, max(wanted, fault.group)))
    chosen = np.sort(_some(scope, candidates, wanted))
    if fault.copied is not None:
        return _copy(scope, kind, fault, chosen, types)
    table = scope.table
    for name, column in _redrawn(replace(scope, rows=chosen), fault.set or {}, types).items():
        table = replace(table, columns=table.columns | {name: _overwritten(table.columns[name], chosen, column)})
    return table, Planted(kind, table.register, chosen, np.arange(len(chosen)))


def _some(scope: Scope, candidates: Array, wanted: int) -> Array:
    chosen: Array = scope.random("rows").permutation(candidates)[:wanted]
    return chosen


def _redrawn(scope: Scope, draws: dict[str, Draw], types: dict[str, Type]) -> dict[str, Column]:
    return {name: draw_column(scope.child(name), draw, types[name]) for name, draw in draws.items()}


def _overwritten(before: Column, rows: Array, after: Column) -> Column:
    place = np.arange(len(before))
    place[rows] = len(before) + np.arange(len(rows))
    return joined([before, after]).take(place)


def _copy(scope: Scope, kind: str, fault: Irregularity, chosen: Array, types: dict[str, Type]) -> tuple[Table, Planted]:
    """Rows once more at the end, with some fields drawn anew."""
    table, count = scope.table, scope.table.count
    serials = replace(scope, rows=chosen, first_serial=count + 1)
    copies = table.take(chosen).columns | _redrawn(serials, fault.copied or {}, types)
    columns = {name: joined([column, copies[name]]) for name, column in table.columns.items()}
    rows = np.concatenate([chosen, count + np.arange(len(chosen))])
    return Table(table.register, count + len(chosen), columns), Planted(
        kind, table.register, rows, np.tile(np.arange(len(chosen)), 2)
    )


def _share(scope: Scope, kind: str, fault: Irregularity, chosen: Array) -> tuple[Table, Planted]:
    """Groups of rows that all take the value of the first of their group."""
    table, name = scope.table, fault.share or ""
    chosen = chosen[: len(chosen) // fault.group * fault.group]
    groups = np.arange(len(chosen)) // fault.group
    place = np.arange(table.count)
    place[chosen] = chosen[groups * fault.group]
    columns = table.columns | {name: table.columns[name].take(place)}
    return replace(table, columns=columns), Planted(kind, table.register, chosen, groups)
