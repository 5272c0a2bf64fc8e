"""Loads the service with fifty officials and tells how long they wait.

    python -m bench.load --scale 0.36 --users 50 --minutes 3

The city and its accounts are made once and kept in build/load.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psutil

ROOT = Path(__file__).parent.parent.parent
PACK, DAY = "dingxi-2018", "2020-12-31"
ACCOUNTS = ROOT / "tools" / "demonstration" / "accounts.csv"
QUANTILES = ("50%", "95%", "99%")


def luoshi(*words: str, data: Path) -> str:
    """What a command printed; its service is the one in `data`."""
    surroundings = os.environ | {"LUOSHI_DATA": str(data), "LUOSHI_TWO_FACTOR": "0"}
    command = [str(Path(sys.executable).parent / "luoshi"), *words]
    return subprocess.run(command, env=surroundings, check=True, stdout=subprocess.PIPE, text=True).stdout


def prepare(folder: Path, scale: str) -> None:
    """The city is installed and has its accounts; nothing where that is so already."""
    if (folder / "accounts.csv").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    city, data = folder / "city", folder / "data"
    if not (city / "manifest.json").exists():
        luoshi("sample", PACK, "--scale", scale, "--seed", "1", "--out", str(city), data=data)
    started = time.perf_counter()
    luoshi("install", PACK, "--data", str(city), "--on", DAY, "--keep-doubles", data=data)
    click.echo(f"installed and run in {time.perf_counter() - started:.0f} s", err=True)
    opened = luoshi("accounts", str(ACCOUNTS), "--from", "2018-01-01", "--keep-passwords", "--json", data=data)
    officials = [row for row in json.loads(opened) if row["username"].startswith("dx-")]
    with (folder / "accounts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["username", "password"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(officials)


@contextmanager
def service(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The service, running; its address and its first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = os.environ | {"LUOSHI_DATA": str(data), "LUOSHI_TWO_FACTOR": "0"}
    command = [str(Path(sys.executable).parent / "luoshi"), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=surroundings) as process:
        try:
            _wait(f"{address}/healthz")
            yield address, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("the service does not answer")


def table(file: Path) -> str:
    """What Locust measured, kind by kind."""
    lines = ["| page | opened | failed | p50 ms | p95 ms | p99 ms |", "|---|---|---|---|---|---|"]
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            waits = " | ".join(row[name] for name in QUANTILES)
            lines.append(f"| {row['Name']} | {row['Request Count']} | {row['Failure Count']} | {waits} |")
    return "\n".join(lines)


@click.command()
@click.option("--scale", default="0.36", show_default=True, help="Share of the city; 0.36 is a million people.")
@click.option("--users", default=50, show_default=True)
@click.option("--minutes", default=3, show_default=True)
def main(scale: str, users: int, minutes: int) -> None:
    """Measure the service under load."""
    folder = ROOT / "build" / "load" / scale
    prepare(folder, scale)
    with service(folder / "data") as (address, first):
        command = [sys.executable, "-m", "locust", "-f", str(Path(__file__).parent / "officials.py"), "--headless"]
        command += ["--users", str(users), "--spawn-rate", "2", "--run-time", f"{minutes}m", "--host", address]
        command += ["--csv", str(folder / "measured"), "--only-summary", "--reset-stats"]
        found = subprocess.run(command, env=os.environ | {"LOAD_ACCOUNTS": str(folder / "accounts.csv")}, check=False)
        held = sum(one.memory_info().rss for one in [first, *first.children(recursive=True)])
    click.echo(table(folder / "measured_stats.csv"))
    click.echo(f"\n{users} users, {minutes} minutes; {held / 2**20:,.0f} MiB held by all processes at the end")
    if found.returncode:
        raise click.ClickException("some pages failed")


if __name__ == "__main__":
    main()
