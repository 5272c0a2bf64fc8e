"""A worker, or the database, is killed in the middle of a batch, and what is left of its work."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil
from django.db import connection
from django.db.models import Count

from luoshi.office.treasury import bank_files, listing, proving, stepping
from luoshi.office.treasury.models import Batch, Commitment, Line
from tests.office.databases import started_again, whose
from tests.office.treasury.place import (
    CHECKER,
    COUNTY,
    FINANCE,
    MAKER,
    MEASURE,
    NOW,
    PACK,
    commit,
    give,
    layout,
    returned,
    settle,
    take_back,
)

PEOPLE = 8
"""So many are paid with each batch."""
WORKER, DATABASE = "worker", "database"
NEXT: dict[str, Callable[[Batch], object]] = {
    "asked": lambda batch: listing.fill(batch.id, NOW),
    "made": lambda batch: (settle(batch), stepping.submit(batch.id, by=MAKER, now=NOW)),
    "submitted": lambda batch: stepping.check(batch.id, by=CHECKER, now=NOW),
    "checked": lambda batch: stepping.approve(batch.id, by=FINANCE, now=NOW),
    "approved": lambda batch: bank_files.send(batch.id, by=FINANCE, now=NOW),
    "sent": lambda batch: take_back(batch, returned(batch)),
}
"""What comes next, by where a batch stands: whoever comes after a killed worker goes on from there."""


@dataclass(frozen=True)
class Kill:
    """A kill: what was killed, how long after it began, how far the work was then, what is wrong in the end."""

    victim: str
    delay: float
    state: str
    took: float
    wrong: list[str] = field(default_factory=list)


def finish() -> None:
    """Every batch comes to its end."""
    while batch := Batch.objects.select_related("layout").filter(state__in=list(NEXT)).order_by("id").first():
        NEXT[batch.state](batch)


def work(number: int) -> None:
    """What is due to some people is paid."""
    give(PEOPLE * 500)
    for person in range(PEOPLE):
        commit([person], key=f"kill:{number}:{person}", period=f"k{number}")
    listing.ask(listing.Wanted(PACK, MEASURE, COUNTY), layout(), by=MAKER, now=NOW)
    finish()


def killed(number: int, delay: float, victim: str = WORKER) -> Kill:
    """What became of work of which something was killed so many seconds after it began, and that another has ended."""
    begun = time.monotonic()
    worker = _worker(number)
    time.sleep(delay)
    if victim == DATABASE:
        _kill_all(whose())
        os.waitpid(worker, 0)  # whose database is gone ends by itself
        started_again()
    else:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    mine = Commitment.objects.filter(key__startswith=f"kill:{number}:")
    state = _state(number, mine.count())
    wrong = [f"after the kill: {each}" for each in proving.compare()[1]]
    work(number)
    wrong += [f"in the end: {each}" for each in proving.compare()[1]]
    if mine.filter(state="paid").count() != PEOPLE or mine.count() != PEOPLE:
        wrong.append(f"{mine.filter(state='paid').count()} of {PEOPLE} are paid")
    twice = Line.objects.filter(commitment__in=mine, state="paid").values("commitment").annotate(n=Count("id"))
    wrong += [f"paid {each['n']} times" for each in twice if each["n"] != 1]
    return Kill(victim, delay, state, time.monotonic() - begun, wrong)


def _worker(number: int) -> int:
    """Another process that does the work, on a connection of its own."""
    connection.close()
    worker = os.fork()
    if not worker:
        try:
            work(number)
        finally:
            os._exit(0)
    return worker


def _kill_all(leader: int) -> None:
    """The server and all its processes end at once, without a word."""
    first = psutil.Process(leader)
    everybody = [first, *first.children(recursive=True)]
    for process in everybody:
        process.kill()
    psutil.wait_procs(everybody, timeout=30)


def _state(number: int, commitments: int) -> str:
    """How far the work is."""
    newest = Batch.objects.filter(lines__commitment__key__startswith=f"kill:{number}:").order_by("-id").first()
    if newest is not None:
        return newest.state
    waits = Batch.objects.filter(state=Batch.State.ASKED).exists()
    return "asked" if waits else "committing" if commitments else "nothing"


def longest() -> float:
    """How long a worker takes whom nobody kills, when the work is not done for the first time."""
    work(-1)
    start = time.monotonic()
    os.waitpid(_worker(0), 0)
    return time.monotonic() - start
