"""The account that an address names, within what the person may see, and what they may do about it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from luoshi.office.accounts import queries
from luoshi.office.accounts.authority import Authority, authority_of
from luoshi.office.accounts.models import Appointment, User


def keeper_of(request: HttpRequest) -> Authority:
    """What whoever asks may do about accounts."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return authority_of(request.user)


def found_account(request: HttpRequest, number: int) -> User:
    """The account of a number; not found beyond the area."""
    found = queries.find_account(keeper_of(request).scope, number, timezone.localdate())
    if found is None:
        raise Http404
    return found


def kept_account(request: HttpRequest, number: int) -> User:
    """The same, where it may be changed; refused where it is one's own, or holds what one could not have given."""
    found = found_account(request, number)
    if not keeper_of(request).may_keep(found, timezone.localdate()):
        raise PermissionDenied
    return found


def kept_appointment(request: HttpRequest, number: int, appointment: int) -> Appointment:
    """An appointment of an account that may be changed; not found where it is over."""
    user, today = kept_account(request, number), timezone.localdate()
    found = next((one for one in queries.list_appointments(user) if one.pk == appointment), None)
    if found is None or (found.until is not None and found.until < today):
        raise Http404
    return found
