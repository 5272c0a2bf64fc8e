"""The pages of the event log: events as they are asked for, the state of the chain, the events as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open
from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.audit import actions, jobs, queries
from luoshi.office.desk.events import NOBODY, told
from luoshi.office.desk.log.asking import AskForm
from luoshi.office.desk.log.files import as_csv
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.people.places import Places, names_of

PAGE = 50


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Events within one's area, the newest first, and how the last look at the whole chain ended."""
    person = _person(request)
    places = Places(person.scope)
    form, before = AskForm(request.GET, places=places), _number(request.GET.get("before"))
    found = queries.events(person.scope.area, before, PAGE + 1, form.asked()) if form.is_valid() else []
    shown = found[:PAGE]
    kept = form.kept()
    facts: dict[str, Any] = {
        "form": form,
        "is_narrowed": bool(kept),
        "kept": list(kept.items()),
        "lines": [told(event) for event in shown],
        "people": names_of_accounts({event.actor for event in shown})
        | {name: str(said) for name, said in NOBODY.items()},
        "places": names_of(event.area for event in shown),
        "areas": places.suggested(),
        "following": f"?{urlencode(kept | {'before': shown[-1].id})}" if len(found) > PAGE else "",
        "first": f"?{urlencode(kept)}" if before else "",
        "verified": queries.last_verified(),
        "is_under_way": jobs.is_under_way(),
        "may_verify": may_open("log-verify", person.role),
    }
    return render(request, "desk/log/log.html", facts)


@never_cache
@require_POST
def log_export(request: HttpRequest) -> StreamingHttpResponse:
    """The events that were asked for, as a file; that it was fetched is on record before its first line is sent."""
    person = _person(request)
    form = AskForm(request.POST, places=Places(person.scope))
    if not form.is_valid():
        raise BadRequest
    area = person.scope.area
    by, origin = person.username, origin_of(request)
    last = actions.record("log.export", actor=by, subject="log", area=area, origin=origin, details=form.kept())
    lines = as_csv(area, last, form.asked())
    name = f"luoshi-log-{timezone.localdate():%Y%m%d}.csv"
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def log_verify(request: HttpRequest) -> HttpResponse:
    """The whole chain is looked at soon."""
    if jobs.ask(by=_person(request).username, origin=origin_of(request)):
        messages.success(request, _("已开始核对，完成后这里会显示结果。"))
    else:
        messages.info(request, _("已经在排队核对了，请稍候刷新。"))
    return redirect("log")


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _number(written: str | None) -> int | None:
    """The number of an event; anything else is no question that a link of the page asks."""
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise BadRequest
    return int(written)
