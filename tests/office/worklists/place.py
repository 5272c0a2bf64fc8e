"""A small city whose worklists follow a run, and people who work on them."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.runs.models import Run
from luoshi.office.worklists import refreshing
from tests.office.databases import beginning
from tests.office.runs.city import CITY, ON, PACK, run_city
from tests.office.verified import let_in

__all__ = ["CITY", "ON", "PACK", "followed_city", "signed_in"]


def followed_city(folder: Path) -> Run:
    """The run of a small city, with its worklists, in a new database of the module's own."""

    def follow() -> None:
        run = run_city(folder)
        with transaction.atomic():
            assert refreshing.refresh(run, timezone.now())

    beginning("city-followed", follow)
    return Run.objects.get()


def signed_in(client: Client, role: str, area: str) -> Client:
    """The browser of somebody who holds a role in an area."""
    user = open_account(f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return let_in(client, user)
