"""The job that takes notices down when they have run their days. Nobody sees them longer where it does not run."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.notices import actions, limiting


@app.periodic(cron="10 * * * *")
@app.task(name="notices.end", queue="upkeep", queueing_lock="notices.end")
def end(timestamp: int) -> None:
    """Put down as ended what has run its days, and forget who tried what a day ago."""
    now = timezone.now()
    actions.end(timezone.localdate(now))
    limiting.forget(now)
