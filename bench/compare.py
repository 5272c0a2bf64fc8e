"""Runs engines in turn, each in a fresh process; prints times, memory, ratios and whether results are equal.

python -m bench.compare DATA --engines luoshi_sql,openfisca_lean --rounds 3 --write
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pyarrow.parquet as pq

from bench.engines import ENGINES, PREPARED, SAMPLED, split_name
from bench.tables import figures_table, ratio_table

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Manner:
    """How engines are run: writing results or not, first or second run of a process, with how much memory."""

    rounds: int
    write: bool
    warm: bool
    limit: str | None

    def words(self) -> str:
        """The manner in words."""
        parts = [
            "Parquet to Parquet" if self.write else "Parquet to memory",
            f"{self.rounds} round{'s' * (self.rounds != 1)}",
        ]
        parts += ["second run of the process"] if self.warm else []
        return ", ".join(parts + ([f"limit {self.limit} where there is one to set"] if self.limit else []))


def run_once(spec: str, data: Path, out: Path | None, manner: Manner, marks: bool) -> dict:
    """The figures of one fresh process."""
    name, extra = split_name(spec)
    command = [sys.executable, "-m", "bench.measure", name, str(data), f"--repeats={2 if manner.warm else 1}"]
    command += ["--marks" if marks and name != SAMPLED else "--no-marks"]
    command += [f"--out={out}"] if manner.write else []
    command += [f"--memory-limit={manner.limit}"] if manner.limit else []
    done = subprocess.run(command, env=environment(extra), capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"{spec}: status {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def environment(extra: dict[str, str]) -> dict[str, str]:
    """What processes of the comparison see."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, **extra, "PYTHONPATH": path}


def prepare(specs: list[str], data: Path) -> None:
    """Make what variants find when they are run again and again."""
    if any(spec.endswith(tuple(f"@{variant}" for variant in PREPARED)) for spec in specs):
        subprocess.run([sys.executable, "-m", "bench.peers.luoshi_native", str(data)], env=environment({}), check=True)


def rounds_of(specs: list[str], data: Path, manner: Manner) -> tuple[dict[str, list[dict]], dict[str, dict]]:
    """Interleaved rounds: every engine once per round, in a turning order. Fingerprints from the first round."""
    found: dict[str, list[dict]] = {spec: [] for spec in specs}
    marks: dict[str, dict] = {}
    for number in range(manner.rounds):
        turn = number % len(specs)
        for spec in specs[turn:] + specs[:turn]:
            with tempfile.TemporaryDirectory(dir=data.parent, prefix="results-") as folder:
                answer = run_once(spec, data, Path(folder) / "out", manner, number == 0)
            found[spec].append(answer["runs"][-1])
            if answer["marks"]:
                marks[spec] = answer["marks"]
            click.echo(f"round {number + 1} {spec}: {answer['runs'][-1]['wall']:.2f} s", err=True)
    return found, marks


def equal(marks: dict[str, dict]) -> bool:
    """Whether all engines gave the same fingerprints."""
    return len({json.dumps(mark, sort_keys=True) for mark in marks.values()}) <= 1


def section(data: Path, found: dict[str, list[dict]], marks: dict[str, dict], base: str, manner: Manner) -> str:
    """The report of a comparison."""
    people = pq.ParquetFile(data / "person.parquet").metadata.num_rows
    verdict = "all equal" if equal(marks) else "NOT EQUAL: " + json.dumps(marks)
    parts = [
        f"## {people:,} people, {manner.words()}",
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
@click.option("--memory-limit", help="For engines that take one, such as 4GB.")
@click.option("--base", default="luoshi_sql", show_default=True, help="The engine ratios are taken against.")
@click.option("--report", type=click.Path(path_type=Path), help="Append the section to this file.")
def main(data: Path, engines: str, base: str, report: Path | None, memory_limit: str | None, **how: Any) -> None:
    """Compare engines on the registers in DATA."""
    manner = Manner(limit=memory_limit, **how)
    prepare(engines.split(","), data)
    found, marks = rounds_of(engines.split(","), data, manner)
    text = section(data, found, marks, base, manner)
    click.echo(text)
    if report is not None:
        with report.open("a", encoding="utf-8") as file:
            file.write("\n" + text)
    if not equal(marks):
        raise click.ClickException("the results differ: see bench.checking")


if __name__ == "__main__":
    main()
