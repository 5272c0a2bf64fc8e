"""Public notices of cases: several stand in one; each goes on when its days are over and nobody was right to object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from luoshi.office.casework.acting import proceed, step_of
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Claim, Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import finish, hold, record
from luoshi.office.casework.paying import reference
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import Actor, works_at
from luoshi.office.notices import actions as notices
from luoshi.office.notices import queries as posted
from luoshi.office.notices.drafting import Draft, Subject, kind_of
from luoshi.office.notices.models import Notice
from luoshi.office.notices.queries import Outcome

COME_TO = {Outcome.CLEAR: "clear", Outcome.ANSWERED: "clear", Outcome.UPHELD: "upheld"}
"""What a notice that has ended means for a case."""


@dataclass(frozen=True)
class Posting:
    """How a notice is worded: its heading, the office that posts it, and the days with the paper that sets them, where
    the policy names no number. `key`: posted once."""

    key: str
    heading: str
    office: str
    area: str
    days: int | None = None
    paper: str = ""


@dataclass(frozen=True)
class Shown:
    """What a case is called on a notice: its claimant and where that is. No more may be shown."""

    name: str
    place: str


@transaction.atomic
def post(tasks: Sequence[tuple[Task, Shown]], wanted: Posting, actor: Actor, at: Moment) -> Notice:
    """One notice shows the cases of several tasks of the same step. `CaseError` as for acting, and for cases of
    several procedures (`mixed`); what cannot be posted: `notices.errors.WrongDraft`."""
    found = posted.find_by_key(wanted.key)
    if found is not None:
        return found
    held = [(_held(task, actor), shown) for task, shown in tasks]
    first = held[0][0]
    alike = {(task.step, task.case.procedure, task.case.pack_hash) for task, _ in held}
    if len(alike) > 1:
        raise CaseError("mixed")
    draft = Draft(
        key=wanted.key,
        pack=pack_of(first.case),
        procedure=first.case.procedure,
        step=first.step,
        heading=wanted.heading,
        office=wanted.office,
        area=wanted.area,
        subjects=tuple(_subject(task.case, shown) for task, shown in held),
        days=wanted.days,
        paper=wanted.paper,
    )
    notice = notices.publish(draft, by=at.by, today=at.today, now=at.now, origin=at.origin)
    for task, _ in held:
        task.notice = wanted.key
        task.save(update_fields=["notice"])
        record("case.notice", task.case, at, step=task.step)
    return notice


def follow(task: Task, at: Moment) -> bool:
    """Whether a notice of a case has ended, whereupon the case goes on or back. One taken down is to be posted anew."""
    notice = posted.find_by_key(task.notice)
    if notice is None or not task.is_open:
        return False
    with transaction.atomic():
        case = hold(task.case)
        outcome = posted.outcome(notice, at.today, reference(case))
        if outcome == Outcome.TAKEN_DOWN:
            Task.objects.filter(pk=task.pk, finished_at=None).update(notice="")
        held = case.tasks.filter(pk=task.pk, finished_at=None).first()
        if held is None or outcome not in COME_TO:
            return False
        finish(held, COME_TO[outcome], at)
        pack = pack_of(case)
        proceed(case, pack, step_of(pack.procedures[case.procedure], held.step), at)
    return True


def _held(task: Task, actor: Actor) -> Task:
    case = hold(task.case)
    held = case.tasks.filter(pk=task.pk, finished_at=None, act="notice").first()
    if held is None or held.notice:
        raise CaseError("done", step=task.step)
    held.case = case
    if not works_at(actor, held):
        raise CaseError("desk", office=held.office)
    return held


def _subject(case: Case, shown: Shown) -> Subject:
    claims = list(case.claims.filter(state__in=(Claim.State.ASKED, Claim.State.GRANTED)).order_by("id"))
    amounts = [claim.amount for claim in claims if claim.amount is not None]
    return Subject(
        reference=reference(case),
        kind=kind_of(pack_of(case), case.register),
        name=shown.name,
        place=shown.place,
        measure=claims[0].measure if len(claims) == 1 else "",
        amount=sum(amounts, Decimal(0)) if amounts else None,
    )
