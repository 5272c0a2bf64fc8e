"""The assumptions that a measure, limit or target rests on."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Limit, Measure, Pack, Target


def assumptions_of(block: Measure | Limit | Target, pack: Pack) -> list[str]:
    """The assumptions a block rests on: those its expressions read, at any depth, and those it names."""
    named: dict[str, None] = dict.fromkeys(block.assumes)
    conditions = block.conditions if isinstance(block, Measure) else getattr(block, "holds", ())
    for condition in conditions:
        named |= dict.fromkeys(condition.assumes)
    seen: set[tuple[str, str]] = set()
    for root in _roots(block):
        named |= dict.fromkeys(_named_in(root, pack, seen))
    return list(named)


def _roots(block: Measure | Limit | Target) -> Iterator[n.Node]:
    if isinstance(block, Target):
        yield block.test
        return
    tests = block.conditions if isinstance(block, Measure) else block.holds
    yield from (condition.test for condition in tests)
    extra = block.amount if isinstance(block, Measure) else block.when
    if extra is not None:
        yield extra


def _named_in(root: n.Node, pack: Pack, seen: set[tuple[str, str]]) -> Iterator[str]:
    for node in n.walk(root):
        if isinstance(node, n.Switch):
            yield node.name
        elif isinstance(node, n.Fact) and (node.register, node.name) not in seen:
            seen.add((node.register, node.name))
            fact = pack.fact(node.register, node.name)
            yield from fact.assumes
            if fact.value is not None:
                yield from _named_in(fact.value, pack, seen)
        elif isinstance(node, n.Eligible) and ("", node.measure) not in seen:
            seen.add(("", node.measure))
            for condition in pack.measures[node.measure].conditions:
                yield from _named_in(condition.test, pack, seen)
