"""Where a page of a list goes on."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest

MOST_DIGITS = 18


def number_in(request: HttpRequest, name: str) -> int | None:
    """The number that an address gives under a name; None without one."""
    written = request.GET.get(name)
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS):
        raise BadRequest
    return int(written)


def start_of(request: HttpRequest, size: int) -> int:
    """How many rows come before the page that an address names."""
    return (max(number_in(request, "page") or 1, 1) - 1) * size
