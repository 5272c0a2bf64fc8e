"""Single cases: how long one decision takes with its explanation, Luoshi's case engine against OpenFisca.

    python -m bench.single DATA --cases 100

Packs and systems are loaded, and rows and arrays are ready, before the clock starts; answers are compared first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

import click
import numpy as np
import pyarrow.parquet as pq

from bench.peers import luoshi_case, openfisca_single
from bench.slices import Cutter, Slice

SUBJECTS = ("person", "household", "workshop")


def cut_cases(data: Path, cases: int) -> dict[str, list[Slice]]:
    """Subjects drawn at random with the rows they depend on."""
    cutter, found = Cutter(data), {}
    for register in SUBJECTS:
        rows = pq.ParquetFile(data / f"{register}.parquet").metadata.num_rows
        ids = np.random.default_rng(11).choice(rows, min(cases, rows), replace=False)
        found[register] = [getattr(cutter, register)(int(subject)) for subject in ids]
    return found


def timed(cuts: list[Slice], prepared: list[Any], call: Callable[[Slice, Any], Any]) -> list[float]:
    """Milliseconds per case: the best of three calls each, the whole list before it starts again."""
    best = [float("inf")] * len(cuts)
    for _ in range(3):
        for place, (cut, inputs) in enumerate(zip(cuts, prepared, strict=True)):
            start = time.perf_counter()
            call(cut, inputs)
            best[place] = min(best[place], (time.perf_counter() - start) * 1000)
    return best


def percentiles(values: list[float]) -> str:
    """The median and the ninety-fifth of a hundred."""
    cuts = quantiles(values, n=20)
    return f"{cuts[9]:.2f} | {cuts[18]:.2f}"


def compared(cuts: dict[str, list[Slice]], on: date) -> str:
    """The table, after all answers were found equal."""
    luoshi = luoshi_case.Decider(on)
    others = {style: openfisca_single.Decider(style, on) for style in openfisca_single.STYLES}
    lines = ["| subject | engine | p50 ms | p95 ms |", "|---|---|---|---|"]
    for register, found in cuts.items():
        rows = [luoshi.prepared(cut) for cut in found]
        arrays = {style: [decider.prepared(cut) for cut in found] for style, decider in others.items()}
        for place, cut in enumerate(found):
            expected = luoshi.decide(cut, rows[place])
            for style, decider in others.items():
                if decider.decide(cut, arrays[style][place]) != expected:
                    raise click.ClickException(f"{register} {cut.subject}: {style} answers otherwise")
        calls: dict[str, tuple[list[Any], Callable[[Slice, Any], Any]]] = {
            "luoshi, all steps recorded": (rows, luoshi.decide),
            "luoshi, told in two languages": (rows, luoshi.explain),
        }
        calls.update({style: (arrays[style], decider.decide) for style, decider in others.items()})
        for name, (prepared, call) in calls.items():
            lines.append(f"| {register} | {name} | {percentiles(timed(found, prepared, call))} |")
    return "\n".join(lines)


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--cases", default=100, show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default="2024-12-31", show_default=True)
@click.option("--report", type=click.Path(path_type=Path), help="Append the section to this file.")
def main(data: Path, cases: int, on: Any, report: Path | None) -> None:
    """Compare single cases drawn from the registers in DATA."""
    table = compared(cut_cases(data, cases), on.date())
    text = f"## Single cases, {cases} of each register, answers equal\n\n{table}\n"
    click.echo(text)
    if report is not None:
        with report.open("a", encoding="utf-8") as file:
            file.write("\n" + text)


if __name__ == "__main__":
    main()
