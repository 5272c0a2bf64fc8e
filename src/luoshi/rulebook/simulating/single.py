"""One subject through both sides of a simulation, with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.steps import Decision, Determination
from luoshi.rulebook.simulating.causes import ABSENT, Causes, Verdict, Why
from luoshi.rulebook.simulating.differing import changes_between
from luoshi.rulebook.simulating.side import Side


@dataclass(frozen=True)
class Pair:
    """What a measure comes to before and after; None where a side does not have it. `why` is there when it differs."""

    measure: str
    before: Determination | None
    after: Determination | None
    why: Why | None


@dataclass(frozen=True)
class SingleSimulation:
    """One subject decided on both sides, measure by measure."""

    causes: Causes
    decisions: tuple[Decision, Decision]
    pairs: tuple[Pair, ...]


def simulate_case(before: Side, after: Side, cases: tuple[Case, Case]) -> SingleSimulation:
    """Decide a case on both sides; each side reads the case by its own pack."""
    causes = Causes(before, after, changes_between(before, after))
    decisions = _decide(before, cases[0]), _decide(after, cases[1])
    old, new = ({item.measure.id: item for item in decision.determinations} for decision in decisions)
    names = [*new, *(name for name in old if name not in new)]
    return SingleSimulation(
        causes, decisions, tuple(_pair(name, old.get(name), new.get(name), causes) for name in names)
    )


def _decide(side: Side, case: Case) -> Decision:
    assert case.subject is not None
    engine = CaseEngine(side.pack, side.on, side.settings(), as_if_in_force=side.as_if_in_force)
    return engine.decide(case.store, case.subject, case.subject_id)


def _pair(name: str, before: Determination | None, after: Determination | None, causes: Causes) -> Pair:
    old, new = _verdict(before), _verdict(after)
    amounts = [item.amount for item in (before, after) if item is not None]
    both = old.outcome == new.outcome == Outcome.ELIGIBLE
    differs = both and amounts[0] != amounts[-1]
    changed = old.outcome != new.outcome or differs
    why = causes.why(name, old, new, amount_differs=differs) if changed else None
    return Pair(name, before, after, why)


def _verdict(item: Determination | None) -> Verdict:
    return ABSENT if item is None else Verdict(item.outcome, item.unmet, item.unknown)
