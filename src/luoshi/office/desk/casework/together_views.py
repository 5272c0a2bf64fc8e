"""The pages on which several tasks are done at once: what will happen, and what came of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.casework.models import Task
from luoshi.office.desk.case_words import result_words
from luoshi.office.desk.casework.listing import task_lines
from luoshi.office.desk.casework.seeing import Seat, new_key, seat_of
from luoshi.office.desk.casework.tasks import office_of
from luoshi.office.desk.casework.together import (
    ONE_RESULT,
    Done,
    TogetherForm,
    do,
    is_alike,
    lines,
    list_chosen,
    post,
    posting_form,
)

KEPT = "done-together"
REFUSED = 422


@never_cache
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """What will happen to the tasks that were chosen."""
    seat = seat_of(request)
    tasks = list_chosen(seat, request.GET.getlist("task"))
    if not tasks or not is_alike(tasks):
        messages.warning(request, _("请选同一程序、同一步的几件；要逐件填写的步骤不能一起办。"))
        return redirect("cases")
    return _page(request, seat, tasks, _form(seat, tasks[0]))


@require_POST
def done_together(request: HttpRequest) -> HttpResponse:
    """Each is done, as far as it can be. What came of it is told on the next page."""
    seat = seat_of(request)
    tasks = list_chosen(seat, request.POST.getlist("task"))
    if not tasks and KEPT in request.session:
        return redirect("cases-together-result")
    if not tasks or not is_alike(tasks):
        messages.warning(request, _("选的几件已经有人办过，或者不在同一步。请重新选。"))
        return redirect("cases")
    form = _form(seat, tasks[0], request.POST)
    if not form.is_valid():
        return _page(request, seat, tasks, form, REFUSED)
    found = post(seat, tasks, form.cleaned_data) if tasks[0].act == "notice" else do(seat, tasks, form.cleaned_data)
    request.session[KEPT] = [[one.number, one.problem] for one in found]
    return redirect("cases-together-result")


@never_cache
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """What came of each: done, or not and why."""
    kept = [Done(number, problem) for number, problem in request.session.get(KEPT, [])]
    facts = {"done": [one for one in kept if not one.problem], "left": [one for one in kept if one.problem]}
    return render(request, "desk/casework/result.html", facts)


def _form(seat: Seat, task: Task, data: Any = None) -> Any:
    if task.act != "notice":
        return TogetherForm(data, act=task.act)
    form = posting_form(seat, task, f"desk:{new_key()}", data)
    form.initial["office"] = office_of(seat.packs.of(task.case), task)
    return form


def _page(request: HttpRequest, seat: Seat, tasks: list[Task], form: Any, status: int = 200) -> HttpResponse:
    told = lines(seat, tasks)
    words = {one.task.id: one for one in task_lines(seat, tasks, {})}
    is_notice = tasks[0].act == "notice"
    facts = {
        "lines": [(words[one.task.id], one.problem) for one in told],
        "able": sum(not one.problem for one in told),
        "step": words[tasks[0].id],
        "does": _("发布一份公示") if is_notice else result_words(ONE_RESULT[tasks[0].act]),
        "is_decision": tasks[0].act == "decide",
        "form": form,
    }
    return render(request, "desk/casework/together.html", facts, status=status)
