"""Examples that would close the gaps: cases near a worked one that try what no example has tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from luoshi.rulebook.checking.answers import Answers, by_sql, of_decision
from luoshi.rulebook.checking.expecting import comparable
from luoshi.rulebook.checking.narrowing import measures_asked_about, narrowed
from luoshi.rulebook.checking.thoroughness.accepting import Accepted, below
from luoshi.rulebook.checking.thoroughness.aiming import MOST_ROWS_IN_ALL, aimed
from luoshi.rulebook.checking.thoroughness.exercising import Tried, is_threshold, way_of
from luoshi.rulebook.checking.thoroughness.mutants import Mutant
from luoshi.rulebook.checking.thoroughness.variants import Variant, Variants
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import FactDef, Pack
from luoshi.rulebook.model.steps import Decision, Step
from luoshi.rulebook.model.types import SHARE

MOST_CASES = 12
"""Worked cases that are varied in the search for one mutant."""
Progress = Callable[[int, int, str], None]
Gap = tuple[int, str]
"""A node, by its identity, and a way in which no example has tried it."""


@dataclass(frozen=True)
class Proposal:
    """A case near a worked one, why it is proposed, and what both engines answer where it matters."""

    base: Accepted
    variant: Variant
    why: str
    answers: Answers


def propose_kills(pack: Pack, survivors: Sequence[Mutant], examples: Sequence[Accepted]) -> Iterator[Proposal]:
    """A case for each surviving mutant for which one is found in which it answers something else."""
    variants, asked = Variants(pack), measures_asked_about(pack)
    for mutant in survivors:
        near = _likely(mutant, examples)[:MOST_CASES]
        found = (item for base in near for item in _telling(pack, mutant, base, variants, asked))
        yield from islice(found, 1)


def _likely(mutant: Mutant, examples: Sequence[Accepted]) -> list[Accepted]:
    """The examples that rest on a changed block: first those with rows in the most registers that it looks at, of
    these the smallest; the largest never."""
    nodes = (node for root in mutant.block.expressions() for node in n.walk(root))
    read = {node.register for node in nodes if isinstance(node, n.Aggregate | n.Field | n.Fact)}
    near = [
        item for item in examples if mutant.key in item.keys and item.is_about_one and item.size <= MOST_ROWS_IN_ALL
    ]
    return sorted(near, key=lambda item: (-len(read & item.filled), item.size))


def _telling(
    pack: Pack, mutant: Mutant, base: Accepted, variants: Variants, asked: frozenset[str]
) -> Iterator[Proposal]:
    facts = _facts(pack, mutant, base)
    before, after = (_about(mutant, facts, of, asked) for of in (pack, mutant.pack))
    own, other = _Asked(base, CaseEngine(before, base.on)), _Asked(base, CaseEngine(after, base.on))
    itself = Variant(base.case, base.on, None)
    for variant in chain([itself], aimed(base, _thresholds(mutant)), variants.near(base.case, base.on)):
        answers, others = own.answers(variant, facts), other.answers(variant, facts)
        if comparable({"": answers}) != comparable({"": others}) and _agreed(before, base, variant, facts, answers):
            yield Proposal(base, variant, str(mutant), _difference(answers, others))


def _thresholds(mutant: Mutant) -> set[int]:
    """The thresholds of the block before it was changed, by their identity."""
    return {id(node) for root in mutant.block.expressions() for node in n.walk(root) if is_threshold(node)}


def _about(mutant: Mutant, facts: tuple[str, ...], pack: Pack, asked: frozenset[str]) -> Pack:
    """The pack as far as what a mutant changes is seen at once: in its own block, or else in all that rest on it."""
    kind, _ = mutant.key
    if facts:
        return narrowed(pack, {}, asked)
    return narrowed(pack, {mutant.block.id: ""}, asked) if kind in {"measures", "limits", "targets"} else pack


class _Asked:
    """The reference engine asked about the cases near one example; engines of a day are kept."""

    def __init__(self, example: Accepted, engine: CaseEngine) -> None:
        self._example, self._engine = example, engine
        self._engines: dict[date, CaseEngine] = {}

    def decision(self, variant: Variant) -> Decision:
        """What is decided about the subject of a variant."""
        case = variant.case
        return self._on(variant.on).decide(case.store, str(case.subject), case.subject_id)

    def answers(self, variant: Variant, facts: tuple[str, ...] = ()) -> Answers:
        """The answers about the subject of a variant."""
        answers = of_decision(self.decision(variant))
        answers.facts = {name: self._fact(variant, name).value for name in facts}
        return answers

    def steps(self, variant: Variant, facts: tuple[str, ...]) -> Mapping[str, Iterable[Step]]:
        """The steps of what is decided about the subject of a variant, and of its facts."""
        return {name: [self._fact(variant, name)] for name in facts} | self.decision(variant).by_block()

    def _fact(self, variant: Variant, name: str) -> Step:
        case = variant.case
        return self._on(variant.on).fact(case.store, str(case.subject), case.subject_id, name)

    def _on(self, day: date) -> CaseEngine:
        if day not in self._engines:
            self._engines[day] = self._example.engine_like(self._engine, day)
        return self._engines[day]


def _facts(pack: Pack, mutant: Mutant, base: Accepted) -> tuple[str, ...]:
    """The changed fact itself, where it belongs to the subject and has a value of its own."""
    kind, key = mutant.key
    return (key[1],) if kind == "facts" and key[0] == base.case.subject and pack.facts[key].type != SHARE else ()


def _difference(answers: Answers, others: Answers) -> Answers:
    """The answers that are not the same as others."""
    return Answers(
        {name: answer for name, answer in answers.measures.items() if answer != others.measures.get(name)},
        {name: state for name, state in answers.checks.items() if state != others.checks.get(name)},
        {name: value for name, value in answers.facts.items() if value != others.facts.get(name)},
    )


def propose_trials(
    pack: Pack, tried: Sequence[Tried], examples: Sequence[Accepted], progress: Progress | None = None
) -> Iterator[Proposal]:
    """Cases that try thresholds and junctions in the ways that are missing, until none is or all have been varied.

    First those aimed at the thresholds, then those that lie near in any way.
    """
    gaps: dict[Gap, Tried] = {(id(item.node), way): item for item in tried for way in item.missing}
    variants = Variants(pack)
    aiming = ((base, aimed(base, {node for node, _ in gaps})) for base in examples)
    nearing = ((base, variants.near(base.case, base.on)) for base in examples)
    for number, (base, tries) in enumerate(chain(aiming, nearing), 1):
        if base.is_about_one and gaps:
            yield from _trials(pack, base, tries, gaps)
        if progress is not None:
            progress(number, 2 * len(examples), base.example.name)


def _trials(pack: Pack, base: Accepted, variants: Iterable[Variant], gaps: dict[Gap, Tried]) -> Iterator[Proposal]:
    asked = _Asked(base, base.base)
    for variant in variants:
        yield from _trial(pack, base, asked, variant, gaps)


def _trial(pack: Pack, base: Accepted, asked: _Asked, variant: Variant, gaps: dict[Gap, Tried]) -> Iterator[Proposal]:
    facts = _own_facts(base, list(gaps.values()))
    closed = {gap: names for gap, names in _ways(asked.steps(variant, facts)).items() if gap in gaps}
    if not closed:
        return
    names = set().union(*closed.values())
    facts = tuple(name for name in facts if name in names)
    answers = asked.answers(variant, facts)
    if _agreed(pack, base, variant, facts, answers):
        why = "; ".join(f"{gaps[gap].block.id} {gap[1]}" for gap in closed)
        for gap in closed:
            del gaps[gap]
        yield Proposal(base, variant, why, _only(answers, names))


def _own_facts(base: Accepted, tried: Sequence[Tried]) -> tuple[str, ...]:
    """The facts of the subject, with a value of their own, among the blocks that are tried."""
    facts = [item.block for item in tried if isinstance(item.block, FactDef) and item.block.type != SHARE]
    return tuple(dict.fromkeys(fact.id for fact in facts if fact.register == base.case.subject))


def _ways(steps: Mapping[str, Iterable[Step]]) -> dict[Gap, set[str]]:
    """What a decision tries, with the measures, limits, targets and facts that rest on it."""
    ways: dict[Gap, set[str]] = {}
    for name, roots in steps.items():
        for step in below(roots):
            way = way_of(step)
            if way is not None:
                ways.setdefault((id(step.node), way), set()).add(name)
    return ways


def _only(answers: Answers, names: set[str]) -> Answers:
    return Answers(
        {name: answer for name, answer in answers.measures.items() if name in names},
        {name: state for name, state in answers.checks.items() if name in names},
        answers.facts,
    )


def _agreed(pack: Pack, base: Accepted, variant: Variant, facts: tuple[str, ...], answers: Answers) -> bool:
    other = by_sql(pack, variant.case, variant.on, facts, as_if=base.example.as_if_in_force)
    own = other.get((str(variant.case.subject), str(variant.case.subject_id)))
    return own is not None and comparable({"": own}) == comparable({"": answers})
