"""What is cleared away every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.applicants import codes, proxies


@app.periodic(cron="40 2 * * *")
@app.task(name="applicants.clear", queue="upkeep", queueing_lock="applicants.clear")
def clear(timestamp: int) -> None:
    """Codes and tickets that count for nothing any more are deleted."""
    now = timezone.now()
    codes.forget_old(now)
    proxies.forget_old(now)
