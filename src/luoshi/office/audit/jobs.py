"""The look at the chain: every night, and when somebody asks."""

from __future__ import annotations

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from luoshi.office.audit import actions, queries

log = structlog.get_logger(__name__)


@app.periodic(cron="30 1 * * *")
@app.task(name="audit.verify", queue="upkeep", queueing_lock="audit.verify")
def verify(timestamp: int) -> None:
    """Verify the whole chain, and put on record what was found."""
    broken = queries.first_broken()
    if broken is not None:
        log.error("the chain of events is broken", code=str(broken))
    actions.record("audit.verify", actor="system", subject=queries.CHAIN, details={"broken": broken})


def ask(*, by: str, origin: str = "") -> bool:
    """Whether a look was ordered, which is put on record; not where one is waiting already."""
    try:
        with transaction.atomic():
            verify.configure().defer(timestamp=0)
            actions.record("audit.ask", actor=by, subject=queries.CHAIN, origin=origin)
    except AlreadyEnqueued:
        return False
    return True


def is_under_way() -> bool:
    """Whether a look is waiting, or going on."""
    return bool(ProcrastinateJob.objects.filter(task_name=verify.name, status__in=["todo", "doing"]).exists())
