"""A batch of many payments, from the list to the bank's answer; `bench.payments` makes it large and reads the clock."""

import os
import time
from decimal import Decimal

import pytest

from luoshi.office.treasury import bank_files, proving, stepping
from luoshi.office.treasury.models import Batch, Failure, Line
from tests.office.treasury.place import (
    CHECKER,
    FINANCE,
    MAKER,
    NOW,
    commit,
    give,
    listed,
    put_on_list,
    returned,
    settle,
    take_back,
)

pytestmark = [pytest.mark.usefixtures("ground", "database"), pytest.mark.slow]
LINES = int(os.environ.get("LUOSHI_LINES", "400"))


def test_a_batch_of_many_payments() -> None:
    give(LINES * 500)
    commit(range(LINES))
    put_on_list("dead", *range(LINES, LINES + LINES // 20))
    took: dict[str, float] = {}

    def timed(name: str, start: float) -> None:
        took[name] = round(time.perf_counter() - start, 2)

    start = time.perf_counter()
    batch = listed()
    timed("made and checked", start)
    settle(batch)
    for name, by, step in (
        ("submitted", MAKER, stepping.submit),
        ("checked", CHECKER, stepping.check),
        ("approved", FINANCE, stepping.approve),
        ("exported", FINANCE, bank_files.send),
    ):
        start = time.perf_counter()
        step(batch.id, by=by, now=NOW)  # type: ignore[operator] # one of the steps
        timed(name, start)
    batch = Batch.objects.select_related("layout").get(id=batch.id)
    file = returned(batch, lambda line: line.number % 100 == 0)
    start = time.perf_counter()
    take_back(batch, file)
    timed("returned", start)
    print("\n".join(f"| {name} | {seconds} |" for name, seconds in took.items()))
    print(f"| in all | {sum(took.values()):.1f} |")
    assert (batch.count, batch.total) == (LINES, Decimal(LINES * 500))
    assert Line.objects.filter(state="paid").count() == LINES - LINES // 100 == LINES - Failure.objects.count()
    assert proving.compare()[1] == []
