"""The nodes that look beyond the row: tables and aggregates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi.rulebook.engines.case.evaluating import evaluator, kleene
from luoshi.rulebook.engines.case.frames import Evaluate, Frame
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Band
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.steps import member as make_member

Picked = tuple[Any, Any, Any]  # whether the row is picked (or in the whole), its part of a share, its value


@evaluator.register
def _(node: n.Lookup) -> Evaluate:
    parts = [evaluator(key) for key in node.keys]

    def evaluate(frame: Frame) -> Step:
        steps = tuple([part(frame) for part in parts])
        keys = [step.value for step in steps]
        if None in keys:
            return Step(None, node, steps)
        for row in frame.run.pack.tables[node.table].rows:
            if all(_fits(cell, key) for cell, key in zip(row.keys, keys, strict=True)):
                return Step(row.value, node, steps)
        return Step(None, node, steps, "no_match")

    return evaluate


def _fits(cell: Any, key: Any) -> bool:
    if isinstance(cell, Band):
        return (cell.start is None or cell.start <= key) and (cell.below is None or key < cell.below)
    return bool(cell == key)


@evaluator.register
def _(node: n.Aggregate) -> Evaluate:
    look = _look_at_row(node)
    default = evaluator(node.default) if node.default is not None else None
    combine = _COMBINE["distinct" if node.distinct else node.op]

    def evaluate(frame: Frame) -> Step:
        run = frame.run
        if not run.store.keeps(node.register):
            return Step(None, node, (), "not_kept")
        rows = run.store.members(node.register, node.via, frame.register, frame.row_id)
        members, picked = [], []
        for row_id in rows:
            parts, pick = look(run.existing(node.register, row_id))
            members.append(make_member((row_id, parts)))
            picked.append(pick)
        value = combine(picked)
        if value is None and default is not None and _nobody(picked):
            value = default(frame).value
        return Step(value, node, tuple(members))

    return evaluate


def _look_at_row(node: n.Aggregate) -> Callable[[Frame], tuple[tuple[Step, ...], Picked]]:
    """What an aggregate asks of one row: whether it is in the whole, whether it is picked, what it is worth.

    A test that is not written holds.
    """
    worth_of = node.distinct if node.distinct is not None else node.value
    parts = [evaluator(part) if part is not None else None for part in (node.among, node.where, worth_of)]
    asked = [part for part in parts if part is not None]
    among, where, worth = (asked.index(part) if part is not None else None for part in parts)

    def look(frame: Frame) -> tuple[tuple[Step, ...], Picked]:
        steps = tuple([part(frame) for part in asked])
        return steps, (
            True if among is None else steps[among][0],
            True if where is None else steps[where][0],
            None if worth is None else steps[worth][0],
        )

    return look


def _nobody(picked: list[Picked]) -> bool:
    """Whether no row is picked, and none might be."""
    return all(where is False for _, where, _ in picked)


def _undecided(picked: list[Picked]) -> bool:
    return any(where is None for _, where, _ in picked)


def _count(picked: list[Picked]) -> int | None:
    return None if _undecided(picked) else sum(1 for _, where, _ in picked if where)


def _values(picked: list[Picked]) -> list[Any] | None:
    """The values of the picked rows; None when a row is undecided or a picked value unknown."""
    values = [worth for _, where, worth in picked if where]
    return None if _undecided(picked) or None in values else values


def _distinct(picked: list[Picked]) -> int | None:
    values = _values(picked)
    return None if values is None else len(set(values))


def _sum(picked: list[Picked]) -> Any:
    values = _values(picked)
    return None if values is None else sum(values)


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[[list[Picked]], Any]:
    def combine(picked: list[Picked]) -> Any:
        values = _values(picked)
        return choose(values) if values else None

    return combine


def _any(picked: list[Picked]) -> bool | None:
    return kleene([where for _, where, _ in picked], decides=True)


def _all(picked: list[Picked]) -> bool | None:
    return kleene([where for _, where, _ in picked], decides=False)


def _share(picked: list[Picked]) -> tuple[int, int] | None:
    if any(among is None or (among and where is None) for among, where, _ in picked):
        return None
    whole = [where for among, where, _ in picked if among]
    return sum(1 for where in whole if where), len(whole)


_COMBINE: dict[str, Callable[[list[Picked]], Any]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _sum,
    "min": _extreme(min),
    "max": _extreme(max),
    "any": _any,
    "all": _all,
    "share": _share,
}
