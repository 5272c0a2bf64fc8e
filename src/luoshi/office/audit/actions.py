"""Writing to the event log. Never a person's data: subjects are named by their kind and number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb


def record(
    action: str,
    *,
    actor: str,
    subject: str,
    area: str = "",
    basis: str = "",
    origin: str = "",
    details: Mapping[str, Any] | None = None,
) -> int:
    """Append an event, in the transaction that does what it tells of; its number.

    `action` is a noun and a verb ("account.open"); `subject` a kind and a key ("account:chen"); `basis` a clause or a
    document; `origin` where it came from (an address, a job).
    """
    with connection.cursor() as cursor:
        values: list[Any] = [actor, action, subject, area, basis, origin, Jsonb(dict(details or {}))]
        cursor.execute("SELECT audit.append(%s, %s, %s, %s, %s, %s, %s)", values)
        return int(cursor.fetchone()[0])
