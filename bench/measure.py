"""One engine in one fresh process: time, CPU, peak memory, fingerprints. Started by `bench.compare`."""

from __future__ import annotations

import json
import resource
import shutil
import time
from datetime import date
from pathlib import Path

import click

from bench.engines import LIMITED, module_of
from bench.peers.results import Results, fingerprint
from bench.rules.reading import rules


def cpu_seconds() -> float:
    """CPU time of this process and of children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def peak_megabytes() -> float:
    """The largest resident size so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(engine: str, data: Path, on: date, out: Path | None, limit: str | None) -> tuple[Results, dict]:
    """One evaluation and what it took; what an engine did only for a sample counts as estimated for all rows."""
    module, options = module_of(engine), {"memory_limit": limit} if limit and engine in LIMITED else {}
    wall, cpu = time.perf_counter(), cpu_seconds()
    results = module.evaluate(data, on, out, **options)
    figures = {
        "wall": time.perf_counter() - wall + results.notes.get("wall not run", 0.0),
        "cpu": cpu_seconds() - cpu + sum(results.notes.get(of, 0.0) for of in ("cpu not run", "cpu of java")),
        "rss": peak_megabytes() + results.notes.get("MB of java", 0.0),
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
@click.option("--memory-limit", help="For engines that take one, such as 4GB.")
@click.option("--marks/--no-marks", default=True, help="Fingerprints of the results.")
def main(
    engine: str, data: Path, on: date, out: Path | None, repeats: int, memory_limit: str | None, marks: bool
) -> None:
    """Print the figures of an engine as JSON."""
    rules()
    runs, results = [], Results()
    for _ in range(repeats):
        results = Results()
        if out is not None:
            shutil.rmtree(out, ignore_errors=True)
        results, figures = timed(engine, data, on.date(), out, memory_limit)
        runs.append(figures)
    print(json.dumps({"engine": engine, "runs": runs, "marks": fingerprint(results, out) if marks else {}}))


if __name__ == "__main__":
    main()
