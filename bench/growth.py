"""What a run costs as registers grow: measured sizes, the line through them, and what it says of a size not measured.

python -m bench.growth build/bench/10M build/bench/30M --engines luoshi_spark --to 1000000000
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
import numpy as np
import pyarrow.parquet as pq

from bench.compare import Manner, run_once


def people_in(data: Path) -> int:
    """How many people the registers in a folder hold."""
    return pq.ParquetFile(data / "person.parquet").metadata.num_rows


def measured(engine: str, folders: tuple[Path, ...], manner: Manner) -> list[tuple[int, dict]]:
    """Sizes with the figures of every run: each round takes all sizes in turn."""
    found = []
    for _ in range(manner.rounds):
        for data in folders:
            with tempfile.TemporaryDirectory(dir=data.parent, prefix="results-") as folder:
                (run,) = run_once(engine, data, Path(folder) / "out", manner, marks=False)["runs"]
            click.echo(f"{engine} {people_in(data):,}: {run['wall']:.1f} s", err=True)
            found.append((people_in(data), run))
    return found


def line_through(found: list[tuple[int, dict]], key: str) -> tuple[float, float]:
    """Cost per person and cost of starting, by least squares."""
    slope, start = np.polyfit([people for people, _ in found], [run[key] for _, run in found], 1)
    return float(slope), float(start)


def on_paper(found: list[tuple[int, dict]], key: str, title: str, reach: int) -> str:
    """What the line says of `reach` people."""
    slope, start = line_through(found, key)
    total = start + slope * reach
    return (
        f"- {title}: {start:.1f} s to start and {slope * 1e6:.2f} µs a person; "
        f"on paper {reach:,} people take {total:,.0f} s ({total / 3600:.1f} h)"
    )


def section(engine: str, found: list[tuple[int, dict]], manner: Manner, reach: int) -> str:
    """The report: every run, and the line with what it says of `reach` people."""
    lines = [f"## {engine}: cost against rows, {manner.words()}", ""]
    lines += ["| people | wall s | CPU s | peak MB | µs a person, wall |", "|---|---|---|---|---|"]
    lines += [
        f"| {people:,} | {run['wall']:.1f} | {run['cpu']:.1f} | {run['rss']:,.0f} | {run['wall'] / people * 1e6:.2f} |"
        for people, run in sorted(found, key=lambda item: item[0])
    ]
    lines += ["", *(on_paper(found, key, title, reach) for key, title in (("wall", "wall time"), ("cpu", "CPU time")))]
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--engine", default="luoshi_spark", show_default=True)
@click.option("--rounds", default=1, show_default=True)
@click.option("--memory-limit", help="Such as 8GB.")
@click.option("--to", "reach", default=1_000_000_000, show_default=True, help="People on paper.")
@click.option("--report", type=click.Path(path_type=Path), help="Append the section to this file.")
def main(
    folders: tuple[Path, ...], engine: str, rounds: int, memory_limit: str | None, reach: int, report: Path | None
) -> None:
    """Measure the sizes in FOLDERS and draw the line."""
    manner = Manner(rounds=rounds, write=True, warm=False, limit=memory_limit)
    text = section(engine, measured(engine, folders, manner), manner, reach)
    click.echo(text)
    if report is not None:
        with report.open("a", encoding="utf-8") as file:
            file.write("\n" + text)


if __name__ == "__main__":
    main()
