"""The processes of the service are kept running, and end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from procrastinate.contrib.django import app

from luoshi.office.config.processes import LONG, QUICK, worker

KEEPER = """
import sys
from luoshi.office.config.processes import Children

child = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); time.sleep(60)"
commands = {name: [sys.executable, "-c", child, f"{sys.argv[1]}/{name}"] for name in ("web", "worker")}
Children(commands, None).keep(lambda: print("ready", flush=True))
"""


@pytest.fixture
def keeper(tmp_path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", KEEPER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdout.close()
    return process


def _begun(file: Path, count: int) -> list[int]:
    """The process ids in a file, once there are so many."""
    for _ in range(200):
        numbers = [int(line) for line in file.read_text().split()] if file.exists() else []
        if len(numbers) >= count:
            return numbers
        time.sleep(0.1)
    raise AssertionError(f"{file.name}: fewer than {count} began")


def _gone(number: int) -> bool:
    for _ in range(100):
        if not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def test_a_child_that_ends_is_started_again(keeper: subprocess.Popen[str], tmp_path: Path) -> None:
    (first,) = _begun(tmp_path / "web", 1)
    (other,) = _begun(tmp_path / "worker", 1)
    os.kill(first, signal.SIGKILL)
    assert _begun(tmp_path / "web", 2)[1] != first
    assert len(_begun(tmp_path / "worker", 1)) == 1
    keeper.send_signal(signal.SIGTERM)
    assert keeper.wait(30) == 0
    assert _gone(other)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_children_end_with_their_keeper(keeper: subprocess.Popen[str], tmp_path: Path, ending: signal.Signals) -> None:
    children = [*_begun(tmp_path / "web", 1), *_begun(tmp_path / "worker", 1)]
    keeper.send_signal(ending)
    keeper.wait(30)
    assert all(_gone(child) for child in children)


def test_every_queue_has_a_worker() -> None:
    queues = {task.queue for task in app.tasks.values() if not task.name.startswith("builtin:")}
    assert queues <= {*LONG, *QUICK}
    assert not set(LONG) & set(QUICK)
    assert worker(1, QUICK)[4:9] == ["worker", "--concurrency", "1", "--queues", ",".join(QUICK)]
    assert "--queues" not in worker(2), "a worker of its own takes any job"
