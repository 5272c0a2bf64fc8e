"""Imports under a real worker, also one that is killed: in the middle of staging, and in the middle of writing."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from luoshi.office.exchange import actions, jobs
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.models import Import, Written
from luoshi.office.runs import jobs as runs_jobs
from luoshi.office.runs import library
from tests.office.exchange.giving import CITY, NOW, PACK, install, rows, titles, workbook

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
WORKER = [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "imports"]
MANY = 12_000
State = Import.State


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    install(tmp_path_factory.mktemp("city"))


def _work_off() -> None:
    subprocess.run([*WORKER, "--one-shot"], check=True, capture_output=True, timeout=100)


def _kill_at(work: Import, step: str) -> None:
    """A worker that is killed as soon as the import has come to a step; it gives way to whoever watches it."""
    worker = subprocess.Popen(["nice", "-n", "19", *WORKER], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(20_000):
        work.refresh_from_db()
        if work.step == step:
            break
        time.sleep(0.002)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert work.step == step, (work.state, work.step)


def _rescue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_jobs, "SECONDS_WITHOUT_A_SIGN", 0.1)
    time.sleep(0.3)
    async_to_sync(runs_jobs.rescue.func)(0)


def _count() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common.household WHERE starts_with(register_number, '样')")
        return cursor.fetchone()[0]


def test_an_import_whose_worker_was_killed_twice_is_taken_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    [(place,)] = rows("household", "area")[:1]
    content = workbook(titles("household", "register_number", "area"), [(f"样{n:06}", place) for n in range(MANY)])
    given = Given("名单.xlsx", content)
    work, _ = actions.receive(library.pack(PACK), "household", given, area=CITY, by="chen", now=NOW)
    jobs.check.defer(import_id=work.id)
    _kill_at(work, "stage")
    assert work.state == State.CHECKING
    _rescue(monkeypatch)
    _work_off()
    work.refresh_from_db()
    assert (work.state, work.rows_new) == (State.READY, MANY)
    actions.accept(work, by="wang", now=NOW)
    jobs.take_in.defer(import_id=work.id)
    _kill_at(work, "write")
    assert (work.state, _count(), Written.objects.count()) == (State.ACCEPTING, 0, 0)
    _rescue(monkeypatch)
    _work_off()
    work.refresh_from_db()
    assert (work.state, _count(), Written.objects.count()) == (State.ACCEPTED, MANY, MANY)
    actions.undo(work, "试", by="wang", now=NOW)
    jobs.undo.defer(import_id=work.id)
    _work_off()
    work.refresh_from_db()
    assert (work.state, _count()) == (State.UNDONE, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")
        assert cursor.fetchone()[0] == 0
