"""Switches measures and single conditions off, and measures on whatever their own time."""

from __future__ import annotations

from dataclasses import replace

from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Condition
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import BOOL


def find_switched(name: str, pack: Pack, findings: Findings) -> tuple[str, str] | None:
    """The measure and the condition (empty: the whole measure) that a name means; None, with a finding, for neither."""
    measure, _, condition = name.partition(".")
    if measure not in pack.measures:
        findings.add("CASE-020", Where(name), name=measure, near=near(measure, pack.measures))
        return None
    conditions = [item.name for item in pack.measures[measure].conditions]
    if condition and condition not in conditions:
        findings.add("SIM-006", Where(name), name=condition, measure=measure, near=near(condition, conditions))
        return None
    return measure, condition


def switched_off(pack: Pack, measure: str, condition: str) -> Pack:
    """The pack with a condition that is always met, or a measure that nobody is eligible for."""
    definition = pack.measures[measure]
    tests = tuple(
        _settled(item, truth=bool(condition)) if condition in ("", item.name) else item
        for item in definition.conditions
    )
    return _with_measure(pack, replace(definition, conditions=tests))


def _settled(condition: Condition, *, truth: bool) -> Condition:
    return replace(condition, test=n.Literal(BOOL, truth))


def switched_on(pack: Pack, measure: str, condition: str) -> Pack:
    """The pack with a measure that has no end and no beginning of its own; a condition is on already."""
    return pack if condition else _with_measure(pack, replace(pack.measures[measure], valid=(None, None)))


def _with_measure(pack: Pack, measure: Measure) -> Pack:
    return replace(pack, measures={**pack.measures, measure.id: measure})
