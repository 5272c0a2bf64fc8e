"""One person acts at one task: the vote is kept, and what follows from it is done in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.office.casework import certifying, entering, paying, settling, telling
from luoshi.office.casework.checklist import lacking
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.flow import ALONE, DROPPED, Move, come_to, move, results_of
from luoshi.office.casework.models import Case, Claim, Task, Vote
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import finish, go, hold, record
from luoshi.office.casework.recommending import pack_of, recommend
from luoshi.office.casework.routing import Actor, works_at
from luoshi.office.casework.settling import Outcome
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack

NEEDS_REASON = frozenset({"refused", "sent_back", "not_in_order", "against", "not_passed", "withdraw", "rectify"})
WITHOUT_PAPERS = frozenset({"sent_back", "not_in_order", "against", "refused"})
"""What one may come to though papers are lacking."""


@dataclass(frozen=True)
class Act:
    """What somebody does at a task. `outcomes` by the number of a claim, where it is decided about claims;
    `details` what is recorded: a number, a day, those present and in favour, how somebody was told. `seen`: how often a
    task that repeats had been done when the form was shown; without it, as often as now."""

    result: str
    reason: str = ""
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    seen: int | None = None


@transaction.atomic
def act(task: Task, done: Act, actor: Actor, at: Moment) -> Vote:
    """The vote is kept. When the step has thereby come to something the case goes on; money granted is set aside.

    The same vote of the same person again changes nothing. `CaseError`: not at their desk (`desk`), done already
    (`done`), a result the step has not (`result`), no reason (`reason`), papers lacking (`papers`), an act that ends
    by itself (`alone`), another hand of the same person (`hand`), another record since the form was shown (`turn`),
    claims left out or decided otherwise than by the office before (`outcomes`, `differs`), claimed by another case
    meanwhile (`claimed`). What the treasury refuses it raises: `treasury.errors.Refused`.
    """
    case = hold(task.case)
    task = Task.objects.get(pk=task.pk)
    task.case = case
    pack = pack_of(case)
    step = step_of(pack.procedures[case.procedure], task.step)
    repeated = find_vote(task, actor, done)
    if repeated is not None and repeated.result == done.result:
        return repeated
    _check(task, pack.procedures[case.procedure], step, done, actor)
    vote = _cast(task, pack, done, actor, at)
    record(f"case.{task.act}", case, at, step=task.step, result=done.result)
    if task.act == "apply":
        _file(case, at)
    if settling.disagrees(vote):
        go(case, pack, Move(step, back=True), at)
    elif not task.repeats and not settling.awaits_second(vote):
        finish(task, done.result, at)
        proceed(case, pack, step, at)
    return vote


def proceed(case: Case, pack: Pack, step: ProcedureStep, at: Moment) -> None:
    """The case goes on if its step has come to something."""
    procedure = pack.procedures[case.procedure]
    tasks = list(case.tasks.filter(step=step.id, visit=case.visit))
    result = come_to(step, [task.result for task in tasks])
    if not result:
        return
    for left in tasks:
        if left.is_open:
            finish(left, DROPPED, at)
    if step.act == "decide":
        settling.settle(case, pack, step, at)
        telling.decided(case, at)
    elif step.act == "review":
        certifying.conclude(case, step, result, at)
    elif step.act == "certify":
        certifying.certify(case, step, at)
    entering.enter(case, pack, step, case.end if step.act == "decide" else result, at)
    go(case, pack, move(procedure, step, result, case.end), at)
    follow_payment(case, pack, at)


def follow_payment(case: Case, pack: Pack, at: Moment) -> None:
    """A case that waits for its money goes on when all of it is paid; at once where none was granted."""
    waiting = list(case.tasks.filter(act="pay", finished_at=None, visit=case.visit))
    if not waiting or not paying.is_over(case):
        return
    case.claims.filter(state=Claim.State.GRANTED, amount__isnull=False).update(paid_on=at.today)
    for task in waiting:
        finish(task, "paid", at)
    if case.claims.filter(amount__isnull=False, paid_on=at.today).exists():
        telling.paid(case, at)
    proceed(case, pack, step_of(pack.procedures[case.procedure], waiting[0].step), at)


def step_of(procedure: Procedure, name: str) -> ProcedureStep:
    """The step of a name."""
    return next(step for step in procedure.steps if step.id == name)


def find_vote(task: Task, actor: Actor, done: Act | None = None) -> Vote | None:
    """What somebody has done at the same visit of a step; where it repeats, the same at the same turn."""
    same = Vote.objects.filter(case=task.case, step=task.step, visit=task.visit, person=actor.name)
    if not task.repeats:
        return same.first()
    if done is None or done.seen is None:
        return None
    return same.filter(task=task, turn=done.seen + 1, reason=done.reason.strip()).first()


def _check(task: Task, procedure: Procedure, step: ProcedureStep, done: Act, actor: Actor) -> None:
    if not task.is_open or not (task.case.is_open or task.repeats):
        raise CaseError("done", step=task.step)
    if not (task.by_claimant and actor.is_claimant) and not works_at(actor, task):
        raise CaseError("desk", office=task.office)
    if task.act in ALONE:
        raise CaseError("alone", act=task.act)
    if done.result not in results_of(procedure, step):
        raise CaseError("result", seen=done.result, known=list(results_of(procedure, step)))
    if done.result in NEEDS_REASON and not done.reason.strip():
        raise CaseError("reason", result=done.result)
    if done.result not in WITHOUT_PAPERS and (missing := lacking(task.case, step)):
        raise CaseError("papers", items=missing)
    if find_vote(task, actor) is not None:
        raise CaseError("hand", person=actor.name)


def _cast(task: Task, pack: Pack, done: Act, actor: Actor, at: Moment) -> Vote:
    outcomes, departs = _decided(task, pack, done, at) if task.act == "decide" else ({}, False)
    reason = done.reason.strip()
    if not reason and (departs or any(one.result == "refused" for one in outcomes.values())):
        raise CaseError("reason", result="departs" if departs else "refused")
    vote = Vote(
        case=task.case,
        task=task,
        step=task.step,
        visit=task.visit,
        act=task.act,
        turn=_turn(task, done),
        person=actor.name,
        stands_in_for=actor.stands_in_for,
        for_office=not actor.is_claimant,
        result=done.result,
        reason=reason,
        outcomes={str(number): one.plain() for number, one in outcomes.items()},
        departs=departs,
        details=dict(done.details),
        at=at.now,
    )
    try:
        with transaction.atomic():
            vote.save(force_insert=True)
    except IntegrityError as error:
        raise CaseError("hand", person=actor.name) from error
    return vote


def _turn(task: Task, done: Act) -> int:
    """Which of the votes at the task it is, where it repeats."""
    before = task.votes.count() if task.repeats else 0
    if task.repeats and done.seen not in (None, before):
        raise CaseError("turn")
    return before + 1


def _decided(task: Task, pack: Pack, done: Act, at: Moment) -> tuple[dict[int, Outcome], bool]:
    """What is decided about each claim, and whether any of it departs from what the system recommends."""
    claims = list(task.case.claims.filter(state=Claim.State.ASKED).order_by("id"))
    found = recommend(task.case, claims, at.today)
    outcomes = settling.checked_outcomes(pack, task, done.result, done.outcomes, found)
    settling.check_agreement(task, outcomes)
    return outcomes, any(not found[number].agrees(one.result, one.amount) for number, one in outcomes.items())


def _file(case: Case, at: Moment) -> None:
    """What was a draft is filed now; what is claimed is claimed by nobody else from now on."""
    if case.state != Case.State.DRAFT:
        return
    for claim in case.claims.filter(state=Claim.State.DRAFT):
        claim.state = Claim.State.ASKED
        try:
            with transaction.atomic():
                claim.save(update_fields=["state"])
        except IntegrityError:
            raise CaseError("claimed", measure=claim.measure, case=_holder(claim)) from None
    case.state, case.filed_on = Case.State.RUNNING, at.today
    case.save(update_fields=["state", "filed_on"])


def _holder(claim: Claim) -> str:
    same = Claim.objects.filter(
        pack_id=claim.pack_id,
        measure=claim.measure,
        row_id=claim.row_id,
        period=claim.period,
        state__in=(Claim.State.ASKED, Claim.State.GRANTED),
    )
    found = same.select_related("case").first()
    return found.case.number if found else ""
