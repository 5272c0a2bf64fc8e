"""The gate of the public site: reads its own cookie, and opens what the table of public routes states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luoshi.office.accounts.public import PUBLIC_ROUTES, may_visit
from luoshi.office.portal.sessions import COOKIE, PATH
from luoshi.office.portal.visits import Visit, visit


class PublicGate:
    """Gives each request below `PATH` its visit, and keeps what the visit has changed. Nothing else gets a visit."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the cookie where there is something to remember."""
        if not request.path_info.startswith(PATH):
            return self._respond(request)
        found = request.visit = visit(request.COOKIES.get(COOKIE), timezone.now())  # type: ignore[attr-defined] # ours
        response = self._respond(request)
        _remember(found, request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing where the page may be opened; what is below `PATH` and not stated is refused."""
        found: Visit | None = getattr(request, "visit", None)
        route = request.resolver_match.view_name if request.resolver_match is not None else ""
        if found is None or may_visit(route, found.visitor):
            return None
        if route in PUBLIC_ROUTES:
            return HttpResponseRedirect(reverse("portal-sign-in"))
        raise PermissionDenied


def _remember(found: Visit, request: HttpRequest, response: HttpResponse) -> None:
    session = found.session
    if session.is_empty():
        if COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, PATH, samesite="Lax")
        return
    response.headers["Cache-Control"] = "no-store"
    if session.modified:
        session.set_expiry(found.lasts)
        session.save()
        response.set_cookie(
            COOKIE, session.session_key or "", path=PATH, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
