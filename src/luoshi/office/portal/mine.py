"""My page: who one is in the registers, what is decided for them, who acts for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.applicants import links, proxies
from luoshi.office.applicants.actions import masked_phone
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.portal import owning, policies
from luoshi.office.portal.cases.own import list_cases, ways
from luoshi.office.portal.visits import visit_of

LONGEST = 60


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that is about whoever has signed in."""
    person, today = visit_of(request).person, timezone.localdate()
    facts = {
        "phone": masked_phone(person),
        "links": links.listed(person),
        "rows": owning.list_mine(person, today, reader_language()),
        "proxies": proxies.listed(person, today),
        "cases": len(list_cases(person)),
    }
    return render(request, "portal/mine.html", facts)


@never_cache
@require_safe
def subject(request: HttpRequest, pack_id: str, register: str, row_id: int) -> HttpResponse:
    """A row about whoever has signed in: what is kept, and what is decided. Any other row is not found."""
    person, today, lang = visit_of(request).person, timezone.localdate(), reader_language()
    pack = policies.find_pack(pack_id, today)
    kept = owning.find_own(person, pack, register, row_id, lang) if pack is not None else None
    if pack is None or kept is None:
        raise Http404
    facts = {
        "kept": kept,
        "decided": owning.decided(pack, today, register, row_id, lang),
        "payments": owning.list_paid(pack, register, row_id, lang),
        "pack": pack,
        "on": today,
        "register": register,
        "can_apply": [
            (way.procedure.id, way.procedure.title.say(lang)) for way in ways(person, pack, register, row_id, today)
        ],
    }
    return render(request, "portal/subject.html", facts)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Asks to be tied to a row by number and name. The answer is the same whether anybody has that number."""
    visit = visit_of(request)
    if request.method != "POST":
        return render(request, "portal/link.html", {})
    number, name = (request.POST.get(each, "").strip()[:LONGEST] for each in ("number", "name"))
    if not number or not name:
        return render(request, "portal/link.html", {"is_wrong": True}, status=422)
    now = timezone.now()
    found = policies.packs(timezone.localdate(now))
    if not links.ask(visit.person, found, number, name, now, actor=visit.actor):
        return render(request, "portal/link.html", {"is_too_often": True}, status=429)
    visit.note(_("已提交。号码和姓名与台账一致的，由村里或乡镇核对后开通。几天没有消息，请到村里或乡镇问。"))
    return HttpResponseRedirect(reverse("portal-mine"))


@require_POST
def link_end(request: HttpRequest, number: int) -> HttpResponse:
    """One's own account is tied to a row no more."""
    visit = visit_of(request)
    own = [item for item in links.listed(visit.person) if item.id == number]
    if not own:
        raise Http404
    links.end(own, by=visit.actor, now=timezone.now(), origin=origin_of(request))
    return HttpResponseRedirect(reverse("portal-mine"))


@require_POST
def proxy_end(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody acts for one no more; whoever acts under it is out with the next page."""
    visit, today = visit_of(request), timezone.localdate()
    own = next((item for item in proxies.listed(visit.person, today) if item.id == number), None)
    if own is None:
        raise Http404
    proxies.end(own, by=visit.actor, now=timezone.now(), origin=origin_of(request))
    return HttpResponseRedirect(reverse("portal-mine"))
