"""Reading cases: the queue of a desk, lists within an area, and everything about one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from luoshi.office.accounts.roles import Scope
from luoshi.office.casework.models import Case, Claim, Decision, Objection, Task, Vote
from luoshi.office.casework.routing import HANDS, TAKERS, Actor

PAGE = 50
SHOWN = ("open", "late", "mine", "beside")
"""What of a queue is shown: all that waits, what is late, what one has taken on, and what repeats."""


@dataclass(frozen=True)
class Waiting:
    """How much waits at a desk: all of it, what is late, and what one has taken on oneself."""

    open: int
    late: int
    mine: int


@dataclass(frozen=True)
class TaskPage:
    """Some tasks of a queue; `after` is where the next page goes on, None on the last."""

    tasks: tuple[Task, ...]
    after: str | None


@dataclass(frozen=True)
class CasePage:
    """Some cases, the newest first; `after` is where the next page goes on, None on the last."""

    cases: tuple[Case, ...]
    after: int | None


def queue(
    actor: Actor, today: date, shown: str = "open", pack_id: str = "", procedure: str = "", after: str = ""
) -> TaskPage:
    """The tasks that wait at somebody's desk: what is due first comes first, what has no day last, the oldest first.

    Of what applicants have to do themselves only what is handed in at the desk for them stands there.
    """
    found = _shown(_at_desk(actor), actor, today, shown)
    if pack_id:
        found = found.filter(case__pack_id=pack_id)
    if procedure:
        found = found.filter(case__procedure=procedure)
    found = _behind(found, after).select_related("case").order_by(F("due").asc(nulls_last=True), "id")
    some = list(found[: PAGE + 1])
    return TaskPage(tuple(some[:PAGE]), _place(some[PAGE - 1]) if len(some) > PAGE else None)


def waiting(actor: Actor, today: date) -> Waiting:
    """How much waits at somebody's desk."""
    counts = {shown: _shown(_at_desk(actor), actor, today, shown).count() for shown in ("open", "late", "mine")}
    return Waiting(**counts)


def procedures_waiting(actor: Actor, today: date) -> Sequence[tuple[str, str, int]]:
    """The procedures with something in the queue: pack, procedure, how many."""
    found = _shown(_at_desk(actor), actor, today, "open").order_by()
    return list(found.values_list("case__pack_id", "case__procedure").annotate(Count("id")))


def cases(scope: Scope, state: str = "", text: str = "", pack_id: str = "", after: int | None = None) -> CasePage:
    """The cases of an area and below, the newest first, of a state (`contested`: with an open objection) or any;
    `text` finds one by the beginning of its number."""
    found = within(scope)
    if state == "contested":
        found = found.filter(Exists(Objection.objects.filter(case=OuterRef("pk"), state=Objection.State.OPEN)))
    elif state:
        found = found.filter(state=state)
    if pack_id:
        found = found.filter(pack_id=pack_id)
    if text:
        found = found.filter(number__startswith=text.strip())
    if after is not None:
        found = found.filter(id__lt=after)
    some = list(found.order_by("-id").prefetch_related("claims")[: PAGE + 1])
    return CasePage(tuple(some[:PAGE]), some[PAGE - 1].id if len(some) > PAGE else None)


def counts(scope: Scope, pack_id: str = "") -> dict[str, int]:
    """How many cases of an area and below stand how."""
    found = within(scope).filter(pack_id=pack_id) if pack_id else within(scope)
    return {str(state): number for state, number in found.order_by().values_list("state").annotate(Count("id"))}


def find_case(number: str, scope: Scope) -> Case | None:
    """The case of a number; None beyond the area."""
    return within(scope).filter(number=number).first()


def cases_of_row(pack_id: str, register: str, row_id: int | str, scope: Scope) -> Sequence[Case]:
    """The cases about a row, or in which something is claimed for it, the newest first."""
    about = Q(register=register, row_id=row_id) | Q(claims__register=register, claims__row_id=row_id)
    found = within(scope).filter(about, pack_id=pack_id).distinct()
    return list(found.order_by("-id").prefetch_related("claims"))


def tasks_of(case: Case) -> Sequence[Task]:
    """The tasks of a case, in the order they were opened."""
    return list(case.tasks.order_by("id"))


def votes_of(case: Case) -> Sequence[Vote]:
    """What everybody did in a case, in order."""
    return list(case.votes.select_related("task").order_by("id"))


def claims_of(case: Case) -> Sequence[Claim]:
    """What is claimed in a case."""
    return list(case.claims.order_by("id"))


def decisions_of(case: Case) -> Sequence[Decision]:
    """What was decided in a case, the newest first."""
    return list(case.decisions.select_related("claim").order_by("-id"))


def granted_before(claim: Claim) -> Sequence[Claim]:
    """The same measure granted to the same row in other cases, the newest first."""
    same = Claim.objects.filter(pack_id=claim.pack_id, measure=claim.measure, row_id=claim.row_id)
    return list(
        same.filter(state=Claim.State.GRANTED).exclude(case=claim.case_id).select_related("case").order_by("-id")
    )


def within(scope: Scope) -> QuerySet[Case]:
    """The cases that somebody sees: drafts are their makers' own affair."""
    return Case.objects.filter(area__startswith=scope.area).exclude(state=Case.State.DRAFT)


def figures(pack_id: str, area: str) -> dict[str, dict[str, int]]:
    """How many claims of an area and below stand how, by measure: applied, granted, refused, paid."""
    found = Claim.objects.filter(pack_id=pack_id, case__area__startswith=area).exclude(state=Claim.State.DRAFT)
    granted, paid = Q(state=Claim.State.GRANTED), Q(paid_on__isnull=False)
    counted = {
        "applied": Count("id"),
        "granted": Count("id", filter=granted),
        "refused": Count("id", filter=Q(state=Claim.State.REFUSED)),
        "paid": Count("id", filter=paid),
    }
    rows = found.order_by().values_list("measure").annotate(**counted)
    return {measure: dict(zip(counted, numbers, strict=True)) for measure, *numbers in rows}


def _at_desk(actor: Actor) -> QuerySet[Task]:
    if actor.role not in HANDS:
        return Task.objects.none()
    seats = Q(by_claimant=False, desk_area=actor.area, department=actor.department)
    if actor.role in TAKERS:
        seats |= Q(by_claimant=True, desk_area__startswith=actor.area)
    open_cases = Q(case__state=Case.State.RUNNING) | Q(repeats=True)
    return Task.objects.filter(seats, open_cases, finished_at=None)


def _shown(found: QuerySet[Task], actor: Actor, today: date, shown: str) -> QuerySet[Task]:
    alone = Q(act="pay") | ~Q(notice="")
    if shown == "beside":
        return found.filter(repeats=True)
    found = found.filter(repeats=False).exclude(alone)
    if shown == "late":
        return found.filter(due__lt=today, paused_on=None)
    return found.filter(holder=actor.name) if shown == "mine" else found


def _place(task: Task) -> str:
    return f"{task.due or ''}~{task.id}"


def _behind(found: QuerySet[Task], after: str) -> QuerySet[Task]:
    due, _, number = after.partition("~")
    if not number.isdigit():
        return found
    if not due:
        return found.filter(due=None, id__gt=int(number))
    return found.filter(Q(due__gt=due) | Q(due=due, id__gt=int(number)) | Q(due=None))
