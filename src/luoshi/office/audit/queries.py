"""Reading the event log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection


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


def events(area: str, before: int | None = None, size: int = 50) -> Sequence[Event]:
    """The newest events in a scope, at most `size`, older than the event `before`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, actor, action, subject, area, basis, origin, details::text FROM audit.event"
            " WHERE starts_with(area, %s) AND (%s::bigint IS NULL OR id < %s) ORDER BY id DESC LIMIT %s",
            [area, before, before, size],
        )
        rows: list[tuple[Any, ...]] = [(*row[:-1], json.loads(row[-1])) for row in cursor.fetchall()]
    return [Event(*row) for row in rows]


def first_broken() -> int | None:
    """The number of the first event that was changed, or is missing; None if the chain is whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.first_broken()")
        found = cursor.fetchone()[0]
        return None if found is None else int(found)
