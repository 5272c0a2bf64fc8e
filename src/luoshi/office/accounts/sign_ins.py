"""Where accounts are signed in. A sign-in that its session has outlived is none; ending one ends its session."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField, Func, Model, QuerySet

from luoshi.office.accounts.models import SignIn, User
from luoshi.office.accounts.recording import record

RENEWAL = timedelta(minutes=5)
"""How long a sign-in counts as just seen: so often at most is it written."""


class Digest(Func):
    """The digest of a column, computed by the database."""

    template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


def digest(session_key: str) -> str:
    """What a sign-in keeps of its session's key: enough to find it, not enough to take it over."""
    return sha256(session_key.encode()).hexdigest()


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


def renew(session_key: str, now: datetime) -> None:
    """The sign-in was seen now; written only where that was longer ago than `RENEWAL`."""
    SignIn.objects.filter(session=digest(session_key), last_seen__lte=now - RENEWAL).update(last_seen=now)


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
    Session.objects.annotate(digest=Digest("session_key")).filter(digest__in=ended).delete()
    SignIn.objects.filter(session__in=ended).delete()
    return len(ended)


def _sessions(now: datetime) -> QuerySet[Model, str]:
    """The digests of all sessions that are not over."""
    found = Session.objects.filter(expire_date__gt=now).annotate(digest=Digest("session_key"))
    return found.values_list("digest", flat=True)
