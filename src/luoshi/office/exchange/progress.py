"""How far an import is, as everybody sees it at once; and one worker for one import at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from luoshi.office.exchange.errors import Stopped
from luoshi.office.exchange.models import Import

LOCKS = 6_857_003
"""The first number of the locks by which workers know of one another; the second is that of the import."""


class Progress:
    """Tells how far the work on an import is, also from within a transaction whose end nobody sees yet."""

    def __init__(self, work: Import, own: BaseDatabaseWrapper) -> None:
        self._work = work
        self._own = own

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Everybody sees the step and the rows done; `Stopped` if somebody has cancelled the import."""
        with self._own.cursor() as cursor:
            cursor.execute(
                "UPDATE exchange_import SET step = %s, done = %s, total = %s WHERE id = %s AND state = %s",
                [step, done, total, self._work.id, self._work.state],
            )
            if cursor.rowcount:
                return
            cursor.execute("SELECT state FROM exchange_import WHERE id = %s", [self._work.id])
            if cursor.fetchone() is not None:
                raise Stopped


@contextmanager
def working_on(import_id: int) -> Iterator[None]:
    """Nobody else works on the import meanwhile; whoever is at it still is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, import_id])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, import_id])


@contextmanager
def progress(work: Import) -> Iterator[Progress]:
    """Tells of the work by a connection of its own."""
    own = connection.copy()
    try:
        yield Progress(work, own)
    finally:
        own.close()
