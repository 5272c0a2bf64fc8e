"""What officials do at a case: act at a step, take it on or hand it over, stop its clock, talk, answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.office.casework import contesting, opening, publishing, talking
from luoshi.office.casework.acting import act, find_vote
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Objection, Task
from luoshi.office.casework.publishing import Posting, Shown
from luoshi.office.desk.case_words import result_words
from luoshi.office.desk.casework.calling import Called, called
from luoshi.office.desk.casework.colleagues import colleagues_at
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.casework.forms import ActForm, AnswerForm, HolderForm, ObjectionForm, PauseForm, TalkForm
from luoshi.office.desk.casework.known import know
from luoshi.office.desk.casework.page import case_page, desk_of
from luoshi.office.desk.casework.seeing import Seat, get_case, get_task, seat_of
from luoshi.office.notices.errors import NoticeError
from luoshi.office.treasury import payees
from luoshi.office.treasury.errors import Refused

REFUSED = 422
MOST_DIGITS = 6
"""Of a number that counts what people do."""
ERRORS = (CaseError, Refused, NoticeError)


@require_POST
def done(request: HttpRequest, number: str, task: int) -> HttpResponse:
    """A task is done as its form says, or the page says why not."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found = get_task(case, task)
    if find_vote(found, seat.actor) is not None:
        return redirect("case", case.number)
    form, prefix = desk_of(know(seat, case)).form(found, request.POST), f"task-{found.id}"
    if not form.is_valid():
        return case_page(request, seat, case, {prefix: form}, status=REFUSED)
    try:
        told = _post(seat, found, form) if found.act == "notice" else _act(seat, found, form, request.POST)
    except ERRORS as error:
        return _refused(request, seat, case, prefix, form, error)
    messages.success(request, told)
    return redirect("case", case.number)


@require_POST
def handed_over(request: HttpRequest, number: str, task: int) -> HttpResponse:
    """A task is taken on, given to a colleague, or left to whoever comes first."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found = get_task(case, task)
    form = HolderForm(request.POST, prefix=f"holder-{found.id}", people=colleagues_at(found, seat.today))
    if not form.is_valid():
        return case_page(request, seat, case, problem=_("选的人今天不在这个岗位上。请重新选。"), status=REFUSED)

    def hand_over() -> str:
        talking.hand_over(found, form.cleaned_data["holder"], seat.actor, seat.moment())
        return _("已经交接。") if form.cleaned_data["holder"] else _("不再指定由谁办。")

    return _do(request, seat, case, hand_over)


@require_POST
def paused(request: HttpRequest, number: str, task: int) -> HttpResponse:
    """The clock of a task stands still."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found, form = get_task(case, task), PauseForm(request.POST, prefix=f"pause-{task}")
    if not form.is_valid():
        return case_page(request, seat, case, {f"pause-{found.id}": form}, status=REFUSED)

    def pause() -> str:
        talking.pause(found, form.cleaned_data["why"], seat.actor, seat.moment())
        return _("时限已停计，理由申请人也看得到。")

    return _do(request, seat, case, pause)


