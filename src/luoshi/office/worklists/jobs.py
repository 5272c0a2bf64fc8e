"""The job that makes worklists follow runs, whoever carried these out."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.runs.models import Installed
from luoshi.office.worklists import refreshing


@app.periodic(cron="* * * * *")
@app.task(name="worklists.follow", queue="worklists", queueing_lock="worklists.follow", lock="worklists.follow")
def follow(timestamp: int) -> None:
    """Make the worklists of every pack follow its newest run, where they do not yet."""
    for pack_id in Installed.objects.order_by("pack_id").values_list("pack_id", flat=True):
        run = refreshing.run_to_follow(pack_id)
        if run is not None:
            refreshing.refresh(run, timezone.now())
