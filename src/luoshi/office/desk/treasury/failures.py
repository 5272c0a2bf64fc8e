"""The desk of what the bank has returned."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.money_words import attempt
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.treasury.forms import AssignForm
from luoshi.office.desk.treasury.paging import start_of
from luoshi.office.desk.treasury.titles import titles_for
from luoshi.office.treasury import failing, layouts, queries
from luoshi.office.treasury.models import Failure

PAGE = 50


@never_cache
@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """What the bank has returned and nobody has put right; what is due first comes first."""
    titles = titles_for(request)
    found = queries.open_failures(titles.scope)
    start = start_of(request, PAGE)
    shown = list(found[start : start + PAGE + 1])
    today = timezone.localdate()
    corrections = found.filter(is_ready=True).order_by("line__commitment__pack_id", "line__commitment__measure")
    ready = corrections.values_list("line__commitment__pack_id", "line__commitment__measure").distinct()
    facts = {
        "rows": [(each, titles.measure(each.line.batch.pack_id, each.line.batch.measure)) for each in shown[:PAGE]],
        "following": start // PAGE + 2 if len(shown) > PAGE else None,
        "today": today,
        "may_write": may_open("failure-ready", getattr(request.user, "role", None)),
        "ready": [(f"{pack_id}/{measure}", titles.measure(pack_id, measure)) for pack_id, measure in ready],
        "layouts": layouts.list_in_use(timezone.localdate()),
    }
    return render(request, "desk/treasury/failures.html", facts)


@require_POST
def ready(request: HttpRequest, number: int) -> HttpResponse:
    """What was wrong is put right."""
    found, note = _get(request, number), request.POST.get("note", "")[:200]
    attempt(request, lambda: failing.mark_ready(found.id, note, by=request.user.get_username()), _("已列入可更正。"))
    return redirect("failures")


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody else deals with it."""
    found, form = _get(request, number), AssignForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given, by = form.cleaned_data, request.user.get_username()
    attempt(request, lambda: failing.assign(found.id, given["owner"], given["due"], by=by), _("已转交。"))
    return redirect("failures")


def _get(request: HttpRequest, number: int) -> Failure:
    found = queries.find_failure(scope_of(request), number)
    if found is None:
        raise Http404
    return found
