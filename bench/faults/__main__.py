"""Kills parts of the service in the middle of runs and imports, and looks whether anything is lost or half done.

    python -m bench.faults --rounds 40 --seed 1

The service is a real one in build/faults, over a sampled city. Exit 1 when anything is not as it should be.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

FOLDER = Path(__file__).parent.parent.parent / "build" / "faults"
LONGEST = 2.5
"""Seconds after the beginning of some work within which the blow falls."""
PATIENCE = 240


def prepare() -> Path:
    """A new installation with a city."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    data = FOLDER / "data"
    data.mkdir(parents=True)
    os.environ |= {"LUOSHI_DATA": str(data), "LUOSHI_TWO_FACTOR": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.office.config.settings"
    luoshi = str(Path(sys.executable).parent / "luoshi")
    sampled = ["sample", "lishui-draft", "--scale", "0.05", "--seed", "1", "--out", str(FOLDER / "city")]
    installed = ["install", "lishui-draft", "--data", str(FOLDER / "city"), "--on", "2023-12-31", "--keep-doubles"]
    for command in (sampled, [*installed, "--adopted", "2023-01-01", "--document", "for this bench only"]):
        subprocess.run([luoshi, *command], check=True, stdout=subprocess.DEVNULL)
    return data


def connect(server: Any) -> None:
    """This process speaks with the database that runs now; its port is another after each start."""
    import django
    from django.apps import apps
    from django.db import connection

    os.environ["DATABASE_URL"] = server.address()
    if not apps.ready:
        django.setup()
    connection.close()
    connection.settings_dict["PORT"] = server.address().rpartition(":")[2].partition("/")[0]


def wait_for(is_so: Any, *, between: Any = lambda: None) -> bool:
    """Whether something came about in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if is_so():
            return True
        between()
        time.sleep(0.2)
    return False


def disturbed(service: Any, number: int, victim: str, delay: float) -> tuple[str, list[str]]:
    """One round: the kind of work, and what is wrong after it."""
    service.start()
    connect(service.server)
    from bench.faults import work

    task = work.AnImport(number) if number % 2 else work.ARun(number)
    if isinstance(task, work.AnImport) and not wait_for(task.ready):
        return task.title, ["was never ready"]
    time.sleep(delay)
    service.kill(victim)
    time.sleep(1)
    service.start()
    connect(service.server)
    if not wait_for(task.done, between=work.rescue):
        return task.title, ["never ended"]
    wrong = task.wrong()
    if not work.chain_is_whole():
        wrong.append("the log is broken")
    if not wait_for(lambda: work.jobs_under_way() == 0, between=work.rescue):
        wrong.append("a job is under way for ever")
    return task.title, wrong


@click.command()
@click.option("--rounds", default=40, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(rounds: int, seed: int) -> None:
    """Disturb the service so many times."""
    data = prepare()
    from bench.faults.victims import VICTIMS, Service

    chance, service, counted, faults = random.Random(seed), Service(data), Counter[tuple[str, str]](), 0
    for number in range(rounds):
        victim, delay = VICTIMS[number // 2 % len(VICTIMS)], chance.uniform(0, LONGEST)
        title, wrong = disturbed(service, number, victim, delay)
        counted[title, victim] += 1
        faults += bool(wrong)
        click.echo(f"{number:3} {title:6} {victim:8} after {delay:.2f} s: {'; '.join(wrong) or 'whole'}")
    service.stop()
    click.echo("\n| work | killed | times |\n|---|---|---|")
    for (title, victim), times in sorted(counted.items()):
        click.echo(f"| {title} | {victim} | {times} |")
    click.echo(f"\n{rounds} times, {faults} with something lost or half done")
    if faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
