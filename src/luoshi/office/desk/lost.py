"""What somebody has typed into a form that came too late: they are told, and can copy it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

IDLE = "idle"
"""Why somebody was signed out, in the address of the sign-in page."""
SECRET = ("password", "code")
"""What the names of fields say that are never shown again."""


def is_form(request: HttpRequest) -> bool:
    """Whether a request is a form that somebody has sent; what a script sends, the script keeps."""
    return request.method == "POST" and request.content_type != "application/json"


def lost(request: HttpRequest, why: str = "") -> HttpResponse:
    """The page that says that nothing was saved, shows what was typed, and leads back by way of the sign-in."""
    facts = {
        "texts": list(_typed(request)),
        "has_files": bool(request.FILES),
        "is_idle": why == IDLE,
        "onward": f"{reverse('sign-in')}?{urlencode({'next': _page_of(request)})}",
    }
    return render(request, "desk/lost.html", facts, status=403)


def _typed(request: HttpRequest) -> Iterator[str]:
    """What of a form somebody has written in words: numbers, choices and marks of the machine are soon chosen again."""
    for name, texts in request.POST.lists():
        if not any(word in name for word in SECRET):
            yield from (text.strip() for text in texts if not text.isascii() or " " in text.strip())


def _page_of(request: HttpRequest) -> str:
    """The page on which the form stood, where the browser says so."""
    said = request.headers.get("Referer", "")
    is_here = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(said)
    return f"{parts.path}?{parts.query}".rstrip("?") if is_here and parts.path else reverse("home")
