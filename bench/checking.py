"""Compares the results of engines cell by cell with those of the hand-written NumPy.

python -m bench.checking DATA --engines duckdb_hand,openfisca_lean,zen
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import click
import numpy as np

from bench.engines import ENGINES, ORACLE, SAMPLED, WRITERS, module_of
from bench.peers.results import Columns, Results, read_wide


def evaluated(engine: str, data: Path, on: date) -> Results:
    """The results of an engine, read back if it only writes files."""
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        results = module_of(engine).evaluate(data, on, Path(folder) / "out" if engine in WRITERS else None)
        if not results.columns:
            results.columns = read_wide(Path(folder) / "out")
    return results


def differences(one: Columns, other: Columns, ids: np.ndarray) -> list[str]:
    """A line per measure with cells that differ: how many, and the first row with all four parts."""
    lines = []
    for measure in dict.fromkeys(name.rsplit(".", 1)[0] for name in one):
        names = [name for name in one if name.rsplit(".", 1)[0] == measure]
        wrong = np.zeros(len(ids), bool)
        for name in names:
            wrong |= one[name] != other[name][ids]
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            seen = {name.rsplit(".", 1)[1]: (int(one[name][row]), int(other[name][ids[row]])) for name in names}
            lines.append(f"{measure}: {int(wrong.sum())} rows; row {int(ids[row])} (seen, expected): {seen}")
    return lines


def compared(engine: str, results: Results, oracle: Results) -> list[str]:
    """Every difference between an engine and the oracle."""
    lines = []
    for register, columns in results.columns.items():
        expected = oracle.columns[register]
        rows = len(next(iter(expected.values())))
        ids = module_of(engine).sampled(register, rows) if engine == SAMPLED else np.arange(rows)
        lines += [f"{register} {line}" for line in differences(columns, expected, ids)]
    if engine != SAMPLED and results.budgets != oracle.budgets:
        lines.append("county totals differ")
    return lines


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--engines", default=",".join(name for name in ENGINES if name != ORACLE), show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default="2024-12-31", show_default=True)
def main(data: Path, engines: str, on: date) -> None:
    """Compare engines with hand-written NumPy on the registers in DATA."""
    oracle = module_of(ORACLE).evaluate(data, on.date())
    failed = False
    for engine in engines.split(","):
        lines = compared(engine, evaluated(engine, data, on.date()), oracle)
        click.echo("\n".join([f"{engine}: {'equal' if not lines else 'DIFFERENT'}", *lines]))
        failed = failed or bool(lines)
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
