"""Failed tries: those of one account count together, however its name is typed and wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpRequest

from luoshi.office.accounts.models import User
from luoshi.office.accounts.recording import record
from luoshi.office.audit import actions as audit

UNKNOWN = "?"
"""Who tried with a name that no account has. The name is not kept: people type their passwords there."""


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The name under which a try is counted: the account's own, else the name as typed.

    Names are found whatever their case. Counted as typed, each way of writing one would have tries of its own.
    """
    typed = credentials.get("username") if credentials else request.POST.get("username")
    if typed is None:
        return None
    return User.objects.filter(username__iexact=typed).values_list("username", flat=True).first() or typed


def locked_names(now: datetime) -> QuerySet[User, str]:
    """The names of accounts that are locked now."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried = AccessAttempt.objects.filter(attempt_time__gt=since).values("username")
    counted = tried.annotate(failed=Sum("failures_since_start")).filter(failed__gte=settings.AXES_FAILURE_LIMIT)
    return User.objects.filter(username__in=counted.values("username")).values_list("username", flat=True)


@transaction.atomic
def note_refusal(typed: str, *, locks: bool, origin: str) -> None:
    """A wrong password is on record, and the lock where it was one too many."""
    user = User.objects.filter(username__iexact=typed).first()
    if user is None:
        audit.record("account.refuse", actor=UNKNOWN, subject=f"account:{UNKNOWN}", origin=origin)
        return
    record("account.refuse", user, by=UNKNOWN, origin=origin)
    if locks:
        record("account.lock", user, by="system", origin=origin)


@transaction.atomic
def unlock(user: User, *, by: str, origin: str = "") -> None:
    """The account has all its tries again."""
    AccessAttempt.objects.filter(username=user.username).delete()
    record("account.unlock", user, by=by, origin=origin)
