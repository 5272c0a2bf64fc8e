"""What the examples have tried: each threshold just below, at and just above; each `and` and `or` both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from luoshi.rulebook.checking.thoroughness.accepting import Accepted
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.types import Date, Number

SIDES = ("below", "at", "above")
WAYS = ("met", "unmet")
ORDERS = frozenset({"<", "<=", ">", ">="})


@dataclass(frozen=True)
class Tried:
    """A threshold or a junction of a block, with the ways in which the examples have tried it."""

    block: Block
    node: n.Node
    wanted: tuple[str, ...]
    seen: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """The ways no example has tried."""
        return tuple(way for way in self.wanted if way not in self.seen)

    @property
    def is_threshold(self) -> bool:
        """Whether it is a threshold; else it joins conditions."""
        return self.wanted != WAYS


def exercised(pack: Pack, examples: Iterable[Accepted]) -> list[Tried]:
    """Every threshold and junction of the blocks that stand in the pack itself and that examples can be about."""
    seen: dict[int, set[str]] = defaultdict(set)
    for example in examples:
        for step in example.steps():
            way = way_of(step)
            if way is not None:
                seen[id(step.node)].add(way)
    return [
        Tried(block, node, wanted, frozenset(seen[id(node)]))
        for block in _blocks(pack)
        if "/" not in block.place.file
        for root in block.expressions()
        for node in n.walk(root)
        if (wanted := _wanted(node, pack))
    ]


def _blocks(pack: Pack) -> Iterator[Block]:
    """The blocks that examples have to be about: those that grant, refuse or raise a doubt."""
    for kind in (pack.facts, pack.measures, pack.limits, pack.targets, pack.matches, pack.integrity_checks):
        yield from kind.values()


def way_of(step: Step) -> str | None:
    """The way in which a step tries its node; None when it is unknown, far from the threshold, or no such node."""
    if isinstance(step.node, n.All | n.Any):
        return None if step.value is None else WAYS[not step.value]
    if is_threshold(step.node):
        left, right = (part.value for part in step.steps())
        if left is not None and right is not None:
            return _side(left, right, least_step(step.node))
    return None


def _side(left: Any, right: Any, step: Any) -> str | None:
    away = left - right
    return {-step: "below", step - step: "at", step: "above"}.get(away)


def least_step(node: n.Node) -> Any:
    """The smallest difference between the two sides of a threshold."""
    assert isinstance(node, n.Compare)
    if isinstance(node.left.type, Number) and isinstance(node.right.type, Number):
        return min(node.left.type.step, node.right.type.step)
    return timedelta(days=1)


def is_threshold(node: n.Node) -> bool:
    """Whether a node compares numbers or days by their order."""
    return isinstance(node, n.Compare) and node.op in ORDERS and isinstance(node.left.type, Number | Date)


def _wanted(node: n.Node, pack: Pack) -> tuple[str, ...]:
    """The ways to try a node. Nothing that ledgers hold is below nought."""
    if isinstance(node, n.All | n.Any):
        return WAYS
    if not is_threshold(node):
        return ()
    assert isinstance(node, n.Compare)
    if _is_nought(node.right, pack):
        return SIDES[1:]
    return SIDES[:-1] if _is_nought(node.left, pack) else SIDES


def _is_nought(node: n.Node, pack: Pack) -> bool:
    if isinstance(node, n.Parameter):
        return any(value == 0 and value is not False for _, value in pack.parameters[node.name].values)
    return isinstance(node, n.Literal) and node.value == 0 and node.value is not False
