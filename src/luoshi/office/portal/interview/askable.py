"""A pack as an interview asks it: what a row of its own cannot tell is asked as one fact, in that fact's own words.

Sums and counts over other ledgers, and whether something is on record at all, are facts that people know of themselves
("how many of them have worked for half a year"). A derived fact that looks at such things directly is asked as it is
called; where no fact does, one is made with the words of the expression. What officials judge is never asked.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual, Condition
from luoshi.rulebook.model.blocks import FactDef, Measure, Pack
from luoshi.rulebook.model.types import Ref

MOST_KEPT = 8
FactKey = tuple[str, str]


@dataclass(frozen=True)
class AskablePack:
    """The pack that is decided by, the facts in it that people are asked for, and an engine that has compiled it."""

    pack: Pack
    asked: frozenset[FactKey]
    engine: CaseEngine


@lru_cache(MOST_KEPT)
def _askable(key: str, holder: _Held) -> AskablePack:
    return _Rewriting(holder.pack).done()


@dataclass(frozen=True)
class _Held:
    """A pack, told apart by its hash and whether it decides anything: packs themselves are not hashable."""

    pack: Pack

    def __hash__(self) -> int:
        return hash(self.pack.hash)

    def __eq__(self, other: object) -> bool:
        mine, others = self.pack, other.pack if isinstance(other, _Held) else None
        return others is not None and (mine.hash, mine.policy, mine.measures.keys()) == (
            others.hash,
            others.policy,
            others.measures.keys(),
        )


def askable(pack: Pack) -> AskablePack:
    """The pack as it is asked, made once."""
    return _askable(pack.hash, _Held(pack))


class _Rewriting:
    """Makes the pack that is asked."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.words = {lang: Phrases(pack, lang) for lang in ("zh", "en")}
        self.made: dict[FactKey, FactDef] = {}
        self.asked: set[FactKey] = set()

    def done(self) -> AskablePack:
        facts = {key: self._fact(fact) for key, fact in self.pack.facts.items()}
        measures = {name: self._measure(measure) for name, measure in self.pack.measures.items()}
        pack = replace(self.pack, facts={**facts, **self.made}, measures=measures)
        return AskablePack(pack, frozenset(self.asked), CaseEngine(pack, date.min))

    def _fact(self, fact: FactDef) -> FactDef:
        if fact.value is None or not looks_away(fact.value):
            return fact
        self.asked.add((fact.register, fact.id))
        return replace(fact, value=None)

    def _measure(self, measure: Measure) -> Measure:
        conditions = tuple(self._condition(item, measure) for item in measure.conditions)
        amount = self._node(measure.amount, measure) if measure.amount is not None else None
        return replace(measure, conditions=conditions, amount=amount)

    def _condition(self, condition: Condition, measure: Measure) -> Condition:
        return replace(condition, test=self._node(condition.test, measure))

    def _node(self, node: n.Node, measure: Measure, register: str = "") -> n.Node:
        """A node in which a look away is a fact that is asked."""
        here = register or measure.register
        if _is_look_away(node):
            return self._made(node, measure, here)
        below = here
        if isinstance(node, n.Follow):
            assert isinstance(node.ref.type, Ref)
            below = node.ref.type.register
        changes: dict[str, Any] = {}
        for item in fields(node):
            value = getattr(node, item.name)
            inner = below if item.name == "target" else here
            if (new := self._value(value, measure, inner)) is not value:
                changes[item.name] = new
        return replace(node, **changes) if changes else node

    def _value(self, value: Any, measure: Measure, register: str) -> Any:
        if isinstance(value, n.Node):
            return self._node(value, measure, register)
        if isinstance(value, tuple):
            new = tuple(self._value(each, measure, register) for each in value)
            return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
        return value

    def _made(self, node: n.Node, measure: Measure, register: str) -> n.Fact:
        """A fact with the words of the expression for its title."""
        said = {lang: words.phrase(node) for lang, words in self.words.items()}
        name = next(
            (key[1] for key, made in self.made.items() if key[0] == register and made.title.zh == said["zh"]),
            f"asked_{len(self.made) + 1}",
        )
        title = Bilingual(said["zh"], said["en"])
        self.made[register, name] = FactDef(name, title, measure.place, register, node.type, None, None)
        self.asked.add((register, name))
        return n.Fact(node.type, register, name)


def looks_away(node: n.Node) -> bool:
    """Whether an expression looks at other ledgers, or at whether something is on record, itself."""
    return any(map(_is_look_away, n.walk(node)))


def _is_look_away(node: n.Node) -> bool:
    return isinstance(node, n.Aggregate) or (isinstance(node, n.IsKnown) and not isinstance(node.item, n.Parameter))
