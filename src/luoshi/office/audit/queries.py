"""Reading the event log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

CHAIN = "audit:chain"
"""The subject of what is said about the log itself."""


@dataclass(frozen=True)
class Event:
    """One entry of the log."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    area: str
    basis: str
    origin: str
    details: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What events are asked for; what is empty is not asked. `kind` is the noun of an action; days as moments."""

    actor: str = ""
    kind: str = ""
    subject: str = ""
    area: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Asked()
_CONDITIONS = (
    ("actor", "actor = %s"),
    ("kind", "starts_with(action, %s || '.')"),
    ("subject", "subject = %s"),
    ("area", "starts_with(area, %s)"),
    ("since", "at >= %s"),
    ("until", "at < %s"),
)


def events(area: str, before: int | None = None, size: int = 50, asked: Asked = EVERYTHING) -> Sequence[Event]:
    """The newest events in a scope, at most `size`, older than the event `before`, narrowed to what is asked for."""
    wanted = [(condition, getattr(asked, name)) for name, condition in _CONDITIONS if getattr(asked, name)]
    conditions = "".join(f" AND {condition}" for condition, _ in wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, actor, action, subject, area, basis, origin, details::text FROM audit.event"
            f" WHERE starts_with(area, %s) AND (%s::bigint IS NULL OR id < %s){conditions} ORDER BY id DESC LIMIT %s",
            [area, before, before, *(value for _, value in wanted), size],
        )
        rows: list[tuple[Any, ...]] = [(*row[:-1], json.loads(row[-1])) for row in cursor.fetchall()]
    return [Event(*row) for row in rows]


def last_verified() -> Event | None:
    """The newest event that tells how a look at the whole chain ended."""
    looks = (event for event in events("", size=20, asked=Asked(subject=CHAIN)) if event.action == "audit.verify")
    return next(looks, None)


def first_broken() -> int | None:
    """The number of the first event that was changed, or is missing; None if the chain is whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.first_broken()")
        found = cursor.fetchone()[0]
        return None if found is None else int(found)
