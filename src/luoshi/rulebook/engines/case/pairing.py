"""Looks at pairs of a demand and a supply: whether they suit each other, and which suit best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import localcontext
from typing import Any

from luoshi.rulebook.engines.case.arithmetic import EXACT
from luoshi.rulebook.engines.case.deciding import CaseEngine
from luoshi.rulebook.engines.case.evaluating import evaluator
from luoshi.rulebook.engines.case.frames import Frame
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.model.administration import Match
from luoshi.rulebook.model.nodes import Node, Value, exact
from luoshi.rulebook.model.outcomes import State
from luoshi.rulebook.model.steps import Step


@dataclass(frozen=True)
class Pair:
    """A demand and a supply by their ids, with the step of each condition and of each preference."""

    demand: Any
    supply: Any
    conditions: tuple[Step, ...]
    preferences: tuple[Step, ...]

    @property
    def state(self) -> State:
        """Met when the two suit each other; one unmet condition parts them."""
        values = [step.truth for step in self.conditions]
        return State.of(False if False in values else None if None in values else True)


class Pairing:
    """The pairs of a match over the rows of a store. It proposes; people confirm."""

    def __init__(self, engine: CaseEngine, match: Match, store: Store) -> None:
        self._match, self._store = match, store
        self._run = engine.start(store)
        self._tests = [evaluator(condition.test) for condition in match.compatible]
        self._orders = [evaluator(key.value) for key in match.preference]

    def suitable(self, demand: Any) -> list[Pair]:
        """The pairs of a demand that suit, the preferred first; an unknown preference comes last, then ids decide."""
        pairs = [pair for pair in self.pairs(demand) if pair.state is State.MET]
        return sorted(pairs, key=self._place)

    def pairs(self, demand: Any) -> Iterator[Pair]:
        """Every pair of a demand, in the order of the supplies."""
        for supply in self._store.rows.get(self._match.supply, ()):
            frame = self._frame(demand, supply)
            with localcontext(EXACT):
                conditions = tuple([test(frame) for test in self._tests])
                preferences = tuple([order(frame) for order in self._orders])
            yield Pair(demand, supply, conditions, preferences)

    def size(self, demand: Any, supply: Any) -> Value | None:
        """What the demand takes of the supply."""
        return self._amount(self._match.size, demand, supply)

    def capacity(self, demand: Any, supply: Any) -> Value | None:
        """What the supply can give to demands like this one."""
        return self._amount(self._match.capacity, demand, supply)

    def _amount(self, node: Node | None, demand: Any, supply: Any) -> Value | None:
        if node is None:
            return 1
        with localcontext(EXACT):
            return evaluator(node)(self._frame(demand, supply)).value

    def _frame(self, demand: Any, supply: Any) -> Frame:
        """A pair as a row. The local values are those where the demand lies."""
        settings = self._run.settings.at(self._store.area(self._match.demand, demand))
        return Frame(self._run, self._match.pair, None, {"demand": demand, "supply": supply}, settings)

    def _place(self, pair: Pair) -> tuple[Any, ...]:
        keys = zip(self._match.preference, pair.preferences, strict=True)
        return (*[_rank(key.order, step.value) for key, step in keys], str(pair.supply))


def _rank(order: str, value: Value | None) -> tuple[bool, Any]:
    if value is None:
        return (True, 0)
    if order == "true_first":
        return (False, not value)
    return (False, -exact(value) if order == "highest" else value)
