"""Where accounts are signed in. A sign-in that its session has outlived is none; ending one ends its session."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, QuerySet

from luoshi.office.accounts.models import SignIn, User
from luoshi.office.accounts.recording import record
from luoshi.office.accounts.sessions import digest

RENEWAL = timedelta(minutes=1)
"""How long a sign-in counts as just seen: so often at most is it written."""


def shortened(address: str) -> str:
    """The part of an address that says which office, not which machine.

    >>> shortened("10.20.30.40"), shortened("2408:8207:7a01::5"), shortened("::ffff:10.20.30.40"), shortened("nonsense")
    ('10.20.30.*', '2408:8207:7a01:*', '10.20.30.*', '')
    """
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(read, ipaddress.IPv6Address) and read.ipv4_mapped is None:
        groups = read.exploded.split(":")[:3]
        return ":".join([*(f"{int(group, 16):x}" for group in groups), "*"])
    four = read if isinstance(read, ipaddress.IPv4Address) else read.ipv4_mapped
    return f"{str(four).rpartition('.')[0]}.*"


@transaction.atomic
def begin(user: User, session_key: str, now: datetime, *, address: str, agent: str) -> SignIn:
    """A new sign-in, on record. The account's sign-ins without a session are forgotten."""
    record("account.sign-in", user, by=user.username, origin=shortened(address))
    SignIn.objects.filter(user=user).exclude(session__in=_sessions(now)).delete()
    return SignIn.objects.create(
        user=user,
        session=digest(session_key),
        address=shortened(address),
        agent=agent[: SignIn.AGENT],
        began=now,
        last_seen=now,
    )


def goes_on(session_key: str, now: datetime, idle: timedelta, *, counts: bool = True) -> bool:
    """Whether the sign-in of a session was seen within `idle`; where this `counts`, it was seen now.

    Written only where it was seen longer than `RENEWAL` ago.
    """
    found = SignIn.objects.filter(session=digest(session_key))
    seen = found.values_list("last_seen", flat=True).first()
    if seen is None or now - seen > idle:
        return seen is None
    if counts and now - seen >= RENEWAL:
        found.update(last_seen=now)
    return True


def move(old_key: str, new_key: str) -> None:
    """The session of a sign-in has a new key."""
    SignIn.objects.filter(session=digest(old_key)).update(session=digest(new_key))


def list_sign_ins(user: User, now: datetime) -> Sequence[SignIn]:
    """Where somebody is signed in, the last seen first."""
    return list(SignIn.objects.filter(user=user, session__in=_sessions(now)).order_by("-last_seen", "-id"))


def end(user: User, number: int) -> bool:
    """Whether there was such a sign-in of this account; it is ended."""
    return _end(SignIn.objects.filter(user=user, pk=number)) > 0


@transaction.atomic
def sign_out(user: User, session_key: str, *, origin: str = "") -> None:
    """The sign-in of a session is ended by its own person, on record."""
    record("account.sign-out", user, by=user.username, origin=origin)
    _end(SignIn.objects.filter(session=digest(session_key)))


@transaction.atomic
def end_idle(user: User, session_key: str) -> None:
    """The sign-in of a session is ended because nobody has done anything, on record."""
    record("account.idle", user, by=user.username)
    _end(SignIn.objects.filter(session=digest(session_key)))


@transaction.atomic
def end_for(user: User, *, by: str, origin: str = "") -> int:
    """How many sign-ins of the account somebody else has ended: all; on record."""
    ended = end_all(user)
    record("account.end-sign-ins", user, by=by, origin=origin, details={"ended": ended})
    return ended


def end_all(user: User, *, but: str | None = None) -> int:
    """How many sign-ins of the account were ended: all, or all but that of a session."""
    found = SignIn.objects.filter(user=user)
    return _end(found if but is None else found.exclude(session=digest(but)))


@transaction.atomic
def _end(found: QuerySet[SignIn]) -> int:
    ended = list(found.values_list("session", flat=True))
    Session.objects.filter(session_key__in=ended).delete()
    SignIn.objects.filter(session__in=ended).delete()
    return len(ended)


def _sessions(now: datetime) -> QuerySet[Model, str]:
    """The digests of all sessions that are not over."""
    return Session.objects.filter(expire_date__gt=now).values_list("session_key", flat=True)
