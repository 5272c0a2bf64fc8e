"""The jobs of the treasury: making batches, and the proof of every night."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.treasury import listing, proving
from luoshi.office.treasury.listing import Wanted
from luoshi.office.treasury.models import BankLayout, Batch


@app.task(name="treasury.fill", queue="upkeep")
def fill(batch_id: int) -> None:
    """Make the list of a batch that was asked for."""
    listing.fill(batch_id, timezone.now())


@transaction.atomic
def order(wanted: Wanted, layout: BankLayout, *, by: str) -> Batch:
    """A batch whose list the worker will make."""
    batch = listing.ask(wanted, layout, by=by, now=timezone.now())
    fill.defer(batch_id=batch.id)
    return batch


@app.periodic(cron="* * * * *")
@app.task(name="treasury.resume", queue="upkeep", queueing_lock="treasury.resume", lock="treasury.resume")
def resume(timestamp: int) -> None:
    """Make the lists that a killed worker has left unmade; one that somebody is making is left alone."""
    for number in Batch.objects.filter(state=Batch.State.ASKED).order_by("id").values_list("id", flat=True):
        listing.fill(number, timezone.now())


@app.periodic(cron="0 5 * * *")
@app.task(name="treasury.prove", queue="upkeep", queueing_lock="treasury.prove")
def prove(timestamp: int) -> None:
    """Compare ledger, payments, bank files and returns."""
    proving.prove(by="system", now=timezone.now())
