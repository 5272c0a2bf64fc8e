"""How many four-condition decisions, every step recorded, the case engine makes a second on one core.

python -m bench.decisions [--rows 20000] [--rounds 5]
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time

import click

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack

ON_DATE = date(2024, 12, 31)


def residents(rows: int) -> dict[int, dict[str, object]]:
    """Residents on both sides of every bar, one in eleven without a known income."""
    return {
        number: {
            "income": None if number % 11 == 0 else Decimal(number % 1000),
            "birth_date": date(1940 + number % 60, 1 + number % 12, 1 + number % 28),
            "grade": number % 7,
            "lives_here": bool(number % 5),
        }
        for number in range(rows)
    }


def decide_all(pack: Pack, rows: dict[int, dict[str, object]]) -> float:
    """CPU seconds to decide every row."""
    engine, store = CaseEngine(pack, ON_DATE), Store(pack, {"resident": rows})
    run, start = engine.start(store), process_time()
    for number in rows:
        engine.decide(store, "resident", number, run=run)
    return process_time() - start


@click.command()
@click.option("--rows", default=20_000, show_default=True)
@click.option("--rounds", default=5, show_default=True)
def main(rows: int, rounds: int) -> None:
    """Print decisions per CPU second: least, median and most of the rounds."""
    pack = load_pack(Path(__file__).parent / "four")
    listed = residents(rows)
    speeds = sorted(rows / decide_all(pack, listed) for _ in range(rounds))
    click.echo(f"decisions per CPU second: {speeds[0]:,.0f} / {median(speeds):,.0f} / {speeds[-1]:,.0f}")


if __name__ == "__main__":
    main()
