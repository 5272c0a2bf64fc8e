"""A standalone cluster: a master and workers, each a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

LAUNCHER = Path(pyspark.__file__).parent / "bin" / "spark-class"
PATIENCE_S = 60


class Cluster:
    """A running cluster; what its processes say is kept in files."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self.logs = [folder / f"worker-{number}.log" for number in range(workers)]
        self.master = ""

    def start(self, stack: ExitStack) -> None:
        """Start all processes and wait until the workers have found the master."""
        here = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        log = self._folder / "master.log"
        self._process(stack, log, ["org.apache.spark.deploy.master.Master", *here])
        self.master = _said(log, r"Starting Spark master at (spark://\S+)")
        for number, log in enumerate(self.logs):
            own = ["--cores", "1", "--memory", "1g", "--work-dir", str(self._folder / f"work-{number}")]
            self._process(stack, log, ["org.apache.spark.deploy.worker.Worker", *here, *own, self.master])
        for log in self.logs:
            _said(log, r"(Successfully registered) with master")

    def executors(self) -> list[int]:
        """How many executors every worker has been asked for so far."""
        return [len(re.findall(r"Asked to launch executor", log.read_text(encoding="utf-8"))) for log in self.logs]

    def _process(self, stack: ExitStack, log: Path, command: list[str]) -> None:
        file = stack.enter_context(log.open("w", encoding="utf-8"))
        own = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_DIRS": str(self._folder)}
        process = subprocess.Popen([LAUNCHER, *command], stdout=file, stderr=file, env=os.environ | own)
        stack.callback(process.wait, 30)
        stack.callback(process.terminate)


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[Cluster]:
    """A cluster with so many workers of one processor each, ended afterwards."""
    with ExitStack() as stack:
        cluster = Cluster(folder, workers)
        cluster.start(stack)
        yield cluster


def _said(log: Path, pattern: str) -> str:
    """What a process says in its log, as soon as it does."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(1)
    raise TimeoutError(log.read_text(encoding="utf-8")[-2000:])
