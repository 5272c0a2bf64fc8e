"""Cases aimed at a threshold: one value of a row moved by as much as a worked case lies away from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.checking.thoroughness.accepting import Accepted, below
from luoshi.rulebook.checking.thoroughness.exercising import is_threshold, least_step
from luoshi.rulebook.checking.thoroughness.variants import Variant, with_value
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.values.calendar import NEVER, add_days, add_months

MOST_ROWS = 4
"""Rows that hold the same value: one of them is likely to be the one that was read."""
AROUND = (-1, 0, 1)
MOST_ROWS_IN_ALL = 400
"""Larger cases are not moved: their worked figures are chosen by hand."""
MOST_DAYS = 20_000
"""A distance in days up to which days and months are tried at all."""


def aimed(base: Accepted, nodes: set[int]) -> Iterator[Variant]:
    """Cases near an example that may lie just below, at or just above the thresholds with these identities."""
    if base.size > MOST_ROWS_IN_ALL:
        return
    for step in list(base.steps()):
        if id(step.node) in nodes and is_threshold(step.node):
            yield from _around(base, step)


def _around(base: Accepted, step: Step) -> Iterator[Variant]:
    left, right = step.steps()
    values: list[Any] = [left.value, right.value]
    if None in values:
        return
    distance, smallest = values[0] - values[1], least_step(step.node)
    for side, sign in ((left, 1), (right, -1)):
        for leaf in below([side]):
            for away in AROUND:
                yield from _moved(base, leaf, (away * smallest - distance) * sign)


def _moved(base: Accepted, leaf: Step, shift: Any) -> Iterator[Variant]:
    """The cases in which a value that was read, or the day, lies further on by a difference."""
    if isinstance(leaf.node, n.OnDate):
        yield from (Variant(base.case, day, None) for day in _shifted(base.on, shift))
    elif isinstance(leaf.node, n.Field | n.Fact) and not leaf.parts and leaf.value not in (None, NEVER):
        for value in _shifted(leaf.value, shift):
            for row_id in _holding(base.case, leaf.node, leaf.value):
                key = leaf.node.register, row_id
                yield with_value(base.case, base.on, key, leaf.node.name, _in_places(value, leaf.node))


def _shifted(value: Any, shift: Any) -> list[Any]:
    """A value further on: by the difference itself; days by days, and by as many months, and a day to either side."""
    if not isinstance(value, date):
        return _numbers(value, shift)
    if isinstance(shift, timedelta):
        return [value + shift] if abs(shift.days) <= MOST_DAYS else []
    if abs(shift) > MOST_DAYS:
        return []
    by_month = add_months(value, int(shift))
    days = [add_days(value, int(shift))]
    days += [add_days(by_month, away) for away in AROUND] if by_month is not None else []
    return [day for day in days if day is not None and day != value]


def _numbers(value: Any, shift: Any) -> list[Any]:
    """No number that ledgers hold is below nought."""
    if isinstance(value, bool | str) or isinstance(shift, timedelta) or value + shift < 0:
        return []
    return [value + shift]


def _holding(case: Case, node: n.Field | n.Fact, value: Any) -> Iterable[Any]:
    """The rows of a register that hold a value."""
    rows = case.store.rows.get(node.register, {})
    return [row_id for row_id, row in rows.items() if row.get(node.name) == value][:MOST_ROWS]


def _in_places(value: Any, node: n.Field | n.Fact) -> Any:
    """A number with the places of its field, cut off where it has more."""
    if not isinstance(node.type, Number):
        return value
    exact = Decimal(value).quantize(Decimal(node.type.step), ROUND_DOWN)
    return exact if node.type.places else int(exact)
