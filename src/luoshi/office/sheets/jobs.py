"""The jobs that open sheets and follow what has come in, for the worker."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from luoshi.office.runs import library
from luoshi.office.sheets import books, opening
from luoshi.office.sheets.books import Book
from luoshi.office.sheets.desks import Actor
from luoshi.office.sheets.periods import period_of
from luoshi.office.sheets.recording import Moment


@app.periodic(cron="20 0 * * *")
@app.task(name="sheets.open", queue="worklists", queueing_lock="sheets.open", lock="sheets.open")
def open_sheets(timestamp: int) -> None:
    """Open the sheets of the period that has begun, and of the one before it where that is not done."""
    now = datetime.fromtimestamp(timestamp, UTC)
    today = timezone.localtime(now).date()
    for pack in library.packs():
        for block in pack.sheets.values():
            period = period_of(block.every, today)
            for each in (period.former, period):
                opening.open_sheets(pack, block, each, now)


@app.periodic(cron="40 0 * * *")
@app.task(name="sheets.follow", queue="worklists", queueing_lock="sheets.follow", lock="sheets.follow")
def follow_income(timestamp: int) -> None:
    """What registers say has come in is in its account."""
    now = datetime.fromtimestamp(timestamp, UTC)
    moment = Moment(Actor("system", None, ""), now)
    for pack in library.packs():
        for statement in pack.statements.values():
            if statement.account is not None:
                books.enter_income(Book(pack, statement, pack.policy.jurisdiction or "", moment.today), moment)
