"""The jobs of runs, for the worker: one run, every pack each night, and runs whose worker was killed."""

from __future__ import annotations

from datetime import UTC, datetime

from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.office.runs import actions
from luoshi.office.runs.models import Installed

SECONDS_WITHOUT_A_SIGN = 60
"""A worker gives a sign of life every ten seconds; one that gave none for so long is dead."""


@app.task(name="runs.carry_out", queue="runs")
def carry_out(run_id: int) -> None:
    """Carry out a run that was asked for."""
    actions.carry_out(run_id)


@app.periodic(cron="0 2 * * *")
@app.task(name="runs.nightly", queue="runs", queueing_lock="runs.nightly")
def nightly(timestamp: int) -> None:
    """Ask for a run of every pack as of the day that has begun."""
    day = timezone.localtime(datetime.fromtimestamp(timestamp, UTC)).date()
    for installed in Installed.objects.order_by("pack_id"):
        with transaction.atomic():
            run = actions.ask(installed.pack_id, day, by="system")
            carry_out.defer(run_id=run.id)


@app.periodic(cron="* * * * *")
@app.task(name="runs.rescue", queue="upkeep", queueing_lock="runs.rescue", pass_context=False)
async def rescue(timestamp: int) -> None:
    """Give jobs whose worker was killed to another; a run that it had begun begins anew."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_A_SIGN):
        if job.task_name == carry_out.name:
            await sync_to_async(_begin_anew)(job.id)
        await manager.retry_job(job)


def _begin_anew(job_id: int | None) -> None:
    """The run of a job; its arguments are read from the table, as different connections decode them differently."""
    actions.begin_anew(ProcrastinateJob.objects.get(id=job_id).args["run_id"])
