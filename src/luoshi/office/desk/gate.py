"""The gate: who may open what, asked once for every address before its page is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import ANYONE, BEFORE_OWN_PASSWORD, BEFORE_SECOND_FACTOR, ROUTES, may_open
from luoshi.office.desk.lost import IDLE, is_form, lost


class Gate:
    """Sends strangers to the sign-in page and refuses what the policy table does not state for a role.

    Whoever has done nothing for long has to come in again, and is shown what a form of theirs would have lost.
    Whoever has given only a password, where two factors are wanted, is sent on to the page that asks for the code;
    and whoever has come in with a password that somebody else had made, to the page on which it is changed.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the service does; what is not for anyone is kept by no browser and no proxy."""
        response = self._respond(request)
        match = request.resolver_match
        if match is not None and ROUTES.get(match.view_name) != ANYONE:
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing where the page may be opened. What no database can keep is refused before anybody looks for it."""
        if _has_zeros(request):
            raise BadRequest
        match = request.resolver_match
        route = match.view_name if match is not None else ""
        if ROUTES.get(route) == ANYONE:
            return None
        now = timezone.now()
        if not request.user.is_authenticated:
            return _stranger(request)
        if not _goes_on(request, now):
            return _idle(request)
        request.user.appointment = request.user.appointment_on(timezone.localdate(now))
        request.user.is_let_in = request.user.otp_device is not None or not settings.TWO_FACTOR
        if not request.user.is_let_in and route not in BEFORE_SECOND_FACTOR:
            return _detour("second-factor", request)
        if request.user.has_first_password and route not in BEFORE_OWN_PASSWORD | BEFORE_SECOND_FACTOR:
            return HttpResponseRedirect(reverse("password"))
        if not may_open(route, request.user.role):
            raise PermissionDenied
        return None


def _has_zeros(request: HttpRequest) -> bool:
    """Whether an address or a form says a zero sign, which nobody types."""
    said = (text for given in (request.GET, request.POST) for name, texts in given.lists() for text in (name, *texts))
    return "\0" in request.path_info or any("\0" in text for text in said)


def _goes_on(request: HttpRequest, now: datetime) -> bool:
    """Whether somebody has done something here lately. A page that asks for itself how far something is does not."""
    key = request.session.session_key or ""
    return sign_ins.goes_on(key, now, settings.IDLE, counts=not _asks_for_itself(request))


def _idle(request: HttpRequest) -> HttpResponse:
    """Out, and to the page that says so. A page that asks for itself is asked for anew, and finds out by that."""
    if _asks_for_itself(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    assert isinstance(request.user, User)
    sign_ins.end_idle(request.user, request.session.session_key or "")
    logout(request)
    return _stranger(request, why=IDLE)


def _asks_for_itself(request: HttpRequest) -> bool:
    return request.method == "GET" and "HX-Request" in request.headers


def _stranger(request: HttpRequest, **more: str) -> HttpResponse:
    """To the sign-in page; whoever has filled in a form of ours is shown first what of it would be lost."""
    is_ours = settings.CSRF_COOKIE_NAME in request.COOKIES
    return lost(request, **more) if is_ours and is_form(request) else _detour("sign-in", request, **more)


def _detour(route: str, request: HttpRequest, **more: str) -> HttpResponse:
    """To a page of the entrance, which leads back: to the page somebody wanted, never to what a form did."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
    return HttpResponseRedirect(f"{reverse(route)}?{urlencode({'next': wanted, **more})}")
