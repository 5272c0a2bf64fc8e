"""Requests to be a row of the registers, and accounts that are one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.applicants import links, proxies
from luoshi.office.applicants.errors import Refused
from luoshi.office.applicants.models import Link
from luoshi.office.desk.applicants.seeing import ProxySeen, seen
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.desk.surroundings import reader_language

REFUSALS = {
    "decided": gettext_lazy("这个请求已经有人办了，或者已经撤回。"),
    "reason": gettext_lazy("没有办理：退回要写明原因，本人会看到。"),
}


@never_cache
@require_safe
def applicants(request: HttpRequest) -> HttpResponse:
    """What waits, who is tied to a row, and who acts for whom, within the official's area."""
    scope, lang = scope_of(request), reader_language()
    confirmed = [seen(link, scope, lang) for link in links.list_confirmed(scope.area)]
    names = {each.link.applicant_id: each.name for each in confirmed}
    acting = [
        ProxySeen(one, names.get(one.applicant_id, ""), one.user_id == request.user.pk)
        for one in proxies.list_holding(scope.area, timezone.localdate())
    ]
    asked = [seen(link, scope, lang) for link in links.list_asked(scope.area)]
    return render(request, "desk/applicants/list.html", {"asked": asked, "confirmed": confirmed, "proxies": acting})


@never_cache
@require_safe
def link(request: HttpRequest, number: int) -> HttpResponse:
    """One request or account, with the row."""
    return render(
        request,
        "desk/applicants/link.html",
        {"seen": seen(_link(request, number), scope_of(request), reader_language())},
    )


@require_POST
def link_decide(request: HttpRequest, number: int) -> HttpResponse:
    """The request is confirmed, or refused with a reason."""
    _link(request, number)
    accept, reason = request.POST.get("accept") == "1", request.POST.get("reason", "")[:200]
    now, by = timezone.now(), request.user.get_username()
    try:
        links.decide(
            number, scope_of(request).area, accept=accept, reason=reason, by=by, now=now, origin=origin_of(request)
        )
    except Refused as problem:
        messages.warning(request, REFUSALS[problem.code])
        return redirect("applicant-link", number)
    messages.success(request, _("已核对，本人可以看到自己的情况了。") if accept else _("已退回，本人会看到原因。"))
    return redirect("applicants")


@require_POST
def link_end(request: HttpRequest, number: int) -> HttpResponse:
    """The account is tied to the row no more."""
    found = _link(request, number)
    if links.end([found], by=request.user.get_username(), now=timezone.now(), origin=origin_of(request)):
        messages.success(request, _("已解除，这个账号看不到这一行了。"))
    return redirect("applicants")


def _link(request: HttpRequest, number: int) -> Link:
    found = links.find(number, scope_of(request).area)
    if found is None:
        raise Http404
    return found
