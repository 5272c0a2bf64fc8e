"""Drawing references: rows of another register, where asked in the same area, each at most once, or by weight.

Candidates are in row order, which is area order, so those of one area are a range. Who finds none in the area asked
for looks in the next wider one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from luoshi.rulebook.model.types import Ref
from luoshi.sampling.areas import WIDER
from luoshi.sampling.city import Scope
from luoshi.sampling.columns import Array, Column
from luoshi.sampling.vocabulary import Draw, Pick

ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Candidates:
    """Rows of the target that may be picked, and where they are."""

    rows: Array
    areas: Array


def draw_pick(scope: Scope, draw: Draw) -> Column:
    """References to rows that are picked."""
    assert draw.pick
    pick = draw.pick
    candidates = _candidates(scope, pick)
    chosen = _once(scope, pick, candidates) if pick.once else _freely(scope, pick, candidates)
    found = chosen >= 0
    if found.all():
        return Column(Ref(pick.register_name), chosen)
    scope.city.run_short(scope.name, int((~found).sum()))
    return Column(Ref(pick.register_name), np.maximum(chosen, 0), found)


def _candidates(scope: Scope, pick: Pick) -> Candidates:
    table = scope.city.tables[pick.register_name]
    fits = Scope(scope.city, table, scope.streams, scope.name).fits(pick.where)
    rows = np.flatnonzero(fits)
    return Candidates(rows, scope.city.areas_of(table)[rows])


def _steps(scope: Scope, pick: Pick) -> list[tuple[str, Array]]:
    """The areas to look in, the nearest first: a level, and the area of that level for each row."""
    if pick.within is None:
        return [(ANYWHERE, np.zeros(scope.count, dtype=np.int64))]
    areas = scope.areas(pick.near)
    levels = WIDER[WIDER.index(pick.within) :]
    steps = [(level, scope.city.areas.above(level, areas)) for level in levels]
    return [*steps, (ANYWHERE, np.zeros(scope.count, dtype=np.int64))]


def _ranges(scope: Scope, level: str, near: Array, candidates: Candidates) -> tuple[Array, Array]:
    """For each row the range of candidates in its area; empty where the area is unknown."""
    if level == ANYWHERE:
        return np.zeros(len(near), dtype=np.int64), np.full(len(near), len(candidates.rows))
    starts = np.searchsorted(candidates.areas, near)
    ends = np.searchsorted(candidates.areas, scope.city.areas.ends[near])
    return np.where(near < 0, 0, starts), np.where(near < 0, 0, ends)


def _freely(scope: Scope, pick: Pick, candidates: Candidates) -> Array:
    """Any candidate in the nearest area that has one."""
    chosen = np.full(scope.count, -1, dtype=np.int64)
    luck = scope.random().random(scope.count)
    barred = _barred(scope, pick, candidates)
    weights = _cumulated(scope, pick, candidates)
    for level, near in _steps(scope, pick):
        todo = np.flatnonzero(chosen < 0)
        starts, ends = _ranges(scope, level, near[todo], candidates)
        inside = (barred[todo] >= starts) & (barred[todo] < ends)
        room = ends - starts - inside
        able = room > 0
        if weights is not None:
            able &= weights[ends] > weights[starts]
            found = _by_weight(luck[todo], starts, ends, weights)
        else:
            found = starts + np.floor(luck[todo] * np.maximum(room, 1)).astype(np.int64)
            found += inside & (found >= barred[todo])
        chosen[todo[able]] = candidates.rows[found[able]]
    return chosen


def _barred(scope: Scope, pick: Pick, candidates: Candidates) -> Array:
    """The candidate that a row may not pick, as a position; -1 for none."""
    if pick.other_than is None or not len(candidates.rows):
        return np.full(scope.count, -1, dtype=np.int64)
    others = scope.column(pick.other_than).rows()
    position = np.searchsorted(candidates.rows, others).clip(0, len(candidates.rows) - 1)
    return np.where(candidates.rows[position] == others, position, -1)


def _cumulated(scope: Scope, pick: Pick, candidates: Candidates) -> Array | None:
    if pick.weight is None:
        return None
    column = scope.city.follow(scope.city.tables[pick.register_name], pick.weight).take(candidates.rows)
    return np.concatenate([[0.0], np.cumsum(np.where(column.mask(), np.maximum(column.floats(), 0), 0))])


def _by_weight(luck: Array, starts: Array, ends: Array, weights: Array) -> Array:
    aims = weights[starts] + luck * (weights[ends] - weights[starts])
    found: Array = np.minimum(np.searchsorted(weights, aims, side="right") - 1, np.maximum(ends - 1, 0))
    return found


def _once(scope: Scope, pick: Pick, candidates: Candidates) -> Array:
    """Different candidates for all rows: in each area the rows and the candidates meet in random order."""
    chosen = np.full(scope.count, -1, dtype=np.int64)
    free = np.ones(len(candidates.rows), dtype=bool)
    luck_of_rows, luck = scope.random("rows").random(scope.count), scope.random().random(len(candidates.rows))
    for level, near in _steps(scope, pick):
        todo, left = np.flatnonzero(chosen < 0), np.flatnonzero(free)
        groups = _groups(scope, level, candidates.areas[left])
        asked = near[todo] if level != ANYWHERE else np.zeros(len(todo), dtype=np.int64)
        order = np.lexsort((luck[left], groups))
        starts, ends = (np.searchsorted(groups[order], asked, side=side) for side in ("left", "right"))
        turn = starts + _turns(asked, luck_of_rows[todo])
        able = (turn < ends) & (asked >= 0)
        found = left[order[turn[able]]]
        chosen[todo[able]] = candidates.rows[found]
        free[found] = False
    return chosen


def _groups(scope: Scope, level: str, areas: Array) -> Array:
    return np.zeros(len(areas), dtype=np.int64) if level == ANYWHERE else scope.city.areas.above(level, areas)


def _turns(keys: Array, luck: Array) -> Array:
    """For each row its place, in order of luck, among the rows with the same key."""
    order = np.lexsort((luck, keys))
    ordered = keys[order]
    firsts = np.searchsorted(ordered, ordered)
    turns = np.empty(len(keys), dtype=np.int64)
    turns[order] = np.arange(len(keys)) - firsts
    return turns
