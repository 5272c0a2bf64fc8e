"""What follows from what was done at a step: pure, of the procedure and of results; nothing here reads a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from luoshi.rulebook.model.administration import Procedure, ProcedureStep

RESULTS: Mapping[str, tuple[str, ...]] = {
    "apply": ("handed_in",),
    "check": ("in_order", "not_in_order", "sent_back"),
    "opinion": ("for", "against"),
    "meet": ("passed", "not_passed"),
    "notice": ("clear", "upheld"),
    "decide": ("granted", "refused"),
    "tell": ("told",),
    "certify": ("given",),
    "pay": ("paid",),
    "record": ("done",),
}
"""What each act can come to; a review to the ends that its procedure names."""
BACK = frozenset({"sent_back", "upheld"})
WORSE = ("sent_back", "upheld", "refused", "not_in_order", "against", "not_passed", "withdraw", "rectify")
"""Of what several offices came to, the first of these counts for the step."""
DROPPED = "dropped"
"""The result of a task that nobody needs to do any more."""
ALONE = frozenset({"notice", "pay"})
"""Acts that end by themselves: when the days of a notice are over, when the bank has paid."""


@dataclass(frozen=True)
class Move:
    """Where a case goes: `to` a step (None: it is at its end), `back` to one that was done before, and the steps
    `beside` it that are opened on the way and hold nothing up."""

    to: ProcedureStep | None
    back: bool = False
    beside: tuple[ProcedureStep, ...] = ()


def results_of(procedure: Procedure, step: ProcedureStep) -> tuple[str, ...]:
    """What somebody may do at a step; sending back only where there is somewhere to send to."""
    if step.act == "review":
        return procedure.review_of.ends if procedure.review_of else ()
    found = RESULTS[step.act or "record"]
    return found if procedure.find_back(step) else tuple(one for one in found if one not in BACK)


def come_to(step: ProcedureStep, results: Sequence[str]) -> str:
    """What a step came to, by the results of its offices ("" where one is not done); "" while that is open.

    Where any one of them will do, the first that is done counts. Else all must be done, so that whoever is sent back
    hears everything at once; and one that refuses is enough.
    """
    results = [result for result in results if result != DROPPED]
    done = [result for result in results if result]
    if step.any_of:
        return done[0] if done else ""
    if len(done) < len(results):
        return ""
    return next((bad for bad in WORSE if bad in done), done[0])


def move(procedure: Procedure, step: ProcedureStep, result: str, end: str) -> Move:
    """Where a case goes from a step that came to a result, once the decision came to `end` ("" before it)."""
    if result in BACK:
        return Move(procedure.find_back(step), back=True)
    if result == "not_passed" and step.sends_back_to:
        return Move(procedure.find_back(step), back=True)
    beside: list[ProcedureStep] = []
    for following in _taken(procedure.steps[procedure.steps.index(step) + 1 :], end):
        if not repeats(following):
            return Move(following, beside=tuple(beside))
        beside.append(following)
    return Move(None, beside=tuple(beside))


def repeats(step: ProcedureStep) -> bool:
    """Whether it is done again and again."""
    return step.act == "record" and (step.every is not None or bool(step.after))


def first(procedure: Procedure) -> ProcedureStep:
    """The step at which somebody applies; where nobody does, the very first."""
    applied = procedure.list_by_act("apply")
    return applied[0] if applied else procedure.steps[0]


def _taken(steps: Sequence[ProcedureStep], end: str) -> Iterator[ProcedureStep]:
    return (step for step in steps if step.end in (None, end))
