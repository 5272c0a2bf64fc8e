"""The examples whose input is accepted, with what their answers rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.checking.answers import rows_decided
from luoshi.rulebook.checking.thoroughness.mutants import Key
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.case.pairing import Pairing
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.steps import Decision, Member, Step


@dataclass(frozen=True)
class Accepted:
    """An example whose input is accepted."""

    base: CaseEngine
    example: Example
    case: Case
    on: date

    @property
    def is_about_one(self) -> bool:
        """Whether the example is about one subject; others look at whole registers."""
        return self.case.subject is not None

    @cached_property
    def size(self) -> int:
        """How many rows the case has."""
        return sum(map(len, self.case.store.rows.values()))

    @cached_property
    def filled(self) -> frozenset[str]:
        """The registers of which the case has rows."""
        return frozenset(register for register, rows in self.case.store.rows.items() if rows)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What the reference engine decides about the subject, or about every row where there is none."""
        run = self.engine.start(self.case.store)
        rows = rows_decided(self.base.pack, self.case)
        return [self.engine.decide(self.case.store, register, row, run=run) for register, row in rows]

    @cached_property
    def engine(self) -> CaseEngine:
        """The reference engine for the day and the local values of the example."""
        return self.engine_like(self.base, self.on)

    def engine_like(self, base: CaseEngine, on: date) -> CaseEngine:
        """An engine for the local values of the example on a day, of this pack or another."""
        engine = base.at(on, Settings(base.pack, on, self.case.local))
        engine.as_if_in_force = self.example.as_if_in_force
        return engine

    def steps(self) -> Iterator[Step]:
        """Every step of the decisions, and of the facts and matches that the example names, each once."""
        decided = (step for decision in self.decisions for step in decision.steps())
        yield from below([*decided, *self._facts(), *self._pairs()])

    def _facts(self) -> Iterator[Step]:
        store, subject, row = self.case.store, self.case.subject, self.case.subject_id
        for name in self.example.expect.get("facts", {}):
            if subject is not None and (subject, name) in self.base.pack.facts:
                yield self.engine.fact(store, subject, row, name)

    def _pairs(self) -> Iterator[Step]:
        for name, demands in self.example.expect.get("matches", {}).items():
            if name in self.base.pack.matches:
                pairing = Pairing(self.engine, self.base.pack.matches[name], self.case.store)
                for pair in chain.from_iterable(map(pairing.pairs, demands)):
                    yield from pair.conditions + pair.preferences

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The blocks that the answer rests on. Rounds rest on every parameter and table: quotas leave no steps."""
        keys = {key for step in self.steps() for key in _keys(step.node)}
        for decision in self.decisions:
            keys |= {("measures", item.measure.id) for item in decision.determinations}
            keys |= {(kind, check.block.id) for check in decision.checks for kind in ("limits", "targets")}
        if "rounds" in self.example.expect:
            keys |= {("parameters", name) for name in self.base.pack.parameters}
            keys |= {("tables", name) for name in self.base.pack.tables}
        return frozenset(keys)


def accepted(pack: Pack) -> list[Accepted]:
    """The accepted examples of a pack; those that rest on the fewest blocks first."""
    base = CaseEngine(pack, date.max)
    found = [
        Accepted(base, example, example.case, example.on)
        for example in read_examples(pack)
        if example.case is not None and example.on is not None
    ]
    return sorted(found, key=lambda item: len(item.keys))


def below(roots: Iterable[Step]) -> Iterator[Step]:
    """Steps and all steps below them, each once."""
    waiting: list[Step | Member] = list(roots)
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if id(item) not in seen:
            seen.add(id(item))
            waiting.extend(item.parts)
            if isinstance(item, Step):
                yield item


def _keys(node: n.Node) -> Iterator[Key]:
    if isinstance(node, n.Fact):
        yield "facts", (node.register, node.name)
    elif isinstance(node, n.Parameter):
        yield "parameters", node.name
    elif isinstance(node, n.Lookup):
        yield "tables", node.table
    elif isinstance(node, n.Eligible):
        yield "measures", node.measure
