"""Coming in with a phone and a code, going out, and officials who come over for somebody."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.applicants import codes, proxies
from luoshi.office.applicants.phones import find_mobile, masked_mobile
from luoshi.office.connectors.outbox import list_waiting
from luoshi.office.desk.origin import address_of, origin_of
from luoshi.office.portal.visits import PHONE, visit_of


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A code for a phone. The answer is the same whether one was sent, and whether the phone has an account."""
    if request.method != "POST":
        return render(request, "portal/sign_in.html", {})
    phone = find_mobile(request.POST.get("phone", ""))
    if phone is None:
        return render(request, "portal/sign_in.html", {"is_wrong": True}, status=422)
    visit = visit_of(request)
    codes.ask_code(phone, address=address_of(request), now=timezone.now(), browser=visit.browser)
    visit.session[PHONE] = phone
    return HttpResponseRedirect(reverse("portal-code"))


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code; with the right one whoever shows it comes in."""
    visit = visit_of(request)
    phone = visit.session.get(PHONE)
    if phone is None:
        return HttpResponseRedirect(reverse("portal-sign-in"))
    facts = {"phone": masked_mobile(phone), "is_demonstration": settings.DEMONSTRATION}
    if request.method != "POST":
        return render(request, "portal/code.html", facts)
    typed = "".join(request.POST.get("code", "").split())
    found = codes.find_signed_in(phone, typed, timezone.now(), origin=origin_of(request), browser=visit.browser)
    if found is None:
        return render(request, "portal/code.html", facts | {"is_wrong": True}, status=422)
    visit.sign_in(found)
    return HttpResponseRedirect(reverse("portal-mine"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in here any more."""
    visit = visit_of(request)
    visit.sign_out()
    visit.note(_("已退出。这台手机上没有留下您的资料。"))
    return HttpResponseRedirect(reverse("portal"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, ticket: str) -> HttpResponse:
    """An official comes over with a ticket, for as long as they may act for somebody. Looking uses nothing up."""
    if request.method != "POST":
        return render(request, "portal/hand_over.html", {"ticket": ticket})
    now = timezone.now()
    proxy = proxies.find_handed_over(ticket, now, timezone.localdate(now), origin=origin_of(request))
    if proxy is None:
        raise Http404
    visit_of(request).sign_in(proxy.applicant, proxy)
    return HttpResponseRedirect(reverse("portal-mine"))


@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The messages that a demonstration does not send. There is no such page anywhere else."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "portal/messages.html", {"waiting": list_waiting()})
