"""The values of one quantity for which a condition holds, as exact intervals."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from typing import Any

import portion

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Number

EVERYTHING = portion.open(-portion.inf, portion.inf)
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
Span = tuple[n.Node, Any]
"""A quantity and an interval of `portion`, all of whose ends are closed below and open above."""


def constant(node: n.Node, pack: Pack) -> Any:
    """The value of a literal, or of a parameter that the pack alone sets: its latest; None for anything else."""
    if isinstance(node, n.Literal) and not isinstance(node.value, str | bool):
        return node.value
    if isinstance(node, n.Parameter):
        definition = pack.parameters[node.name]
        if definition.local is None and definition.values:
            return definition.values[-1][1]
    return None


def span(test: n.Node, pack: Pack) -> Span | None:
    """The quantity a condition is about and where it holds; None for a condition about anything else."""
    if isinstance(test, n.Compare):
        return _compared(test, pack)
    if isinstance(test, n.Not):
        inner = span(test.item, pack)
        return None if inner is None else (inner[0], ~inner[1])
    if isinstance(test, n.All | n.Any):
        spans = [span(item, pack) for item in test.items]
        found = [item for item in spans if item is not None]
        if len(found) == len(spans) and len({item[0] for item in found}) == 1:
            join = (lambda a, b: a & b) if isinstance(test, n.All) else (lambda a, b: a | b)
            return found[0][0], reduce(join, [item[1] for item in found])
    return None


def _compared(test: n.Compare, pack: Pack) -> Span | None:
    right, left = constant(test.right, pack), constant(test.left, pack)
    if right is not None and left is None:
        return _where(test.left, test.op, right)
    if left is not None and right is None:
        return _where(test.right, TURNED[test.op], left)
    return None


def _where(quantity: n.Node, op: str, value: Any) -> Span:
    above = value + _step(quantity)
    holds = {
        "<": portion.open(-portion.inf, value),
        "<=": portion.open(-portion.inf, above),
        ">": portion.closedopen(above, portion.inf),
        ">=": portion.closedopen(value, portion.inf),
        "=": portion.closedopen(value, above),
    }
    return quantity, ~holds["="] if op == "<>" else holds[op]


def _step(quantity: n.Node) -> Any:
    """The smallest difference between two values of a number or date."""
    return quantity.type.step if isinstance(quantity.type, Number) else timedelta(days=1)


def quantity_name(quantity: n.Node) -> str:
    """What a quantity is called."""
    found = last(quantity)
    return found.name if isinstance(found, n.Field | n.Fact | n.Parameter | n.Switch) else type(found).__name__


def last(node: n.Node) -> n.Node:
    """What a path of references leads to; anything else is itself."""
    while isinstance(node, n.Follow):
        node = node.target
    return node


def ends(interval: Any) -> str:
    """An interval as it is shown: `10 … 12`, with the upper end not included."""
    lower = "…" if interval.lower == -portion.inf else str(interval.lower)
    upper = "…" if interval.upper == portion.inf else str(interval.upper)
    return f"{lower} – {upper}"
