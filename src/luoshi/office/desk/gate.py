"""The gate: who may open what, asked once for every address before its page is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from luoshi.office.accounts.policy import ANYONE, ROUTES, may_open


class Gate:
    """Sends strangers to the sign-in page and refuses what the policy table does not state for a role."""

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
        if request.user.is_authenticated:
            request.user.appointment = request.user.appointment_on(timezone.localdate())
        else:
            return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
        if not may_open(route, request.user.role):
            raise PermissionDenied
        return None
