"""What the case engine records: every step of a decision, so that it can be explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from luoshi.rulebook.model.administration import Duty, IntegrityCheck
from luoshi.rulebook.model.blocks import Limit, Measure, Target
from luoshi.rulebook.model.nodes import Node, Value
from luoshi.rulebook.model.outcomes import Outcome, State


class Step(NamedTuple):
    """The value of a node (None is unknown), and the steps below it.

    For an aggregate the parts are its `Member`s; `note` says why a value is unknown where the parts do not:
    `not_kept` (nobody keeps the register), `no_row` (the reference leads nowhere), `no_match` (no row of a table
    fits), `not_judged` (nobody has given the judgement).
    `given` marks a derived fact that was given directly.
    """

    value: Value | None
    node: Node
    parts: tuple[Step | Member, ...] = ()
    note: str = ""

    @property
    def truth(self) -> bool | None:
        """The value of a condition."""
        assert self.value is None or isinstance(self.value, bool)
        return self.value

    def steps(self) -> Iterator[Step]:
        """The steps directly below; those of an aggregate's rows are not among them."""
        return (part for part in self.parts if isinstance(part, Step))


step: Callable[[tuple[Value | None, Node, tuple[Step | Member, ...], str]], Step] = partial(tuple.__new__, Step)
"""Makes a step from all four of its parts, several times faster than calling the class: engines make millions."""


class Member(NamedTuple):
    """One row that an aggregate looked at, with the steps of its tests and of its value."""

    row: object
    parts: tuple[Step, ...]


member: Callable[[tuple[object, tuple[Step, ...]]], Member] = partial(tuple.__new__, Member)
"""Makes a member from both of its parts, as `step` makes a step."""


@dataclass(frozen=True, slots=True)
class Determination:
    """What a measure comes to for one subject. The amount is rounded, and there only when eligible."""

    measure: Measure
    outcome: Outcome
    conditions: tuple[Step, ...]
    amount: Value | None
    amount_step: Step | None
    unmet: int
    unknown: int

    def state(self, index: int) -> State:
        """The state of a condition, by its place in the measure."""
        return State.of(self.conditions[index].truth)


@dataclass(frozen=True, slots=True)
class Check:
    """What a limit or target comes to for one row: met, unmet, unknown or not_applicable."""

    block: Limit | Target
    state: str
    conditions: tuple[Step, ...]
    when: Step | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What an integrity check comes to for one row: found, clear or unknown. For officials; it refuses nothing."""

    check: IntegrityCheck
    state: str
    pattern: Step


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What a row tells of a duty: done, not_done or unknown; not_applicable where it has nothing to tell."""

    duty: Duty
    state: str
    done: Step | None
    when: Step | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything decided about one subject."""

    register: str
    row: object
    determinations: tuple[Determination, ...]
    checks: tuple[Check, ...]
    suspicions: tuple[Suspicion, ...]

    def by_block(self) -> dict[str, list[Step]]:
        """The steps of every measure, limit, target and integrity check, by its id."""
        found = {item.measure.id: [*item.conditions, *_there(item.amount_step)] for item in self.determinations}
        found |= {check.block.id: [*check.conditions, *_there(check.when)] for check in self.checks}
        return found | {item.check.id: [item.pattern] for item in self.suspicions}

    def steps(self) -> Iterator[Step]:
        """The steps of every block."""
        return chain.from_iterable(self.by_block().values())


def _there(step: Step | None) -> tuple[Step, ...]:
    return () if step is None else (step,)
