"""Who else works at a desk today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from luoshi.office.accounts.models import Appointment, holds_on
from luoshi.office.casework.models import Task
from luoshi.office.casework.routing import HANDS, TAKERS


def colleagues_at(task: Task, today: date) -> dict[str, str]:
    """The accounts of those who work at the desk of a task, with what they are called.

    What an applicant has to do themselves is done at the desk of whoever takes in paper in that area.
    """
    if task.by_claimant:
        around = [task.desk_area[:length] for length in range(2, len(task.desk_area) + 1)]
        seats = Q(role__in=TAKERS, area__in=around)
    else:
        seats = Q(role__in=HANDS, area=task.desk_area, department=task.department)
    found = Appointment.objects.filter(seats, holds_on(today), user__is_active=True).order_by("user__username")
    return dict(found.values_list("user__username", "user__display_name"))
