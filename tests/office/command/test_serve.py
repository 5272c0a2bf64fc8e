"""`luoshi serve` and `luoshi worker`: the service as processes, from nothing, and what stays when it is killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from luoshi.office.database import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def service(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [str(Path(sys.executable).parent / "luoshi"), "serve", "--port", str(port), "--web-workers", "1"]
    process = subprocess.Popen(command, env=surroundings | {"LUOSHI_DATA": str(data)}, stderr=subprocess.DEVNULL)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def _asked(port: int, path: str) -> tuple[int, bytes]:
    for _ in range(800):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code, problem.read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("nobody answers")


def _all_gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=60)
    return not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_the_service_answers_and_ends_with_everything_it_started(
    service: subprocess.Popen[bytes], data: Path, port: int
) -> None:
    assert json.loads(_asked(port, "healthz")[1]) == {"database": "ok"}
    status, page = _asked(port, "")
    assert status == 200
    assert 'name="password"' in page.decode()
    assert _asked(port, "no-such-page")[0] == 404
    children = psutil.Process(service.pid).children(recursive=True)
    service.send_signal(signal.SIGTERM)
    assert service.wait(40) == 0
    assert _all_gone(children)
    assert not Server(data / "postgres").running()


def test_nothing_stays_when_the_service_is_killed(service: subprocess.Popen[bytes], data: Path, port: int) -> None:
    assert _asked(port, "healthz")[0] == 200
    children = psutil.Process(service.pid).children(recursive=True)
    service.kill()
    service.wait()
    assert _all_gone(children)
    assert not Server(data / "postgres").running()


def test_a_killed_web_server_comes_back_without_its_old_processes(
    service: subprocess.Popen[bytes], data: Path, port: int
) -> None:
    assert _asked(port, "healthz")[0] == 200
    (web,) = [child for child in psutil.Process(service.pid).children() if "granian" in " ".join(child.cmdline())]
    old = web.children(recursive=True)
    assert old
    web.kill()
    assert _all_gone(old)
    assert [_asked(port, "healthz")[0] for _ in range(20)] == [200] * 20


def test_a_killed_database_comes_back_by_itself(service: subprocess.Popen[bytes], data: Path, port: int) -> None:
    assert _asked(port, "healthz")[0] == 200
    leader = int((data / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(leader, signal.SIGKILL)
    for _ in range(300):
        time.sleep(0.1)
        if (data / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0] != str(leader):
            break
    for _ in range(100):
        if _asked(port, "healthz")[0] == 200:
            return
        time.sleep(0.2)
    raise AssertionError("the service does not find its database again")


def test_a_worker_alone_runs_without_pages(data: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [str(Path(sys.executable).parent / "luoshi"), "worker"]
    process = subprocess.Popen(
        command, env=surroundings | {"LUOSHI_DATA": str(data)}, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert any(line.strip() == "worker" for line in process.stderr)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    process.stderr.close()
    assert process.wait(40) == 0
    assert _all_gone(children)
