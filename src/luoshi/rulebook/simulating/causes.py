"""Why an outcome changes: which conditions come out otherwise, and which of the changed blocks they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from luoshi.rulebook.model.blocks import Measure
from luoshi.rulebook.model.nodes import Node
from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit
from luoshi.rulebook.simulating.differing import DAY, POLICY, Change, Key
from luoshi.rulebook.simulating.resting import Resting
from luoshi.rulebook.simulating.side import Side

AMOUNT, ROUNDING = "amount", "rounding"


class Verdict(NamedTuple):
    """What a measure comes to on one side: the outcome, and the masks of unmet and unknown conditions."""

    outcome: int
    unmet: int
    unknown: int


ABSENT = Verdict(Outcome.NOT_IN_FORCE, 0, 0)
"""What a measure comes to on a side that does not have it."""


@dataclass(frozen=True)
class Why:
    """The conditions that come out otherwise (`amount` among them), and the changes behind it."""

    conditions: tuple[str, ...]
    changes: tuple[Change, ...]
    clauses: tuple[str, ...]


class Causes:
    """The changes between two sides, and what rests on each."""

    def __init__(self, before: Side, after: Side, changes: Iterable[Change]) -> None:
        self._sides = before, after
        self._changes = {change.key: change for change in changes}
        self._resting = Resting(before.pack), Resting(after.pack)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes."""
        return tuple(self._changes.values())

    def touched(self) -> list[str]:
        """The measures that can come out otherwise, in the order of the packs."""
        before, after = (side.pack.measures for side in self._sides)
        return [name for name in [*after, *(name for name in before if name not in after)] if self._is_touched(name)]

    def _is_touched(self, measure: str) -> bool:
        if self._pays(measure) != (True, True):
            return True in self._pays(measure)
        keys = frozenset[Key]().union(*(of.behind_measure(measure) for of in self._resting))
        return any(change.decides and change.key in keys for change in self.changes)

    def _pays(self, measure: str) -> tuple[bool, bool]:
        """On which side the measure is there and decides anything."""
        before, after = (side.pack.measures.get(measure) for side in self._sides)
        old, new = self._sides
        return before is not None and old.pays(before), after is not None and new.pays(after)

    def why(self, measure: str, before: Verdict, after: Verdict, *, amount_differs: bool) -> Why:
        """Why a measure comes to something else for a subject."""
        if Outcome.NOT_IN_FORCE in (before.outcome, after.outcome):
            return self._told(measure, (), self._of_force(measure))
        flipped = self._flipped(measure, before, after)
        if not (before.unmet or after.unmet) and (amount_differs or self._amount_flipped(measure, before, after)):
            flipped = (*flipped, AMOUNT)
        keys = (key for name in flipped for key in self._behind(measure, name))
        return self._told(measure, flipped, keys)

    def _told(self, measure: str, flipped: tuple[str, ...], keys: Iterable[Key]) -> Why:
        wanted = set(keys)
        found = tuple(change for change in self.changes if change.key in wanted)
        own = next(side.pack.measures[measure] for side in self._sides[::-1] if measure in side.pack.measures)
        clauses = dict.fromkeys(own.clause if change.block is None else change.block.clause for change in found)
        return Why(flipped, found, tuple(clauses))

    def _of_force(self, measure: str) -> Iterator[Key]:
        """What makes a measure pay on one side only: itself, the day or the policy."""
        yield from (("measures", measure), DAY, POLICY)

    def _flipped(self, measure: str, before: Verdict, after: Verdict) -> tuple[str, ...]:
        """The conditions whose states differ, a condition that only one side has among them."""
        old, new = (
            states(side.pack.measures[measure], verdict)
            for side, verdict in zip(self._sides, (before, after), strict=True)
        )
        names = [*new, *(name for name in old if name not in new)]
        return tuple(name for name in names if old.get(name) is not new.get(name))

    def _amount_flipped(self, measure: str, before: Verdict, after: Verdict) -> bool:
        old, new = (
            verdict.unknown >> amount_bit(side.pack.measures[measure]) & 1
            for side, verdict in zip(self._sides, (before, after), strict=True)
        )
        return old != new

    def _behind(self, measure: str, part: str) -> Iterator[Key]:
        """The keys of everything that a condition, or the amount, rests on."""
        own = self._changes.get(("measures", measure))
        if own is not None and {part, ROUNDING if part == AMOUNT else part} & {item.name for item in own.parts}:
            yield own.key
        for side, resting in zip(self._sides, self._resting, strict=True):
            for node in _nodes(side.pack.measures[measure], part):
                yield from resting.behind(node)


def _nodes(measure: Measure, part: str) -> Iterator[Node]:
    yield from (item.test for item in measure.conditions if item.name == part)
    if part == AMOUNT and measure.amount is not None:
        yield measure.amount


def states(measure: Measure, verdict: Verdict) -> dict[str, State]:
    """The state of every condition, by name."""
    found = {}
    for index, condition in enumerate(measure.conditions):
        if verdict.unmet >> index & 1:
            found[condition.name] = State.UNMET
        else:
            found[condition.name] = State.UNKNOWN if verdict.unknown >> index & 1 else State.MET
    return found
