"""Keeps the processes of the service running: web server and worker are children, started again when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

import structlog

from luoshi.office.database import Server
from luoshi.office.database.owner import dying_with_parent

LOOK = 0.5
"""Seconds between two looks at the children."""
FEWEST_SECONDS, MOST_SECONDS = 2.0, 60.0
"""Seconds between two starts of a child: twice as long each time that it ends soon after its start."""
SOON = 60.0
GRACE = 20.0
"""Seconds that a child has to end."""
LONG = ("runs", "worklists")
"""The queues whose jobs may take very long in a big city."""
QUICK = ("imports", "exports", "messages", "upkeep")
"""All others: nobody waits for a run to end before a spreadsheet is looked through."""

log = structlog.get_logger(__name__)


def web(address: str, port: int, workers: int) -> list[str]:
    """The command of the web server."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning"]
    command += ["--workers-kill-timeout", "10"]
    return [*command, "luoshi.office.config.wsgi:application"]


def worker(concurrency: int, queues: Sequence[str] = ()) -> list[str]:
    """The command of a worker: for the jobs of some queues, or of all."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", str(concurrency)]
    command += ["--queues", ",".join(queues)] if queues else []
    return [*command, "--shutdown-graceful-timeout", str(int(GRACE))]


class Children:
    """Named commands, each running as a process of its own."""

    def __init__(self, commands: Mapping[str, Sequence[str]], server: Server | None) -> None:
        self._commands = commands
        self._server = server
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._ending = False

    def keep(self, ready: Callable[[], None]) -> None:
        """Run everything until somebody asks to end (Ctrl-C, SIGTERM); `ready` is called once when all has begun."""
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, self._end)
        self._look()
        ready()
        while not self._ending:
            time.sleep(LOOK)
            self._look()
        self._stop()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = True

    def _look(self) -> None:
        if self._server is not None and not self._server.alive():
            log.warning("database ended, starting it again")
            os.environ["DATABASE_URL"] = self._server.start()
            self._stop()
        for name, command in self._commands.items():
            child = self._running.get(name)
            if child is None or child.poll() is not None:
                self._start(name, command)

    def _start(self, name: str, command: Sequence[str]) -> None:
        now = time.monotonic()
        since = now - self._started.get(name, -SOON)
        pause = self._pauses.get(name, 0.0) if since < SOON + MOST_SECONDS else 0.0
        if since < pause:
            return
        self._started[name] = now
        self._pauses[name] = min(max(FEWEST_SECONDS, 2 * pause), MOST_SECONDS)
        self._running[name] = subprocess.Popen(
            command, start_new_session=True, preexec_fn=dying_with_parent(signal.SIGTERM)
        )

    def _stop(self) -> None:
        for child in self._running.values():
            if child.poll() is None:
                child.terminate()
        for child in self._running.values():
            try:
                child.wait(GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._running.clear()
        self._started.clear()
        self._pauses.clear()
