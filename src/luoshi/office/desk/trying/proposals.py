"""Changes that would meet a condition, read off its steps, to be tried with one click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.types import Date, Number

Proposal = Mapping[str, Any]
"""Values by the key of a question."""
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


def proposal(step: Step, keys: Iterable[str]) -> Proposal | None:
    """Values of questions with these keys with which a step that is not met is met; None where none can be told."""
    found = _met(step, "", wanted=True)
    return found if found and found.keys() <= set(keys) else None


def _met(step: Step, via: str, *, wanted: bool) -> dict[str, Any] | None:
    node = step.node
    if isinstance(node, n.Not):
        return _met(_first(step), via, wanted=not wanted)
    if isinstance(node, n.All | n.Any):
        return _several(step, via, every=isinstance(node, n.All) is wanted, wanted=wanted)
    if isinstance(node, n.Compare):
        return _compared(step, via) if wanted else None
    if isinstance(node, n.Among):
        return _set(_first(step), via, node.values[0].value) if wanted else None
    if isinstance(node, n.IsKnown):
        return None
    if isinstance(node, n.Fact) and step.parts:
        return _met(_first(step), via, wanted=wanted)
    return _set(step, via, wanted)


def _several(step: Step, via: str, *, every: bool, wanted: bool) -> dict[str, Any] | None:
    """All parts that are not as they should be, or the first that can be made so."""
    parts = [_met(part, via, wanted=wanted) for part in step.steps() if part.value is not wanted]
    if not every:
        return next((part for part in parts if part), None)
    together: dict[str, Any] = {}
    for part in parts:
        if part is None:
            return None
        together |= part
    return together


def _compared(step: Step, via: str) -> dict[str, Any] | None:
    """The nearest value with which a comparison holds, of whichever side can be set."""
    assert isinstance(step.node, n.Compare)
    left, right = step.steps()
    op = step.node.op
    if right.value is not None and (found := _set(left, via, _nearest(op, right))) is not None:
        return found
    return _set(right, via, _nearest(MIRRORED[op], left)) if left.value is not None else None


def _nearest(op: str, bound: Step) -> Any:
    """The value nearest to a bound on the side that an operator asks for; None where there is none."""
    value, kind = bound.value, bound.node.type
    if op in {"=", "<=", ">="}:
        return value
    if op == "<>" or not isinstance(kind, Number | Date):
        return None
    sign = 1 if op == ">" else -1
    if isinstance(value, date):
        return value + timedelta(days=sign)
    assert isinstance(kind, Number)
    return n.exact(value) + sign * kind.step


def _set(step: Step, via: str, value: Any) -> dict[str, Any] | None:
    """The question that a step reads, with a value; None where it reads none, or there is no value."""
    node = step.node
    if value is None:
        return None
    if isinstance(node, n.Follow) and not via:
        target = node.target
        name = target.name if isinstance(target, n.Field | n.Fact) else None
        return {f"{node.ref.name}.{name}": value} if name else None
    return {f"{via}.{node.name}": value} if isinstance(node, n.Field | n.Fact) else None


def _first(step: Step) -> Step:
    return next(step.steps())
