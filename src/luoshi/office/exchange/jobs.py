"""The jobs of imports, for the worker. A job whose worker was killed is given to another (`runs.jobs.rescue`)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from luoshi.office.exchange import working

QUEUE = "imports"


@app.task(name="exchange.check", queue=QUEUE)
def check(import_id: int) -> None:
    """Read a file that somebody gave, and say what is wrong with it or what it would do."""
    working.check(import_id)


@app.task(name="exchange.take_in", queue=QUEUE)
def take_in(import_id: int) -> None:
    """Write what somebody has accepted."""
    working.take_in(import_id)


@app.task(name="exchange.undo", queue=QUEUE)
def undo(import_id: int) -> None:
    """Take back what an import wrote."""
    working.undo(import_id)
