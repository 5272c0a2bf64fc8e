"""Races: several people at the same moment on connections of their own, tried as often as is asked for.

What a race needs is prepared for a few tries; a copy of the database in which it lies gives it again, as often as it
takes. The people keep their threads and, as long as a database stands, their connections.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

from tests.office.databases import beginning

TRIES = int(os.environ.get("LUOSHI_TRIES", "4"))
"""How often each race is run; a thousand times on request."""
FEW = 50
"""For so many tries something is prepared."""
PATIENCE = 30
Prepared = TypeVar("Prepared")


class Crowd:
    """People who act at the same moment, each on a connection of their own."""

    def __init__(self, size: int) -> None:
        self._size, self._pool, self._numbers = size, ThreadPoolExecutor(size), count(1)

    def at_once(self, *acts: Callable[[], object]) -> list[object]:
        """What acts that begin at the same moment come to, in their order. As many as there are people, or fewer."""
        barrier = Barrier(len(acts))

        def go(act: Callable[[], object]) -> object:
            barrier.wait(PATIENCE)
            return act()

        return list(self._pool.map(go, acts))

    def let_go(self) -> None:
        """Nobody is connected any more."""
        self.at_once(*[lambda: connection.close()] * self._size)

    def tried(self, name: str, prepare: Callable[[list[int]], list[Prepared]]) -> Iterator[Prepared]:
        """As many things to race for as there are tries. `prepare` makes one for each number, in one transaction; no
        number comes twice."""
        made: list[Prepared] = []

        def make() -> None:
            with transaction.atomic():
                made.extend(prepare(list(islice(self._numbers, min(TRIES, FEW)))))

        for done in range(0, TRIES, FEW):
            if TRIES > FEW:
                self.let_go()
                beginning(name, make)
            else:
                make()
            yield from made[: TRIES - done]

    def leave(self) -> None:
        """They are gone."""
        self.let_go()
        self._pool.shutdown()
