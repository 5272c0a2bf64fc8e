"""The pages of notices: the list of an area, one notice with what was said against it, and where that is received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.notices.forms import COMPLAINTS, ReceptionForm, TakeDownForm
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.notices import actions, queries
from luoshi.office.notices.errors import NoticeError
from luoshi.office.notices.models import Notice, Objection
from luoshi.office.registry.areas import areas_of

LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Entry:
    """A notice in a list: where it is shown, and how far it has come today."""

    notice: Notice
    area: str
    state: str


@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of one's area and below."""
    scope, today = scope_of(request), timezone.localdate()
    counts = queries.count_notices(scope, today)
    which = request.GET.get("show") or ("objections" if counts["objections"] else "shown")
    if which not in queries.LISTS:
        raise Http404
    after = number_in(request, "after")
    page = queries.list_notices(scope, which, today, after)
    names = areas_of({one.area for one in page.notices})
    facts: dict[str, Any] = {
        "show": which,
        "counts": list(counts.items()),
        "entries": [
            Entry(one, names[one.area].name if one.area in names else one.area, state_on(one, today))
            for one in page.notices
        ],
        "following": f"?show={which}&after={page.after}" if page.after is not None else "",
        "first": f"?show={which}" if after is not None else "",
        "may_set": may(request, "reception"),
    }
    return render(request, "desk/notices/list.html", facts)


@never_cache
@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One notice as it was posted, and what was said against it."""
    return page(request, asked(request, number), TakeDownForm())


@require_POST
def take_down(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody sees the notice any more."""
    found, form, now = asked(request, number), TakeDownForm(request.POST), timezone.now()
    if not form.is_valid():
        return page(request, found, form, 422)
    by, today = request.user.get_username(), timezone.localdate(now)
    try:
        actions.take_down(found, form.cleaned_data["reason"], by=by, today=today, now=now, origin=origin_of(request))
    except NoticeError as error:
        if error.kind == "over":
            messages.warning(request, str(COMPLAINTS["over"]))
            return redirect("notice", number)
        form.add_error(None, str(COMPLAINTS[error.kind]))
        return page(request, found, form, 422)
    messages.success(request, _("公示已经撤下。"))
    return redirect("notice", number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: HttpRequest) -> HttpResponse:
    """Where objections of one's area are received, and within how many working days they are answered."""
    area = scope_of(request).area
    held = queries.find_reception(area)
    own = held if held is not None and held.area == area else None
    start = {"contact": own.contact, "answer_days": own.answer_days} if own else None
    form = ReceptionForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        said, by, origin = form.cleaned_data, request.user.get_username(), origin_of(request)
        actions.set_reception(area, said["contact"], said["answer_days"], by=by, now=timezone.now(), origin=origin)
        messages.success(request, _("已保存。从现在起收到的异议按新的期限。"))
        return redirect("notices")
    facts = {"form": form, "held": held, "is_own": own is not None, "areas": areas_of([area])}
    return render(request, "desk/notices/reception.html", facts, status=422 if form.errors else 200)


def page(request: HttpRequest, found: Notice, form: TakeDownForm, status: int = 200) -> HttpResponse:
    """The page of a notice."""
    today = timezone.localdate()
    names = areas_of([found.area])
    shown = state_on(found, today)
    facts: dict[str, Any] = {
        "notice": found,
        "area": names[found.area].name if found.area in names else found.area,
        "state": shown,
        "lines": queries.list_lines(found),
        "objections": queries.list_objections(found),
        "reception": queries.find_reception(found.area),
        "outcome": queries.outcome(found, today),
        "today": today,
        "form": form if shown == Notice.State.SHOWN and may(request, "notice-take-down") else None,
        "may_read": may(request, "objection"),
        "may_set": may(request, "reception"),
        "open": Objection.State.OPEN,
    }
    return render(request, "desk/notices/notice.html", facts, status=status)


def asked(request: HttpRequest, number: int) -> Notice:
    """The notice of a number; beyond one's area there is none."""
    found = queries.find_notice(number, scope_of(request))
    if found is None:
        raise Http404
    return found


def state_on(found: Notice, today: date) -> str:
    """How far a notice has come: its days decide, whether or not the job has put its end down yet."""
    over = found.state == Notice.State.SHOWN and not found.is_shown(today)
    return str(Notice.State.ENDED if over else found.state)


def may(request: HttpRequest, route: str) -> bool:
    """Whether the person may open a route."""
    return may_open(route, getattr(request.user, "role", None))


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number of the address; not found if it is none."""
    written = request.GET.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER):
        raise Http404
    return int(written)
