"""A worker or the database is killed in the middle of a batch: the ledger balances, everybody is paid once."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.office.databases import durable
from tests.office.treasury.killing import DATABASE, WORKER, killed, longest

pytestmark = pytest.mark.usefixtures("ground")
POINTS = int(os.environ.get("LUOSHI_KILLS", "4"))
EVERY = 4
"""Each so manieth time it is the database that is killed."""


def test_a_kill_leaves_nothing_half_done() -> None:
    durable()
    whole = longest()
    victims = [DATABASE if number % EVERY == 0 else WORKER for number in range(1, POINTS + 1)]
    delays = [whole * number / (POINTS + 1) for number in range(1, POINTS + 1)]
    kills = [killed(number, *each) for number, each in enumerate(zip(delays, victims, strict=True), 1)]
    if report := os.environ.get("LUOSHI_KILLS_REPORT"):
        Path(report).write_text(json.dumps([asdict(one) for one in kills]), encoding="utf-8")
    assert [wrong for one in kills for wrong in one.wrong] == []
