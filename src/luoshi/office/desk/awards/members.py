"""Accounts that may be on a panel."""

from __future__ import annotations

from datetime import date

from luoshi.office.accounts.models import Appointment, User, holds_on
from luoshi.office.accounts.roles import Scope
from luoshi.office.awards.judging import NEVER_MEMBERS
from luoshi.rulebook.values.area_code import lineage

MOST = 200


def list_possible(area: str, today: date) -> list[User]:
    """Accounts whose appointment of the day covers an area, and whose role does more than look; by name."""
    posts = Appointment.objects.filter(holds_on(today), area__in=lineage(area)).exclude(role__in=NEVER_MEMBERS - {None})
    held = User.objects.filter(is_active=True, appointments__in=posts).distinct().order_by("display_name")[:MOST]
    found = []
    for user in held:
        user.appointment = user.appointment_on(today)
        if user.role not in NEVER_MEMBERS and user.scope.area and Scope(user.scope.area).covers(area):
            found.append(user)
    return found
