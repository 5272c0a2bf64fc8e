"""How much one address may send in a while. Addresses are kept as digests, and for a day only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from luoshi.office.database.keys import secrecy
from luoshi.office.notices.errors import TooMany
from luoshi.office.notices.models import Attempt

LIMITS: Mapping[str, tuple[int, timedelta]] = {
    "objection": (5, timedelta(hours=1)),
    "answer": (10, timedelta(minutes=10)),
}
"""How often one address may object, and ask for an answer, within which time."""
KEPT = timedelta(days=1)


@transaction.atomic
def count(what: str, address: str, now: datetime) -> None:
    """The try is counted; `TooMany` where the address has had all of its tries."""
    most, within = LIMITS[what]
    origin = secrecy().index(f"{what} {address}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notices {origin.hex()}"])
    if Attempt.objects.filter(what=what, origin=origin, at__gt=now - within).count() >= most:
        minutes = int(within.total_seconds() // 60)
        raise TooMany(f"{most} in {minutes} minutes", "too-many", most=most, minutes=minutes)
    Attempt.objects.create(what=what, origin=origin, at=now)


def forget(now: datetime) -> int:
    """Tries that are over are kept no more; how many."""
    return Attempt.objects.filter(at__lte=now - KEPT).delete()[0]
