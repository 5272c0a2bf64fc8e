"""Officials who act for people that have no phone or cannot use one: named, for a time, ended by either side."""

from __future__ import annotations

import secrets  # noqa: TID251 # a code that can be foreseen protects nothing
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from luoshi.office.accounts.models import User
from luoshi.office.applicants.errors import Refused
from luoshi.office.applicants.models import Applicant, HandOver, Proxy
from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy

LONGEST = timedelta(days=90)
TICKET_HOLDS = timedelta(minutes=1)


@transaction.atomic
def open_proxy(
    applicant: Applicant, user: User, *, area: str, reason: str, start: date, until: date, origin: str = ""
) -> Proxy:
    """The official may act for somebody until a day; one that ran already is ended and begun anew."""
    if not start <= until <= start + LONGEST:
        raise Refused("until")
    if not reason.strip():
        raise Refused("reason")
    Applicant.objects.select_for_update().get(pk=applicant.id)
    Proxy.objects.filter(applicant=applicant, user=user, ended_at=None, until__lt=start).delete()
    proxy, is_new = Proxy.objects.get_or_create(
        applicant=applicant, user=user, ended_at=None,
        defaults={"area": area, "reason": reason.strip(), "start": start, "until": until},
    )  # fmt: skip
    if not is_new:
        proxy.until, proxy.reason = until, reason.strip()
        proxy.save()
    subject, details = f"proxy:{proxy.id}", {"applicant": applicant.id, "until": until.isoformat()}
    audit.record("proxy.open", actor=user.username, subject=subject, area=area, origin=origin, details=details)
    return proxy


@transaction.atomic
def end(proxy: Proxy, *, by: str, now: datetime, origin: str = "") -> bool:
    """Whether the proxy ran; it is ended."""
    ended = Proxy.objects.filter(pk=proxy.id, ended_at=None).update(ended_at=now, ended_by=by)
    if ended:
        audit.record("proxy.end", actor=by, subject=f"proxy:{proxy.id}", area=proxy.area, origin=origin)
    return bool(ended)


def listed(applicant: Applicant, day: date) -> Sequence[Proxy]:
    """Who may act for somebody on a day."""
    found = applicant.proxies.filter(ended_at=None, start__lte=day, until__gte=day)
    return list(found.select_related("user").order_by("id"))


def list_holding(scope: str, day: date, most: int = 200) -> Sequence[Proxy]:
    """Who acts for somebody of an area on a day."""
    found = Proxy.objects.filter(ended_at=None, start__lte=day, until__gte=day, area__startswith=scope)
    return list(found.select_related("user", "applicant").order_by("-id")[:most])


def find(number: int, scope: str) -> Proxy | None:
    """A proxy within an area."""
    return Proxy.objects.select_related("user", "applicant").filter(pk=number, area__startswith=scope).first()


def find_holding(number: int, day: date) -> Proxy | None:
    """The proxy, where it holds on a day and its official is still at work."""
    proxy = Proxy.objects.select_related("user", "applicant").filter(pk=number).first()
    if proxy is None or not proxy.holds_on(day) or not proxy.user.is_active:
        return None
    at_work = proxy.user.appointment_on(day)
    return proxy if at_work is not None and at_work.scope.covers(proxy.area) else None


@transaction.atomic
def hand_over(proxy: Proxy, now: datetime) -> str:
    """A ticket with which the official goes over to the public site."""
    ticket = secrets.token_urlsafe(24)
    HandOver.objects.create(proxy=proxy, digest=_digest(ticket), made_at=now)
    return ticket


@transaction.atomic
def find_handed_over(ticket: str, now: datetime, day: date, *, origin: str = "") -> Proxy | None:
    """The proxy of a ticket, which is used up; None for one that is none, was used, or is older than a minute."""
    found = HandOver.objects.select_for_update().filter(digest=_digest(ticket), used_at=None).first()
    if found is None or now >= found.made_at + TICKET_HOLDS:
        return None
    HandOver.objects.filter(pk=found.id).update(used_at=now)
    proxy = find_holding(found.proxy_id, day)
    if proxy is not None:
        details = {"applicant": proxy.applicant_id}
        subject = f"proxy:{proxy.id}"
        audit.record(
            "proxy.sign-in", actor=proxy.user.username, subject=subject, area=proxy.area, origin=origin, details=details
        )
    return proxy


def forget_old(now: datetime) -> int:
    """How many tickets are past their minute; they are deleted."""
    return HandOver.objects.filter(made_at__lte=now - TICKET_HOLDS).delete()[0]


def _digest(ticket: str) -> bytes:
    return secrecy().index(f"ticket:{ticket}")
