"""Carries messages away, trying again while the carrier does not answer."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from luoshi.office.connectors.gateway import Gateway, NotCarried
from luoshi.office.connectors.outbox import find_waiting, forget, give_up_old

TRIES = 5
RETRY = RetryStrategy(max_attempts=TRIES, exponential_wait=5, retry_exceptions={NotCarried})


@app.task(name="connectors.carry", queue="messages", retry=RETRY)
def carry(number: int) -> None:
    """Carry one message; nothing where it has left already. Only its number is in the queue."""
    waiting = find_waiting(number)
    if waiting is not None:
        Gateway(settings.MESSAGE_GATEWAY, settings.MESSAGE_TOKEN).carry(waiting.message)
        forget(number, timezone.now(), is_sent=True)


@app.periodic(cron="*/30 * * * *")
@app.task(name="connectors.give_up", queue="upkeep", queueing_lock="connectors.give_up")
def give_up(timestamp: int) -> None:
    """What no carrier has taken in a day is forgotten."""
    give_up_old(timezone.now())
