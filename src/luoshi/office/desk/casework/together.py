"""Several tasks of the same step done at once, where nothing has to be said about each case by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.casework import publishing
from luoshi.office.casework.acting import Act, act
from luoshi.office.casework.models import Claim, Task
from luoshi.office.casework.recommending import recommend
from luoshi.office.casework.settling import Outcome
from luoshi.office.desk.case_words import WAYS
from luoshi.office.desk.casework.act_views import ERRORS, posting_of, shown_on_notice
from luoshi.office.desk.casework.calling import called, procedure_of, step_of
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.casework.forms import PostingForm
from luoshi.office.desk.casework.seeing import Seat

ONE_RESULT = {"check": "in_order", "opinion": "for", "decide": "granted", "tell": "told", "record": "done"}
"""What a step can come to for many cases at once: only what needs no reason of its own."""
MOST = 50
REASON = 1000


class TogetherForm(forms.Form):
    """What is said for all cases alike."""

    how = forms.ChoiceField(label=gettext_lazy("怎样告知"), choices=list(WAYS.items()))
    reason = forms.CharField(
        label=gettext_lazy("意见（写给每一件，可以不填）"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act != "tell":
            del self.fields["how"]


@dataclass(frozen=True)
class Line:
    """A case among several: whether it can be done with the others, else why not."""

    task: Task
    problem: str = ""


@dataclass(frozen=True)
class Done:
    """What came of one case."""

    number: str
    problem: str = ""


def list_chosen(seat: Seat, numbers: Sequence[str]) -> list[Task]:
    """The open tasks of some numbers that wait at one's desk, at most a page of them."""
    wanted = [int(each) for each in numbers if each.isascii() and each.isdecimal() and len(each) <= 18][:MOST]
    found = Task.objects.filter(id__in=wanted, case__area__startswith=seat.actor.area, finished_at=None)
    tasks = found.select_related("case").order_by("id")
    return [task for task in tasks if seat.works_at(task)]


def is_alike(tasks: Sequence[Task]) -> bool:
    """Whether tasks are the same step of the same procedure in the same text, and one that can be done for many."""
    steps = {(one.case.pack_id, one.case.pack_hash, one.case.procedure, one.step, one.act) for one in tasks}
    return len(steps) == 1 and (tasks[0].act in ONE_RESULT or tasks[0].act == "notice")


def lines(seat: Seat, tasks: Sequence[Task]) -> list[Line]:
    """Each task, and what keeps it from being done with the others as far as that is known beforehand."""
    return [Line(task, _hindrance(seat, task)) for task in tasks]


def posting_form(seat: Seat, task: Task, key: str, data: Any = None) -> PostingForm:
    """The form of one notice for many cases."""
    step = step_of(procedure_of(seat, task.case), task.step)
    heading = _("%(procedure)s公示") % {"procedure": procedure_of(seat, task.case).title.zh}
    is_silent = step.notice is not None and step.notice.days is None
    return PostingForm(data, initial={"heading": heading, "key": key}, is_silent=is_silent)


def do(seat: Seat, tasks: Sequence[Task], given: dict[str, Any]) -> list[Done]:
    """Each task is done by itself: one that cannot be done keeps no other back."""
    return [_do(seat, task, given) for task in tasks]


def post(seat: Seat, tasks: Sequence[Task], given: dict[str, Any]) -> list[Done]:
    """One notice for all cases, or none at all."""
    words = called(seat, [task.case for task in tasks])
    shown = [(task, shown_on_notice(seat, task.case, words[task.case_id])) for task in tasks]
    try:
        publishing.post(shown, posting_of(given, tasks[0].desk_area), seat.actor, seat.moment())
    except ERRORS as error:
        return [Done(task.case.number, said(error, _about(seat, task))) for task in tasks]
    return [Done(task.case.number) for task in tasks]


def _do(seat: Seat, task: Task, given: dict[str, Any]) -> Done:
    details = {"how": given["how"]} if given.get("how") else {}
    try:
        outcomes = _as_recommended(seat, task) if task.act == "decide" else {}
        act(task, Act(ONE_RESULT[task.act], given.get("reason", ""), outcomes, details), seat.actor, seat.moment())
    except ERRORS as error:
        return Done(task.case.number, said(error, _about(seat, task)))
    except _ByItself as error:
        return Done(task.case.number, str(error))
    return Done(task.case.number)


class _ByItself(Exception):
    """A case that has to be looked at by itself."""


def _as_recommended(seat: Seat, task: Task) -> dict[int, Outcome]:
    """Every claim granted as it is recommended; a case in which any is not cannot be decided so."""
    claims = list(task.case.claims.filter(state=Claim.State.ASKED).order_by("id"))
    found = recommend(task.case, claims, seat.today)
    if any(one.outcome != "eligible" for one in found.values()):
        raise _ByItself(_("建议不是每一项都符合，请单独办理。"))
    return {claim.id: Outcome("granted", found[claim.id].amount) for claim in claims}


def _hindrance(seat: Seat, task: Task) -> str:
    if task.notice:
        return _("已经发布公示，等公示期满。")
    if task.act != "decide":
        return ""
    try:
        _as_recommended(seat, task)
    except _ByItself as error:
        return str(error)
    return ""


def _about(seat: Seat, task: Task) -> About:
    return About(seat.packs.of(task.case), task.case.procedure, seat.lang)
