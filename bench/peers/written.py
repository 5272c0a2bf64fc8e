"""What Luoshi's engines have written, beside what the others hand back."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.peers.results import Results


def add_written_budgets(results: Results, out: Path) -> None:
    """County totals from the budget file, which counts by village."""
    table = pq.read_table(out / "budget.parquet", columns=["area", "measure", "eligible", "amount"])
    table = table.set_column(0, "county", pc.utf8_slice_codeunits(table["area"], 0, 6))
    sums = table.group_by(["county", "measure"]).aggregate([("eligible", "sum"), ("amount", "sum")])
    for row in sums.to_pylist():
        if row["eligible_sum"]:
            results.budgets[row["county"], row["measure"]] = row["eligible_sum"], int(row["amount_sum"] * 100)
