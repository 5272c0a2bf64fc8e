"""Luoshi's SQL engine: the pack is loaded and compiled, whole registers are decided from Parquet to Parquet."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from bench.peers.results import Results
from bench.peers.written import add_written_budgets
from luoshi.rulebook.engines.sql import run
from luoshi.rulebook.loading import load_pack

PACK = Path(__file__).parent.parent / "pack"


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None, memory_limit: str | None = None) -> Results:
    """Load the pack and run it. The engine always writes; without `out_dir` what it wrote is thrown away."""
    results = Results()
    with results.phase("build"):
        pack = load_pack(PACK)
    with tempfile.TemporaryDirectory(dir=data_dir.parent) as folder:
        out = out_dir or Path(folder) / "out"
        options = {"memory_limit": memory_limit} if memory_limit else {}
        with results.phase("run"):
            run(pack, data_dir, on_date, out, **options)
        with results.phase("total"):
            add_written_budgets(results, out)
    return results
