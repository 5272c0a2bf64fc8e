"""One engine in one fresh process: time, CPU, peak memory, fingerprints. Started by `bench.compare`."""

from __future__ import annotations

import json
import resource
import shutil
import time
from datetime import date
from pathlib import Path

import click

from bench.engines import module_of
from bench.peers.results import Results, fingerprint, read_wide
from bench.rules.reading import rules


def cpu_seconds() -> float:
    """CPU time of this process and of children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def peak_megabytes() -> float:
    """The largest resident size so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(engine: str, data: Path, on: date, out: Path | None) -> tuple[Results, dict]:
    """One evaluation and what it took."""
    module = module_of(engine)
    wall, cpu = time.perf_counter(), cpu_seconds()
    results = module.evaluate(data, on, out)
    figures = {
        "wall": time.perf_counter() - wall,
        "cpu": cpu_seconds() - cpu,
        "rss": peak_megabytes(),
        "phases": results.phases,
        "notes": results.notes,
    }
    return results, figures


@click.command()
@click.argument("engine")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default="2024-12-31")
@click.option("--out", type=click.Path(path_type=Path), help="Write the results here and count the writing.")
@click.option("--repeats", default=1, help="Evaluations in the same process.")
@click.option("--marks/--no-marks", default=True, help="Fingerprints of the results.")
def main(engine: str, data: Path, on: date, out: Path | None, repeats: int, marks: bool) -> None:
    """Print the figures of an engine as JSON."""
    rules()
    runs, results = [], Results()
    for _ in range(repeats):
        results = Results()
        if out is not None:
            shutil.rmtree(out, ignore_errors=True)
        results, figures = timed(engine, data, on.date(), out)
        runs.append(figures)
    if marks and not results.columns and out is not None:
        results.columns = read_wide(out)
    print(json.dumps({"engine": engine, "runs": runs, "marks": fingerprint(results) if marks else {}}))


if __name__ == "__main__":
    main()
