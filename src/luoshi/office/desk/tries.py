"""Passwords that were wrong."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi.office.accounts.lockout import note_refusal
from luoshi.office.desk.origin import origin_of


def note_failed_try(request: HttpRequest, typed: str) -> None:
    """A try that counted is on record, and the lock where it was one too many; of a locked account none counts."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        note_refusal(typed, locks=bool(getattr(request, "axes_locked_out", False)), origin=origin_of(request))
