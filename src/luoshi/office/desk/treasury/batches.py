"""The pages of batches: those there are, one with its lines, and every step it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office import workdays
from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.treasury.forms import MakeForm, ReasonForm, ReturnForm
from luoshi.office.desk.treasury.paging import number_in
from luoshi.office.desk.treasury.showing import batch_facts
from luoshi.office.desk.treasury.titles import Titles, titles_for
from luoshi.office.treasury import bank_files, jobs, layouts, queries, returning, stepping
from luoshi.office.treasury.errors import Refused
from luoshi.office.treasury.funds import is_payer
from luoshi.office.treasury.listing import Wanted
from luoshi.office.treasury.models import Batch

PAGE = 30
DAYS_FOR_FAILURES = 5
"""Working days in which somebody deals with what the bank has returned."""
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text": "text/plain"}


@never_cache
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """The batches of an area, the newest first, and what is due and on no list."""
    return _page(request, None)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A batch of what is due; its list is made by the worker."""
    titles = titles_for(request)
    form = _make_form(titles, request)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    pack_id, measure = given["measure"].split("/")
    wanted = Wanted(pack_id, measure, titles.scope.area, given["period"], given["corrects"])
    layout = layouts.find_in_use(given["layout"], timezone.localdate())
    assert layout is not None, "the form offers those in use"
    ordered = jobs.order(wanted, layout, by=request.user.get_username())
    return redirect("batch", ordered.id)


@never_cache
@require_safe
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: how far it is, its checks, its lines, its files."""
    found = get_batch(request, number)
    facts = batch_facts(request, found, titles_for(request))
    return render(request, "desk/treasury/batch.html", facts | {"return_form": ReturnForm()})


@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever made it hands it in."""
    return _step(request, number, stepping.submit, _("已提交复核。"))


@require_POST
def check(request: HttpRequest, number: int) -> HttpResponse:
    """The second person has looked."""
    return _step(request, number, stepping.check, _("已复核，交财政批准。"))


@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Finance lets it be paid."""
    return _step(request, number, stepping.approve, _("已批准。"))


@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to whoever made it."""

    def back(batch_id: int, *, by: str, now: datetime, origin: str) -> Batch:
        return stepping.send_back(batch_id, _reason(request), by=by, origin=origin)

    return _step(request, number, back, _("已退回编制人。"))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """The batch is given up."""

    def up(batch_id: int, *, by: str, now: datetime, origin: str) -> Batch:
        return stepping.withdraw(batch_id, _reason(request), by=by, now=now, origin=origin)

    return _step(request, number, up, _("已撤回，名单上的款项重新待付。"))


@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    """The file for the bank is made."""
    return _step(request, number, bank_files.send, _("银行文件已生成。"))


@require_POST
def bank_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file for the bank, for whoever says why."""
    found = get_batch(request, number)
    file = getattr(found, "bank_file", None)
    if file is None:
        raise Http404
    try:
        content = bank_files.fetch(file, _reason(request), by=request.user.get_username(), origin=origin_of(request))
    except Refused as refused:
        raise BadRequest from refused
    answer = HttpResponse(content, content_type=TYPES[found.layout.form])
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """What the bank gave back."""
    found = get_batch(request, number)
    form = ReturnForm(request.POST, request.FILES)
    if not form.is_valid():
        facts = batch_facts(request, found, titles_for(request))
        return render(request, "desk/treasury/batch.html", facts | {"return_form": form}, status=400)
    file, paid_on = form.cleaned_data["file"], form.cleaned_data["paid_on"]
    due = workdays.after(timezone.localdate(), DAYS_FOR_FAILURES)
    by, now = request.user.get_username(), timezone.now()
    attempt(
        request,
        lambda: returning.take_back(number, file.read(), file.name or "", paid_on=paid_on, due=due, by=by, now=now),
        _("回盘文件已读入。"),
    )
    return redirect("batch", number)


def get_batch(request: HttpRequest, number: int) -> Batch:
    """The batch of a number; not found beyond the area."""
    found = queries.find_batch(scope_of(request), number)
    if found is None:
        raise Http404
    return found


def _step(request: HttpRequest, number: int, step: Callable[..., object], done: str) -> HttpResponse:
    get_batch(request, number)
    facts: dict[str, Any] = {"by": request.user.get_username(), "now": timezone.now(), "origin": origin_of(request)}
    attempt(request, lambda: step(number, **facts), done)
    return redirect("batch", number)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def _page(request: HttpRequest, form: MakeForm | None) -> HttpResponse:
    titles = titles_for(request)
    before = number_in(request, "before")
    found = queries.list_batches(titles.scope, titles.pack_ids, before, PAGE + 1)
    due = queries.due_sums(titles.scope, titles.pack_ids)
    facts = {
        "rows": [(each, titles.measure(each.pack_id, each.measure), titles.area(each.area)) for each in found[:PAGE]],
        "before": found[PAGE - 1].id if len(found) > PAGE else None,
        "is_first": before is None,
        "due": [(each, titles.measure(str(each["pack_id"]), str(each["measure"]))) for each in due],
        "form": form or _make_form(titles, None),
        "is_bound": form is not None,
        "may_make": may_open("batch-make", getattr(request.user, "role", None)),
        "failures": queries.open_failures(titles.scope).count(),
    }
    return render(request, "desk/treasury/batches.html", facts)


def _make_form(titles: Titles, request: HttpRequest | None) -> MakeForm:
    measures = [
        (f"{pack_id}/{measure.id}", measure.title.say(titles.lang))
        for pack_id, pack in titles.packs.items()
        for measure in pack.measures.values()
        if measure.funds and is_payer(pack, measure, titles.scope.area)
    ]
    offered = [(one.code, one.title) for one in layouts.list_in_use(timezone.localdate())]
    given = None if request is None else request.POST
    due = [f"{each['pack_id']}/{each['measure']}" for each in queries.due_sums(titles.scope, titles.pack_ids)]
    initial = {"measure": next((key for key in due if key in dict(measures)), "")}
    return MakeForm(given, measures=measures, layouts=offered, initial=initial)
