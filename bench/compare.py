"""Runs engines in turn, each in a fresh process; prints times, memory, ratios and whether results are equal.

python -m bench.compare DATA --engines luoshi_sql,openfisca_lean --rounds 3 --write
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pyarrow.parquet as pq

from bench.engines import ENGINES, SAMPLED, split_name
from bench.tables import figures_table, ratio_table

ROOT = Path(__file__).parent.parent


def run_once(spec: str, data: Path, out: Path | None, repeats: int, marks: bool) -> dict:
    """The figures of one fresh process."""
    name, extra = split_name(spec)
    command = [sys.executable, "-m", "bench.measure", name, str(data), f"--repeats={repeats}"]
    command += ["--marks" if marks and name != SAMPLED else "--no-marks"]
    command += [f"--out={out}"] if out is not None else []
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, env={**os.environ, **extra, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(f"{spec}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def rounds_of(
    specs: list[str], data: Path, rounds: int, write: bool, warm: bool
) -> tuple[dict[str, list[dict]], dict[str, dict]]:
    """Interleaved rounds: every engine once per round, in a turning order. Fingerprints from the first round."""
    found: dict[str, list[dict]] = {spec: [] for spec in specs}
    marks: dict[str, dict] = {}
    for number in range(rounds):
        turned = specs[number % len(specs) :] + specs[: number % len(specs)]
        for spec in turned:
            with tempfile.TemporaryDirectory(dir=data.parent, prefix="results-") as folder:
                out = Path(folder) / "out" if write else None
                answer = run_once(spec, data, out, 2 if warm else 1, number == 0)
            found[spec].append(answer["runs"][-1])
            if answer["marks"]:
                marks[spec] = answer["marks"]
            click.echo(f"round {number + 1} {spec}: {answer['runs'][-1]['wall']:.2f} s", err=True)
    return found, marks


def equal(marks: dict[str, dict]) -> bool:
    """Whether all engines gave the same fingerprints."""
    return len({json.dumps(mark, sort_keys=True) for mark in marks.values()}) <= 1


def section(data: Path, found: dict[str, list[dict]], marks: dict[str, dict], base: str, kind: str) -> str:
    """The report of a comparison."""
    people = pq.ParquetFile(data / "person.parquet").metadata.num_rows
    verdict = "all equal" if equal(marks) else "NOT EQUAL: " + json.dumps(marks)
    rounds = len(next(iter(found.values())))
    parts = [
        f"## {people:,} people, {kind}, {rounds} rounds",
        f"Fingerprints of all rows and of the county totals ({', '.join(marks)}): {verdict}.",
        figures_table(found, os.cpu_count() or 1),
    ]
    if base in found and len(found) > 1:
        parts.append(ratio_table(found, base))
    return "\n\n".join(parts) + "\n"


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--engines", default=",".join(ENGINES), show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--write", is_flag=True, help="From Parquet to Parquet instead of to memory.")
@click.option("--warm", is_flag=True, help="Count the second evaluation in the same process.")
@click.option("--base", default="luoshi_sql", show_default=True, help="The engine ratios are taken against.")
@click.option("--report", type=click.Path(path_type=Path), help="Append the section to this file.")
def main(data: Path, engines: str, rounds: int, write: bool, warm: bool, base: str, report: Path | None) -> None:
    """Compare engines on the registers in DATA."""
    specs = engines.split(",")
    found, marks = rounds_of(specs, data, rounds, write, warm)
    kind = ("Parquet to Parquet" if write else "Parquet to memory") + (", second run of the process" if warm else "")
    text = section(data, found, marks, base, kind)
    click.echo(text)
    if report is not None:
        with report.open("a", encoding="utf-8") as file:
            file.write("\n" + text)
    if not equal(marks):
        raise click.ClickException("the results differ: see bench.checking")


if __name__ == "__main__":
    main()