@require_POST
def gone_on(request: HttpRequest, number: str, task: int) -> HttpResponse:
    """The clock of a task runs again."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found = get_task(case, task)

    def go_on() -> str:
        talking.go_on(found, seat.actor, seat.moment())
        return _("时限继续计算。")

    return _do(request, seat, case, go_on)


@require_POST
def talked(request: HttpRequest, number: str) -> HttpResponse:
    """A line of talk is kept."""
    seat = seat_of(request)
    case, form = get_case(seat, number), TalkForm(request.POST, prefix="talk")
    if not form.is_valid():
        return case_page(request, seat, case, {"talk": form}, status=REFUSED)

    def say() -> str:
        given = form.cleaned_data
        talking.say(case, given["text"], seat.moment(), for_claimant=given["to"] == "claimant")
        return _("已留言。")

    return _do(request, seat, case, say)


@require_POST
def contested(request: HttpRequest, number: str) -> HttpResponse:
    """What somebody has brought against a decision on paper is kept."""
    seat = seat_of(request)
    case, form = get_case(seat, number), ObjectionForm(request.POST, prefix="contest")
    if not form.is_valid():
        return case_page(request, seat, case, {"contest": form}, status=REFUSED)
    given = form.cleaned_data
    try:
        contesting.contest(case, Objection.Kind(given["kind"]), given["text"], seat.moment())
    except CaseError as error:
        return _refused(request, seat, case, "contest", form, error)
    messages.success(request, _("已登记，由没有经手这件的同事答复。"))
    return redirect("case", case.number)


@require_POST
def answered(request: HttpRequest, number: str, objection: int) -> HttpResponse:
    """An objection is answered; upheld, the case is decided anew."""
    seat = seat_of(request)
    case = get_case(seat, number)
    found = case.objections.filter(id=objection).first()
    if found is None:
        raise Http404
    prefix = f"objection-{objection}"
    form = AnswerForm(request.POST, prefix=prefix)
    if not form.is_valid():
        return case_page(request, seat, case, {prefix: form}, status=REFUSED)
    upheld, words = form.cleaned_data["upheld"] == "yes", form.cleaned_data["words"]
    try:
        contesting.answer(found, upheld=upheld, words=words, actor=seat.actor, at=seat.moment())
    except ERRORS as error:
        return _refused(request, seat, case, prefix, form, error)
    messages.success(request, _("已答复。") if not upheld else _("已答复，这件退回重新决定。"))
    return redirect("case", case.number)


@require_POST
def withdrawn(request: HttpRequest, number: str) -> HttpResponse:
    """A case is taken back because the claimant said so at the desk."""
    seat = seat_of(request)
    case = get_case(seat, number)
    if not seat.takes_in:
        raise Http404

    def withdraw() -> str:
        opening.withdraw(case, seat.moment())
        return _("已按申请人的要求撤回。")

    return _do(request, seat, case, withdraw)


@require_POST
def discarded(request: HttpRequest, number: str) -> HttpResponse:
    """A draft is gone."""
    seat = seat_of(request)
    case = get_case(seat, number)
    try:
        opening.discard(case, seat.moment())
    except CaseError as error:
        return case_page(request, seat, case, problem=said(error, _about(seat, case)), status=REFUSED)
    messages.success(request, _("草稿已删除。"))
    return redirect("cases-drafts")


def shown_on_notice(seat: Seat, case: Case, words: Called) -> Shown:
    """What a notice may show of a case: a row that has no name of its own goes by that of whoever holds it."""
    pack = seat.packs.of(case)
    has_name = payees.NAME in pack.registers[case.register].fields
    holder = None if has_name else payees.known(pack, case.register, case.row_id)
    return Shown((holder.subject.name if holder else "") or words.subject, words.place)


def posting_of(given: dict[str, object], area: str) -> Posting:
    """A notice as a form words it."""
    days = given.get("days")
    return Posting(
        key=str(given["key"]),
        heading=str(given["heading"]),
        office=str(given["office"]),
        area=area,
        days=days if isinstance(days, int) else None,
        paper=str(given.get("paper", "")),
    )


def _act(seat: Seat, task: Task, form: forms.Form, given: QueryDict) -> str:
    assert isinstance(form, ActForm)
    turn = given.get("turn", "")
    seen = int(turn) if turn.isdecimal() and len(turn) <= MOST_DIGITS else None
    vote = act(task, replace(form.done(), seen=seen), seat.actor, seat.moment())
    if Task.objects.filter(pk=task.pk, finished_at=None).exists() and not task.repeats and vote.departs:
        return _("已记下。您的决定与建议不同，还要另一位同事作出同样的决定才生效。")
    return _("已记下：%(result)s。") % {"result": result_words(vote.result)}


def _post(seat: Seat, task: Task, form: forms.Form) -> str:
    words = called(seat, [task.case])[task.case_id]
    posting = posting_of(form.cleaned_data, task.desk_area)
    publishing.post([(task, shown_on_notice(seat, task.case, words))], posting, seat.actor, seat.moment())
    return _("公示已发布。期满没有成立的异议，会自己往下走。")


def _do(request: HttpRequest, seat: Seat, case: Case, what: Callable[[], str]) -> HttpResponse:
    """Do it and say so, or say why it was not done."""
    try:
        told = what()
    except ERRORS as error:
        return case_page(request, seat, case, problem=said(error, _about(seat, case)), status=REFUSED)
    messages.success(request, told)
    return redirect("case", case.number)


def _refused(
    request: HttpRequest, seat: Seat, case: Case, prefix: str, form: forms.Form, error: Exception
) -> HttpResponse:
    words = said(error, _about(seat, case))
    form.add_error(None, words)
    return case_page(request, seat, case, {prefix: form}, problem=words, status=REFUSED)


def _about(seat: Seat, case: Case) -> About:
    return About(seat.packs.of(case), case.procedure, seat.lang)
