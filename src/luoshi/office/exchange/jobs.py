"""The jobs of imports, for the worker. A job whose worker was killed is given to another (`runs.jobs.rescue`)."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.exchange import actions, working

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


@app.periodic(cron="30 3 * * *")
@app.task(name="exchange.expire", queue="upkeep", queueing_lock="exchange.expire")
def expire(timestamp: int) -> None:
    """Reject files that nobody has accepted for long."""
    actions.expire(by="system", now=timezone.now())
