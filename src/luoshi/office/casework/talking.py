"""Talk about a case, who takes a task on, and clocks that stand still while somebody is waited for."""

from __future__ import annotations

from django.db import transaction

from luoshi.office import workdays
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Message, Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import record
from luoshi.office.casework.routing import Actor, works_at


@transaction.atomic
def say(case: Case, text: str, at: Moment, *, from_claimant: bool = False, for_claimant: bool = False) -> Message:
    """A line of talk; `CaseError` (`blank`, `long`) where there is nothing in it or too much."""
    words = text.strip()
    if not words:
        raise CaseError("blank")
    if len(words) > Message.LONGEST:
        raise CaseError("long", most=Message.LONGEST)
    record("case.message", case, at)
    return Message.objects.create(
        case=case, text=words, by=at.by, from_claimant=from_claimant, for_claimant=for_claimant, at=at.now
    )


@transaction.atomic
def hand_over(task: Task, holder: str, actor: Actor, at: Moment) -> None:
    """Somebody of the desk takes a task on, or another is given it; "" leaves it to whoever comes first."""
    held = _open(task, actor)
    if held.holder != holder:
        held.holder = holder
        held.save(update_fields=["holder"])
        record("case.hand-over", held.case, at, step=held.step, holder=holder)


@transaction.atomic
def pause(task: Task, reason: str, actor: Actor, at: Moment) -> None:
    """The clock of a task stands still, for a reason (`CaseError` `reason`) that everybody sees."""
    held = _open(task, actor)
    if not reason.strip():
        raise CaseError("reason", result="pause")
    if held.paused_on is None:
        held.paused_on, held.pause_reason = at.today, reason.strip()
        held.save(update_fields=["paused_on", "pause_reason"])
        record("case.pause", held.case, at, step=held.step)


@transaction.atomic
def go_on(task: Task, actor: Actor, at: Moment) -> None:
    """The clock runs again: its working days that were left when it stopped are left now."""
    held = _open(task, actor)
    if held.paused_on is None:
        return
    if held.due is not None:
        left = workdays.between(held.paused_on, held.due)
        held.due = workdays.after(at.today, left) if left > 0 else held.due
    held.paused_on, held.pause_reason = None, ""
    held.save(update_fields=["due", "paused_on", "pause_reason"])
    record("case.go-on", held.case, at, step=held.step)


def _open(task: Task, actor: Actor) -> Task:
    held = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=task.pk)
    if not held.is_open:
        raise CaseError("done", step=held.step)
    if not works_at(actor, held):
        raise CaseError("desk", office=held.office)
    return held
