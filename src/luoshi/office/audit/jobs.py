"""The nightly look at the chain."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from luoshi.office.audit import actions, queries

log = structlog.get_logger(__name__)


@app.periodic(cron="30 1 * * *")
@app.task(name="audit.verify", queue="upkeep", queueing_lock="audit.verify")
def verify(timestamp: int) -> None:
    """Verify the whole chain, and put on record what was found."""
    broken = queries.first_broken()
    if broken is not None:
        log.error("the chain of events is broken", code=str(broken))
    actions.record("audit.verify", actor="system", subject="audit:chain", details={"broken": broken})
