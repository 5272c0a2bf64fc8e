"""One look at a page of the county by somebody: what came of it, and what it wrote; everything is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.policy import ANYONE, ROUTES, may_open
from tests.office.desk.addresses import ARGUMENTS
from tests.office.security.world import HERE, World

WRITTEN = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"


@dataclass(frozen=True)
class Look:
    """One GET: who looked, and what came of it."""

    route: str
    who: str | None
    answer: Any = field(repr=False)
    body: bytes = field(repr=False)
    wrote: frozenset[str]

    @property
    def is_page(self) -> bool:
        kind = str(self.answer.headers.get("Content-Type", ""))
        return bool(self.answer.status_code == 200 and kind.startswith("text/html"))


class _Undo(Exception):
    """Ends a transaction."""


@contextmanager
def undone() -> Iterator[None]:
    """What happens in it is undone."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


def address(world: World, route: str) -> str:
    made = world.own.get(route) or world.shared.get(route)
    return reverse(route, kwargs=dict(made or ARGUMENTS.get(route, {})))


def written() -> frozenset[tuple[str, int]]:
    """How much this connection has written to each table."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return frozenset(cursor.fetchall())


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def look(world: World, route: str, who: str | None, client: Client | None = None, **asked: str) -> Look:
    """A page as somebody sees it."""
    with undone():
        before = written()
        answer = (client or world.browser(who)).get(address(world, route), asked)
        body = body_of(answer)
        return Look(route, who, answer, body, frozenset(name for name, _ in written() - before))


def who_opens(world: World, route: str) -> str | None:
    """Somebody of the county who may open a route; nobody where anybody may."""
    if ROUTES[route] == ANYONE:
        return None
    return next((name for name in HERE if may_open(route, world.roles[name])), "administrator")
