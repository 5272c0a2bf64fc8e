"""The worked cases of a pack with what it decides about them: they show that a question is not an idle one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.steps import Decision, Determination, Member, Step


@dataclass(frozen=True)
class Witness:
    """A worked case about one subject, decided as if the policy were in force."""

    example: Example
    case: Case
    on: date
    engine: CaseEngine
    decision: Decision

    @cached_property
    def switches(self) -> frozenset[str]:
        """The switches that the decision looked at."""
        return frozenset(name for step in self.decision.steps() for name in _switches(step))

    def with_local(self, local: Iterable[LocalValue]) -> CaseEngine:
        """The engine for the case with other local values."""
        return self.engine.at(self.on, Settings(self.engine.pack, self.on, local))

    def decided(self, local: Iterable[LocalValue]) -> Decision:
        """What the pack decides about the same subject with other local values."""
        return self.with_local(local).decide(self.case.store, self.decision.register, self.decision.row)

    def with_value(self, name: str, value: Value) -> tuple[LocalValue, ...]:
        """The local values of the case, with one of them set everywhere."""
        others = tuple(item for item in self.case.local if item.name != name)
        return (*others, LocalValue(name, value))

    def eligible(self) -> list[Determination]:
        """The measures the subject is eligible for."""
        return [item for item in self.decision.determinations if item.outcome is Outcome.ELIGIBLE]


def witnesses(pack: Pack) -> list[Witness]:
    """Every worked case about one subject whose input is accepted."""
    base = CaseEngine(pack, date.max, as_if_in_force=True)
    return [_witness(base, example) for example in read_examples(pack) if example.case and example.case.subject]


def _witness(base: CaseEngine, example: Example) -> Witness:
    case, on = example.case, example.on
    assert case is not None and case.subject is not None and on is not None
    engine = base.at(on, Settings(base.pack, on, case.local))
    return Witness(example, case, on, engine, engine.decide(case.store, case.subject, case.subject_id))


def _switches(step: Step) -> Iterator[str]:
    waiting: list[Step | Member] = [step]
    while waiting:
        item = waiting.pop()
        waiting.extend(item.parts)
        if isinstance(item, Step) and isinstance(item.node, n.Switch):
            yield item.node.name
