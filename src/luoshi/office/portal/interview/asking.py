"""What is still worth asking, and what has come of the answers so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from luoshi.office.portal.interview.answers import AREA, ME, Answers, AnswerStore, Areas, Leaf, place_of
from luoshi.office.portal.interview.askable import AskablePack
from luoshi.office.portal.interview.reaching import Reaching
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.steps import Decision, Determination, Step
from luoshi.rulebook.model.types import Ref, Text

PRAISE = "praise"
"""Support that nobody applies for to have something."""


@dataclass(frozen=True)
class Open:
    """A leaf that outcomes still wait for, and the measures that do, in the order of the pack."""

    leaf: Leaf
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Interview:
    """The answers of one visitor, decided. `only`: the measure that they ask about, "" for all of whoever they are."""

    askable: AskablePack
    engine: CaseEngine
    answers: Answers
    areas: Areas
    only: str = ""

    @cached_property
    def decision(self) -> Decision:
        """What the answers come to, of what is asked about."""
        store = AnswerStore(self.askable.pack, self.answers, self.areas)
        found = self.engine.decide(store, self.answers.register, ME)
        kept = tuple(item for item in found.determinations if self._is_asked_about(item))
        return Decision(found.register, found.row, kept, (), ())

    def _is_asked_about(self, item: Determination) -> bool:
        if self.only:
            return item.measure.id == self.only
        return item.measure.support != PRAISE and item.outcome is not Outcome.NOT_IN_FORCE

    @cached_property
    def open(self) -> tuple[Open, ...]:
        """What can still change an outcome: that on which most undecided conditions wait comes first."""
        waits: Counter[Leaf] = Counter()
        measures: dict[Leaf, dict[str, None]] = {}
        for item in self.decision.determinations:
            if item.outcome is Outcome.UNDETERMINED:
                for leaf in chain.from_iterable(Reaching(self._opened).of_measure(item)):
                    waits[leaf] += 1
                    measures.setdefault(leaf, {})[item.measure.id] = None
        order = {leaf: place for place, leaf in enumerate(measures)}
        found = sorted(measures, key=lambda leaf: (-waits[leaf], order[leaf]))
        return tuple(Open(leaf, tuple(measures[leaf])) for leaf in found)

    @property
    def next(self) -> Open | None:
        """The question to ask now; None where no answer can change anything any more."""
        return self.open[0] if self.open else None

    def _opened(self, step: Step, path: tuple[str, ...]) -> Iterator[Leaf]:
        """The leaf of a step, where people are asked for it and nobody has answered."""
        node = step.node
        if isinstance(node.type, Ref | Text) or step.value is not None:
            return
        if isinstance(node, n.Field) or (
            isinstance(node, n.Fact) and step.note == "not_judged" and (node.register, node.name) in self.askable.asked
        ):
            yield from self._unanswered(Leaf(path, node.register, node.name))

    def _unanswered(self, leaf: Leaf) -> Iterator[Leaf]:
        """A leaf that nobody has answered; what a division is like is asked by asking for the division first."""
        where = place_of(self.askable.pack, self.answers.register)
        is_there = where is not None and leaf.register == AREA and leaf.path == (*where.path, where.name)
        if where is not None and is_there and not self.answers.has(where):
            yield where
        elif not self.answers.has(leaf):
            yield leaf


def interview(
    askable: AskablePack, settings: Settings, on: date, answers: Answers, areas: Areas, only: str = ""
) -> Interview:
    """The interview as it stands with these answers."""
    return Interview(askable, askable.engine.at(on, settings), answers, areas, only)
