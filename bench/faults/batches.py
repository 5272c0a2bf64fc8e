"""Kills a worker, and now and then the database, in the middle of payment batches: is money lost, made or paid twice?

    python -m bench.faults.batches --points 200

The points are spread evenly over the time that a batch takes, from its commitments to the bank's answer. The database
is one of the tests' own; what it says is done is written. Prints a section for RESULTS.md; exit 1 when anything is not
as it should be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

TEST = "tests/office/treasury/test_killed.py"
SECONDS_FOR_EACH = 10
STATES = ("nothing", "committing", "asked", "made", "submitted", "checked", "approved", "sent", "done")
"""How far a batch can be, in order."""
Kill = Mapping[str, Any]


@click.command()
@click.option("--points", default=200, show_default=True, help="How many times something is killed.")
def main(points: int) -> None:
    """Kill as often as asked."""
    timeout = f"--timeout={points * SECONDS_FOR_EACH + 120}"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "kills.json"
        surroundings = os.environ | {"LUOSHI_KILLS": str(points), "LUOSHI_KILLS_REPORT": str(report)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", timeout, TEST]
        ended = subprocess.run(command, env=surroundings, check=False, stdout=sys.stderr)
        kills = json.loads(report.read_text(encoding="utf-8")) if report.exists() else []
    click.echo("\n".join(section(kills)))
    sys.exit(ended.returncode)


def section(kills: Iterable[Kill]) -> list[str]:
    """What was killed when, and what came of it, as Markdown."""
    found = list(kills)
    counted = Counter((one["state"], one["victim"]) for one in found)
    victims = sorted({one["victim"] for one in found}, reverse=True)
    rows = [
        f"| {state} | {' | '.join(str(counted[state, victim]) for victim in victims)} |"
        for state in STATES
        if any(counted[state, victim] for victim in victims)
    ]
    wrong = sum(bool(one["wrong"]) for one in found)
    seconds = sum(one["took"] for one in found)
    return [
        f"## Batches under kill -9, {len(found)} points",
        "",
        "Each pays eight people: commitments one by one, list, checks, three people, bank file, return file.",
        "After each kill the ledger is held against payments and files, and again when another has gone on.",
        "",
        f"| where the batch stood | {' | '.join(f'{victim} killed' for victim in victims)} |",
        f"|---|{'---|' * len(victims)}",
        *rows,
        "",
        f"{len(found)} kills, {wrong} with money lost, made, half done or paid twice; {seconds:.0f} s in all.",
    ]


if __name__ == "__main__":
    main()
