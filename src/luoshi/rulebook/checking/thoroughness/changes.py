"""The small changes of an expression that a slip of the pen could make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.values.calendar import add_days

Changed = tuple[str, n.Node]
"""What was changed, in words such as `>= to >`, and the changed node."""
SLIPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}
OPPOSITES = {"any": "all", "all": "any", "min": "max", "max": "min"}


def changes(node: n.Node) -> Iterator[Changed]:
    """Every single change of a node and of what lies below it."""
    yield from slips(node)
    for field in fields(node):
        yield from _below(node, field.name, getattr(node, field.name))


def _below(node: n.Node, name: str, value: Any) -> Iterator[Changed]:
    """The node with one change in one of its fields; whatever holds nodes is walked through."""
    for change, new in _within(value):
        yield change, replace(node, **{name: new})


def _within(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, n.Node):
        yield from changes(value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            for change, new in _within(item):
                yield change, (*value[:index], new, *value[index + 1 :])


@singledispatch
def slips(node: n.Node) -> Iterator[Changed]:
    """The changes of a node itself."""
    yield from ()


@slips.register
def _(node: n.Compare) -> Iterator[Changed]:
    yield f"{node.op} to {SLIPS[node.op]}", replace(node, op=SLIPS[node.op])


@slips.register
def _(node: n.CompareShare) -> Iterator[Changed]:
    yield f"{node.op} to {SLIPS[node.op]}", replace(node, op=SLIPS[node.op])


@slips.register
def _(node: n.All) -> Iterator[Changed]:
    yield "and to or", n.Any(node.type, node.items)
    yield from _shortened(node, n.All)


@slips.register
def _(node: n.Any) -> Iterator[Changed]:
    yield "or to and", n.All(node.type, node.items)
    yield from _shortened(node, n.Any)


def _shortened(node: n.All | n.Any, kind: Callable[..., n.Node]) -> Iterator[Changed]:
    """One item left out."""
    for index in range(len(node.items)):
        rest = node.items[:index] + node.items[index + 1 :]
        yield f"item {index + 1} left out", rest[0] if len(rest) == 1 else kind(node.type, rest)


@slips.register
def _(node: n.Not) -> Iterator[Changed]:
    yield "not left out", node.item


@slips.register
def _(node: n.Add) -> Iterator[Changed]:
    yield "+ to -", n.Subtract(node.type, node.left, node.right)


@slips.register
def _(node: n.Subtract) -> Iterator[Changed]:
    yield "- to +", n.Add(node.type, node.left, node.right)


@slips.register
def _(node: n.Least) -> Iterator[Changed]:
    yield "min to max", n.Greatest(node.type, node.items)


@slips.register
def _(node: n.Greatest) -> Iterator[Changed]:
    yield "max to min", n.Least(node.type, node.items)


@slips.register
def _(node: n.Among) -> Iterator[Changed]:
    for index, value in enumerate(node.values):
        rest = node.values[:index] + node.values[index + 1 :]
        if rest:
            yield f"{value.value} left out", replace(node, values=rest)


@slips.register
def _(node: n.Literal) -> Iterator[Changed]:
    moved_to = moved(node.value, node)
    if moved_to is not None:
        yield f"{node.value} to {moved_to}", replace(node, value=moved_to)


@slips.register
def _(node: n.Aggregate) -> Iterator[Changed]:
    if node.op in OPPOSITES:
        yield f"{node.op} to {OPPOSITES[node.op]}", replace(node, op=OPPOSITES[node.op])
    if node.op in {"count", "sum"} and node.where is not None:
        yield "where left out", replace(node, where=None)
    if node.distinct is not None:
        yield "distinct left out", replace(node, distinct=None)


def moved(value: n.Value, node: n.Node) -> n.Value | None:
    """The next value: one step up, the next day, the other truth; None for codes and texts."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return add_days(value, 1)
    if isinstance(value, int | Decimal) and isinstance(node.type, Number):
        return value + node.type.step
    return None
