"""The jobs of the registry, for the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from luoshi.office.registry import tallying


@app.periodic(cron="40 1 * * *")
@app.task(name="registry.fold_tallies", queue="upkeep", queueing_lock="registry.fold_tallies")
def fold_tallies(timestamp: int) -> None:
    """Keep the tallies of registers short."""
    tallying.fold()
