"""Sends messages to phones: kept sealed at once, carried away by a job. Which carrier, the environment says."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from luoshi.office.connectors import outbox
from luoshi.office.connectors.jobs import carry
from luoshi.office.connectors.outbox import Message


@transaction.atomic
def send(message: Message, now: datetime) -> int:
    """The number of a message, which is kept and its carrying ordered together with whatever else is done here.

    Without a carrier it waits until it is given up; in a demonstration a page shows it meanwhile.
    """
    number = outbox.keep(message, now)
    if settings.MESSAGE_GATEWAY:
        carry.defer(number=number)
    return number
