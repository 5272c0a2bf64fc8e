"""The event log of rounds, and the lock under which their steps are taken."""

from __future__ import annotations

from typing import Any

from luoshi.office.audit import actions as audit
from luoshi.office.awards.models import Round
from luoshi.office.awards.offices import Actor


def locked(number: int) -> Round:
    """A round as it is now; nobody else takes a step in it meanwhile."""
    return Round.objects.select_for_update().get(id=number)


def record(action: str, found: Round, actor: Actor, *, basis: str = "", **details: Any) -> None:
    """It is on record who has taken which step of a round. Details name rows by their numbers only."""
    audit.record(
        action,
        actor=actor.name,
        subject=f"award:{found.pk}",
        area=found.area,
        basis=basis or f"{found.pack_id}/{found.measure}",
        origin=actor.origin,
        details=details,
    )
