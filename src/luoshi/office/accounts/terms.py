"""Terms: the end of an appointment, and those who stand in for somebody who is away."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.models import Appointment, User
from luoshi.office.accounts.recording import record


def overlapping(user: User, start: date, until: date | None = None) -> QuerySet[Appointment]:
    """The appointments of somebody that hold on a day from `start` to `until`, or ever after."""
    found = user.appointments.filter(Q(until=None) | Q(until__gte=start))
    return found if until is None else found.filter(start__lte=until)


@transaction.atomic
def end_on(one: Appointment, last: date, *, by: str, origin: str = "") -> None:
    """The appointment, and every term of standing in for it, ends on that day; what would begin later is gone."""
    for deputy in one.deputies.filter(until__gt=last):
        end_on(deputy, last, by=by, origin=origin)
    details = {"role": one.role, "start": str(one.start), "last": str(last)}
    if one.start > last and not one.deputies.exists():
        one.delete()
        record("account.withdraw-appointment", one.user, by=by, origin=origin, area=one.area, details=details)
        return
    if one.start > last:
        raise AccountError(f"it begins on {one.start}; its last day cannot be before", "backwards", start=one.start)
    one.until = last
    one.save(update_fields=["until"])
    record("account.end-appointment", one.user, by=by, origin=origin, area=one.area, details=details)


@transaction.atomic
def stand_in(deputy: User, away: Appointment, start: date, until: date, *, by: str, origin: str = "") -> Appointment:
    """For a term somebody holds the appointment of another, instead of their own work; which goes on afterwards."""
    User.objects.select_for_update().get(pk=deputy.pk)
    if deputy.pk == away.user_id:
        raise AccountError("nobody stands in for themselves", "oneself")
    if away.stands_in_for_id is not None:
        raise AccountError("this is itself a term of standing in for somebody", "deputy-of-deputy")
    if until < start:
        raise AccountError(f"the term ends on {until}, before it begins on {start}", "backwards", start=start)
    if start < away.start or (away.until is not None and until > away.until):
        told = f"the appointment holds from {away.start} to {away.until or 'further notice'}"
        raise AccountError(told, "outside", start=away.start, until=away.until)
    taken = overlapping(deputy, start, until).exclude(stands_in_for=None).first()
    if taken is not None:
        told = f"{deputy.username} stands in for somebody from {taken.start} to {taken.until}"
        raise AccountError(told, "stands-in", start=taken.start, until=taken.until)
    held = {"role": away.role, "area": away.area, "department": away.department}
    made = Appointment.objects.create(user=deputy, **held, start=start, until=until, stands_in_for=away)
    details = {"role": away.role, "start": str(start), "until": str(until), "for": f"account:{away.user.username}"}
    record("account.stand-in", deputy, by=by, origin=origin, area=away.area, details=details)
    return made
