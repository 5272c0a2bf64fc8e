"""Accounts of the public as wholes: opened for somebody by an official, and read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from luoshi.office.applicants.errors import Refused
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.applicants.phones import find_mobile, masked_mobile
from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy


@transaction.atomic
def open_for(links: QuerySet[Link], phone: str, now: datetime, *, by: str, area: str) -> Applicant:
    """The account that `links` of a row tie to it, else the phone's, else a new one. `Refused` for a wrong phone.

    A phone that another account of the same row has is left alone: the person keeps the account they know.
    """
    tied = links.filter(state=Link.State.CONFIRMED).order_by("id").first()
    if tied is not None:
        return tied.applicant
    if phone.strip():
        return open_with_phone(phone, now, by=by, area=area)
    applicant = Applicant.objects.create(opened_at=now, opened_by=by)
    audit.record("applicant.open", actor=by, subject=f"applicant:{applicant.id}", area=area)
    return applicant


@transaction.atomic
def open_with_phone(phone: str, now: datetime, *, by: str, area: str) -> Applicant:
    """The account of a phone, a new one where it has none. `Refused` for a wrong phone."""
    digits, keys = find_mobile(phone), secrecy()
    if digits is None:
        raise Refused("phone")
    kept = {"closed_phone": keys.close(digits, Applicant.PHONE), "opened_at": now, "opened_by": by}
    applicant, is_new = Applicant.objects.get_or_create(phone_index=keys.index(f"phone:{digits}"), defaults=kept)
    if is_new:
        audit.record("applicant.open", actor=by, subject=f"applicant:{applicant.id}", area=area)
    return applicant


def phone_of(applicant: Applicant) -> str | None:
    """The phone of an account, for sending to it; None without one. Never to be shown or logged."""
    if applicant.closed_phone is None:
        return None
    return secrecy().open(bytes(applicant.closed_phone), Applicant.PHONE)


def masked_phone(applicant: Applicant) -> str:
    """The phone as it is shown; "" without one."""
    phone = phone_of(applicant)
    return masked_mobile(phone) if phone else ""


def find(number: int) -> Applicant | None:
    """An account that is open."""
    return Applicant.objects.filter(pk=number, closed_at=None).first()
