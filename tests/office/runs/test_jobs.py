"""Jobs of runs under a real worker, also one that is killed on its way."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job, Status

from luoshi.office.runs import actions, jobs, queries
from luoshi.office.runs.models import Figure, Installed, Run
from tests.office.runs.city import ADOPTED, PACK, install_city

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]

WORKER = [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "runs"]


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    install_city(tmp_path_factory.mktemp("city") / "data")


def _work_off() -> None:
    subprocess.run([*WORKER, "--one-shot"], check=True, capture_output=True, timeout=100)


def _states() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        return dict(cursor.fetchall())


def test_at_night_every_pack_is_asked_for_as_of_the_day_that_has_begun() -> None:
    two_in_the_morning = int(datetime(2023, 12, 30, 18, 0, tzinfo=UTC).timestamp())  # in Shanghai it is the 31st
    jobs.nightly(two_in_the_morning)
    (waiting,) = Run.objects.filter(state=Run.State.WAITING)
    assert (waiting.pack_id, waiting.on) == (PACK, date(2023, 12, 31))
    _work_off()
    waiting.refresh_from_db()
    assert waiting.state == Run.State.FINISHED


def test_a_run_whose_worker_was_killed_is_carried_out_once_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    run = actions.ask(PACK, date(2023, 11, 30), by="tester")
    jobs.carry_out.defer(run_id=run.id)
    worker = subprocess.Popen(WORKER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        run.refresh_from_db()
        if run.state != Run.State.WAITING:
            break
        time.sleep(0.05)
    assert run.state == Run.State.RUNNING
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert not Figure.objects.filter(run=run).exists()
    monkeypatch.setattr(jobs, "SECONDS_WITHOUT_A_SIGN", 0.1)
    time.sleep(0.2)
    async_to_sync(jobs.rescue.func)(0)
    run.refresh_from_db()
    assert run.state == Run.State.WAITING
    _work_off()
    run.refresh_from_db()
    assert run.state == Run.State.FINISHED
    assert queries.newest_run(PACK, date(2023, 11, 30)) == run
    assert "doing" not in _states()


def test_a_job_that_ends_while_it_is_rescued_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    number = jobs.carry_out.defer(run_id=actions.ask(PACK, date(2023, 11, 29), by="tester").id)
    manager = jobs.app.job_manager
    look = manager.get_stalled_jobs

    async def look_too_long(**options: Any) -> list[Job]:
        (found,) = await look(**options)
        await manager.finish_job(found, Status.SUCCEEDED, delete_job=False)
        return [found]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
    monkeypatch.setattr(manager, "get_stalled_jobs", look_too_long)
    async_to_sync(jobs.rescue.func)(0)
    assert ProcrastinateJob.objects.get(id=number).status == "succeeded"


def test_an_adopted_draft_stays_adopted_when_it_is_installed_again() -> None:
    found = actions.install(PACK, by="tester")
    assert (found.adopted_on, found.adoption) == (ADOPTED.day, ADOPTED.document)
    assert Installed.objects.count() == 1
