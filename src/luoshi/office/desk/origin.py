"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from luoshi.office.accounts.sign_ins import shortened


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks: behind a proxy the one that the proxy has seen, which it adds as the last."""
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.BEHIND_PROXY:
        return direct
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or direct


def origin_of(request: HttpRequest) -> str:
    """The same, shortened as the event log keeps it."""
    return shortened(address_of(request))


def agent_of(request: HttpRequest) -> str:
    """As the browser names itself."""
    return request.headers.get("User-Agent", "")
