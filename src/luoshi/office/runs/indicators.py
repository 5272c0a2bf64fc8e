"""The facts that targets are measured by: a run writes them, so that a target is shown with the number reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack


def facts_of(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Register and name of every fact that the indicator or the value of a target is, under any reading."""
    sides = (side for target in pack.targets.values() for side in (target.indicator, target.value))
    found = (fact for side in sides for fact in _facts(side))
    return tuple(dict.fromkeys((fact.register, fact.name) for fact in found))


def in_use(node: n.Node, values: Mapping[str, n.Value | None]) -> n.Node:
    """The node itself, or of several readings the one that the switches choose."""
    if isinstance(node, n.Choose) and all(isinstance(test, n.Switch) for test, _ in node.arms):
        chosen = (arm for test, arm in node.arms if isinstance(test, n.Switch) and values[test.name] is True)
        return in_use(next(chosen, node.otherwise), values)
    return node


def _facts(node: n.Node) -> Iterator[n.Fact]:
    if isinstance(node, n.Fact):
        yield node
    elif isinstance(node, n.Choose):
        for side in (*(arm for _, arm in node.arms), node.otherwise):
            yield from _facts(side)
