"""Luoshi's SQL engine: the pack is loaded and compiled, whole registers are decided from Parquet to Parquet."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.peers.results import Results
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
            _add_budgets(results, out)
    return results


def _add_budgets(results: Results, out: Path) -> None:
    """County totals from the budget file, which counts by village."""
    table = pq.read_table(out / "budget.parquet", columns=["area", "measure", "eligible", "amount"])
    table = table.set_column(0, "county", pc.utf8_slice_codeunits(table["area"], 0, 6))
    sums = table.group_by(["county", "measure"]).aggregate([("eligible", "sum"), ("amount", "sum")])
    for row in sums.to_pylist():
        if row["eligible_sum"]:
            results.budgets[row["county"], row["measure"]] = row["eligible_sum"], int(row["amount_sum"] * 100)
