"""Luoshi on Spark in one process, on all processors: the statements of the SQL engine, carried out by Spark."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import psutil

from bench.peers.results import Results
from bench.peers.written import add_written_budgets
from luoshi.rulebook.engines.sql import on_spark
from luoshi.rulebook.loading import load_pack

PACK = Path(__file__).parent.parent / "pack"
MEMORY = "4GB"


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None, memory_limit: str | None = None) -> Results:
    """Load the pack, start Spark and run. The engine always writes; without `out_dir` that is thrown away."""
    results = Results()
    with results.phase("build"):
        pack = load_pack(PACK)
    with tempfile.TemporaryDirectory(dir=data_dir.parent) as folder:
        out = out_dir or Path(folder) / "out"
        with on_spark.opened("local[*]", {"spark.local.dir": folder}, memory_limit or MEMORY) as session:
            with results.phase("run"):
                on_spark.run(session, pack, data_dir, on_date, out)
            results.notes |= _java()
        with results.phase("total"):
            add_written_budgets(results, out)
    return results


def _java() -> dict[str, float]:
    """CPU seconds and largest resident size of Spark's own process, which goes on after its session has ended."""
    (java,) = [child for child in psutil.Process().children(recursive=True) if child.name() == "java"]
    status = Path(f"/proc/{java.pid}/status").read_text(encoding="utf-8")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    times = java.cpu_times()
    return {"cpu of java": times.user + times.system, "MB of java": peak / 1024}
