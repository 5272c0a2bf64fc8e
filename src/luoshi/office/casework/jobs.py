"""What goes on by itself: notices that have ended, money that has arrived, reviews that fall due."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.casework import publishing, reviewing
from luoshi.office.casework.acting import follow_payment
from luoshi.office.casework.models import Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import hold
from luoshi.office.casework.recommending import pack_of

SYSTEM, ORIGIN = "system", "job"


@app.periodic(cron="*/5 * * * *")
@app.task(name="casework.follow", queue="upkeep", queueing_lock="casework.follow", lock="casework.follow")
def follow(timestamp: int) -> None:
    """Cases go on whose notice has run its days, or whose money was paid."""
    at = moment()
    waiting = Task.objects.filter(finished_at=None).select_related("case").order_by("id")
    for task in waiting.filter(act="notice").exclude(notice="").iterator():
        publishing.follow(task, at)
    for task in waiting.filter(act="pay").iterator():
        with transaction.atomic():
            case = hold(task.case)
            follow_payment(case, pack_of(case), at)


@app.periodic(cron="20 1 * * *")
@app.task(name="casework.review", queue="upkeep", queueing_lock="casework.review", lock="casework.review")
def review(timestamp: int) -> None:
    """Every review that is due has a case."""
    reviewing.open_due(moment())


def moment() -> Moment:
    """Now, by nobody."""
    return Moment(SYSTEM, timezone.localdate(), timezone.now(), ORIGIN)
