"""The gate: who may open what, asked once for every address before its page is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luoshi.office.accounts import sign_ins
from luoshi.office.accounts.policy import ANYONE, BEFORE_OWN_PASSWORD, BEFORE_SECOND_FACTOR, ROUTES, may_open


class Gate:
    """Sends strangers to the sign-in page and refuses what the policy table does not state for a role.

    Whoever has given only a password, where two factors are wanted, is sent on to the page that asks for the code;
    and whoever has come in with a password that somebody else had made, to the page on which it is changed.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the service does."""
        return self._respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing where the page may be opened."""
        match = request.resolver_match
        route = match.view_name if match is not None else ""
        if ROUTES.get(route) == ANYONE:
            return None
        if not request.user.is_authenticated:
            return _detour("sign-in", request)
        now = timezone.now()
        sign_ins.renew(request.session.session_key or "", now)
        request.user.appointment = request.user.appointment_on(timezone.localdate(now))
        request.user.is_let_in = request.user.otp_device is not None or not settings.TWO_FACTOR
        if not request.user.is_let_in and route not in BEFORE_SECOND_FACTOR:
            return _detour("second-factor", request)
        if request.user.has_first_password and route not in BEFORE_OWN_PASSWORD | BEFORE_SECOND_FACTOR:
            return HttpResponseRedirect(reverse("password"))
        if not may_open(route, request.user.role):
            raise PermissionDenied
        return None


def _detour(route: str, request: HttpRequest) -> HttpResponse:
    """To a page of the entrance, which leads back: to the page somebody wanted, never to what a form did."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
    return HttpResponseRedirect(f"{reverse(route)}?{urlencode({'next': wanted})}")
