"""The service as a tree of processes, and the ends that its parts can come to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

from luoshi.office.database import Server

VICTIMS = ("service", "web", "worker", "database")


class Service:
    """`luoshi serve` over a folder, on a port of its own."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self.server = Server(data / "postgres")

    def start(self) -> None:
        """It answers; nothing where it does already."""
        if self._process is None or self._process.poll() is not None:
            surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            command = [str(Path(sys.executable).parent / "luoshi"), "serve", "--port", str(self._port)]
            self._process = subprocess.Popen(
                [*command, "--web-workers", "1"], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        self._wait()

    def stop(self) -> None:
        """It ends, as it does for Ctrl-C."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)

    def kill(self, victim: str) -> None:
        """A part of it ends at once, without a word."""
        assert self._process is not None
        first = psutil.Process(self._process.pid)
        if victim == "service":
            below = first.children(recursive=True)
            first.kill()
            self._process.wait()
            psutil.wait_procs(below, timeout=60)
            return
        if victim == "database":
            leader = int((self._data / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(leader, signal.SIGKILL)
            return
        word = "granian" if victim == "web" else "procrastinate"
        for process in [child for child in first.children() if word in " ".join(child.cmdline())]:
            process.kill()

    def _wait(self) -> None:
        for _ in range(1_200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the service does not answer")
