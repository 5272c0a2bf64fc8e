"""Whose failed tries count together: those of one account, however its name is typed and wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from luoshi.office.accounts.models import User


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The name under which a try is counted: the account's own, else the name as typed.

    Names are found whatever their case. Counted as typed, each way of writing one would have tries of its own.
    """
    typed = credentials.get("username") if credentials else request.POST.get("username")
    if typed is None:
        return None
    return User.objects.filter(username__iexact=typed).values_list("username", flat=True).first() or typed
