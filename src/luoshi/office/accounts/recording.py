"""Puts on record what is done to an account, with the area that it works in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.office.accounts.models import User
from luoshi.office.audit import actions as audit


def record(
    action: str,
    user: User,
    *,
    by: str,
    origin: str = "",
    basis: str = "",
    area: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """An event about an account, in `area` or where its holder works, or worked last."""
    where = home_of(user) if area is None else area
    subject = f"account:{user.username}"
    audit.record(action, actor=by, subject=subject, area=where, basis=basis, origin=origin, details=details)


def home_of(user: User) -> str:
    """The area of today's appointment where it is known, else of the newest; "" without any."""
    found = user.appointment or user.appointments.order_by("-start").first()
    return found.area if found else ""
