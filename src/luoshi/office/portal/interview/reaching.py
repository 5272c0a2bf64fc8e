"""What an unknown step can still become, and which answers it takes: the case for and the case against apart.

Of "and" each part is needed for yes and any one is enough for no; of "or" it is the other way round. What nobody can
answer any more (they do not know, or an official judges it) stays unknown, and with it whatever needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from luoshi.office.portal.interview.answers import Leaf
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Determination, Step
from luoshi.rulebook.model.types import Code

Truths = frozenset[Any]
NONE: Truths = frozenset()
YES: Truths = frozenset({True})
NO: Truths = frozenset({False})
BOTH = YES | NO
Path = tuple[str, ...]
Opened = Callable[[Step, Path], Iterator[Leaf]]
"""The leaf of a step of a field or of a fact that was not given, where it can still be answered."""


@dataclass(frozen=True)
class Reaching:
    """Looks into unknown steps; `opened` tells which leaves are open."""

    opened: Opened

    def of_measure(self, item: Determination) -> list[list[Leaf]]:
        """For each condition, and the amount, the leaves that can still change what the measure comes to."""
        steps = [*item.conditions, *([item.amount_step] if item.amount_step is not None else [])]
        can_be_had = all(True in self.reachable(step, ()) for step in steps)
        wanted = BOTH if can_be_had else NO
        places = range(len(item.conditions))
        return [list(dict.fromkeys(self.leaves(step, (), wanted if place in places else wanted & YES)))
                for place, step in enumerate(steps)]  # fmt: skip

    def reachable(self, step: Step, path: Path) -> Truths:
        """The truths that a step can still come to; both for a value of another kind that can still be known."""
        value, node = step.value, step.node
        if value is not None:
            return frozenset({value}) if isinstance(value, bool) else BOTH
        parts = [self.reachable(part, self._below(node, path)) for part in step.steps()]
        if isinstance(node, n.All | n.Any | n.Eligible):
            decides = isinstance(node, n.Any)
            some = any(decides in part for part in parts)
            every = all((not decides) in part for part in parts)
            return (frozenset({decides}) if some else NONE) | (frozenset({not decides}) if every else NONE)
        if isinstance(node, n.Not):
            return frozenset(not each for each in parts[0])
        if _is_passing(step):
            return parts[0]
        return _truths(node) if self._is_open(step, path, parts) else NONE

    def leaves(self, step: Step, path: Path, wanted: Truths) -> Iterator[Leaf]:
        """What has to be answered for a step to come to one of the wanted truths."""
        node, below = step.node, self._below(step.node, path)
        wanted = wanted & self.reachable(step, path)
        if step.value is not None or not wanted:
            return
        if isinstance(node, n.Not):
            wanted = frozenset(not each for each in wanted)
        elif not isinstance(node, n.All | n.Any | n.Eligible) and not _is_passing(step):
            wanted = BOTH
        yield from self.opened(step, path)
        for part in step.steps():
            yield from self.leaves(part, below, wanted)

    def _is_open(self, step: Step, path: Path, parts: list[Truths]) -> bool:
        """Whether a value can still be known: a leaf that is open, or every part of it known or open."""
        if any(True for _leaf in self.opened(step, path)):
            return True
        unknown = [part for part in step.steps() if part.value is None]
        return bool(unknown) and all(parts)

    @staticmethod
    def _below(node: n.Node, path: Path) -> Path:
        return (*path, node.ref.name) if isinstance(node, n.Follow) else path


def _truths(node: n.Node) -> Truths:
    """What an open node may come to: of a code that is one of some, not no where those are all there are."""
    if isinstance(node, n.Among) and isinstance(node.item.type, Code):
        values = {literal.value for literal in node.values}
        return frozenset(code in values for code in node.item.type.codes)
    return BOTH


def _is_passing(step: Step) -> bool:
    """Whether a step is what its one part is: a fact that was worked out, a row that was looked up."""
    return isinstance(step.node, n.Fact | n.Follow) and any(True for _part in step.steps())
