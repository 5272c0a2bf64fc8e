"""The jobs of runs, for the worker: runs and previews, every pack each night, clearing away, killed workers."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from luoshi.office.editions import actions as editions
from luoshi.office.editions.models import Edition
from luoshi.office.runs import actions, clearing, previewing, proving, releasing
from luoshi.office.runs.models import Installed, LocalSetting, Preview, Run

SECONDS_WITHOUT_A_SIGN = 60
"""A worker gives a sign of life every ten seconds; one that gave none for so long is dead."""


@app.task(name="runs.carry_out", queue="runs")
def carry_out(run_id: int) -> None:
    """Carry out a run that was asked for."""
    actions.carry_out(run_id)


@transaction.atomic
def order(pack_id: str, on: date, *, by: str) -> Run:
    """A run that the worker will carry out; the one that waits already, where one does for that pack and day."""
    waiting = Run.objects.filter(pack_id=pack_id, on=on, state=Run.State.WAITING).order_by("-id").first()
    if waiting is not None:
        return waiting
    run = actions.ask(pack_id, on, by=by)
    carry_out.defer(run_id=run.id)
    return run


@app.task(name="runs.preview", queue="runs")
def preview(preview_id: int) -> None:
    """Try a drafted value out."""
    previewing.carry_out(preview_id)


@transaction.atomic
def order_preview(setting: LocalSetting) -> Preview:
    """The preview of a draft begins anew, unless it is waiting or under way."""
    Preview.objects.filter(setting=setting, state__in=[Run.State.FAILED, Run.State.FINISHED]).delete()
    found, new = Preview.objects.get_or_create(setting=setting)
    if new:
        preview.defer(preview_id=found.id)
    return found


@app.task(name="runs.prove", queue="runs")
def prove(edition_id: int) -> None:
    """Look at an edition, and try out what it would come to."""
    proving.prove(edition_id, timezone.localdate())


@transaction.atomic
def order_proof(edition: Edition, *, by: str) -> None:
    """The worker will look at an edition anew, unless it waits for that or is being looked at."""
    if editions.look_again(edition, by=by):
        order_waiting_proofs()


def order_waiting_proofs() -> None:
    """The worker will look at every edition that waits for it: a newer shipped pack waits when it is installed."""
    for edition in Edition.objects.filter(state=Edition.State.WAITING):
        with suppress(AlreadyEnqueued), transaction.atomic():
            prove.configure(queueing_lock=f"runs.prove.{edition.id}").defer(edition_id=edition.id)


@transaction.atomic
def release(edition: Edition, start: date, basis: str, *, by: str, today: date) -> None:
    """The edition decides from a day on; where that is today the worker will run it anew. Errors as of `releasing`."""
    releasing.release(edition, start, basis, by=by, today=today)
    if start == today:
        order(edition.pack_id, today, by=by)


@app.periodic(cron="0 4 * * *")
@app.task(name="runs.clear", queue="upkeep", queueing_lock="runs.clear")
def clear(timestamp: int) -> None:
    """Clear the folders of old runs away."""
    clearing.clear(by="system")


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
        with suppress(ConnectorException):  # it has ended meanwhile, or somebody else was faster
            await manager.retry_job(job)


def _begin_anew(job_id: int | None) -> None:
    """The run of a job; its arguments are read from the table, as different connections decode them differently."""
    actions.begin_anew(ProcrastinateJob.objects.get(id=job_id).args["run_id"])
