"""The whole way of five measures: from a phone through every desk to the bank, and back to the clause.

Every step is done in a real browser; only what the worker does by itself, and that days pass, is done beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from luoshi.office.casework.models import Case
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from luoshi.office.treasury import proving
from tests.office.awards import ground
from tests.office.browsing import Seen, aside, browsing, opened, serving
from tests.office.casework import walking
from tests.office.flows.asking import ASKED
from tests.office.flows.desks import AUDITOR, open_accounts, walk
from tests.office.flows.measures import BY_SHEET, GRANTS, IN_ROUND, Grant, lay
from tests.office.flows.money import pay
from tests.office.flows.public import see_paid
from tests.office.flows.way import KEPT, PHONE, Way
from tests.office.sheets import place as posts
from tests.office.verified import let_in

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow, pytest.mark.timeout(300)]
FAR = 100_000
"""Rows that tests number themselves lie far from those that the registers number."""


@dataclass(frozen=True)
class Town:
    """Where the service answers for both cities, who has signed in, and which rows the measures are about."""

    site: str
    browser: Browser
    sessions: Mapping[str, str]
    rows: Mapping[str, tuple[int, tuple[str, int]]]
    looked: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def town(apart_together: None) -> Iterator[Town]:
    walking.begin(posts.PACK)
    walking.KEYS = count(FAR)
    ground.settle()
    rows = {grant.measure: settle(grant) for grant in GRANTS}
    users = [*ground.open_accounts().values(), *open_accounts()]
    sessions = {user.username: let_in(Client(), user).cookies["sessionid"].value for user in users}
    KEPT.mkdir(parents=True, exist_ok=True)
    connection.close()
    was, settings.DEMONSTRATION = settings.DEMONSTRATION, True  # codes stand on a page
    with serving() as site, browsing() as browser:
        yield Town(site, browser, sessions, rows)
    settings.DEMONSTRATION = was


def settle(grant: Grant) -> tuple[int, tuple[str, int]]:
    """Somebody to whom the measure can be granted today, and money for it; their row, and that of the case."""
    pack = walking.whole(grant.pack)
    walking.fund(pack, pack.measures[grant.measure], timezone.localdate().year)
    with transaction.atomic():  # rows lead to each other in any order
        if grant.asked == BY_SHEET:
            return hold_post(), ("", 0)
        return (enter_round(grant), ("", 0)) if grant.asked == IN_ROUND else lay(grant)


def hold_post() -> int:
    """Somebody holds a post, and their village is asked about a month; their row."""
    found = posts.Place(library.pack(posts.PACK))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE common.area SET poor_status = 'registered' WHERE id = %s", [posts.VILLAGE])
        cursor.execute("SELECT setval(pg_get_serial_sequence('common.person', 'id'), 5000)")
        for register in found.pack.registers:
            name = table_of(found.pack, register).name
            cursor.execute(posts._KEPT, [name.schema, name.name, posts.CITY])
    posts.with_posts(found, {"an": posts.IDS["an"]})
    posts.opened(found)
    return int(found.ids["an-holding"])


def enter_round(grant: Grant) -> int:
    """A broker whom a round is open for today."""
    today = timezone.localdate()
    ground.opened(first_day=today, last_day=today)
    return ground.add_broker(ground.FIRST_BROKER, grant.called)


@pytest.mark.parametrize("grant", GRANTS, ids=lambda grant: grant.measure)
def test_the_whole_way(town: Town, grant: Grant, tmp_path: Path) -> None:
    row, about = town.rows[grant.measure]
    way = Way(town.site, town.browser, town.sessions, tmp_path, grant, row, about, looked=town.looked)
    with way.clock, opened(town.browser, town.site, None, PHONE) as phone:
        ASKED[grant.asked](way, phone)
        pay(way, grant.village[:4] if grant.asked == IN_ROUND else grant.village[:6])
        if way.number:
            walk(way)  # what is still done once it is paid
            see_paid(way, phone, f"/p/cases/{way.number}/")
        elif grant.mobile:
            see_paid(way, phone, f"/p/mine/{grant.pack}/{grant.register}/{way.row}/")
        assert phone.complaints == []
    payment = aside(lambda: grant.paid.id)
    way.at(f"{AUDITOR}-{grant.village[:4]}", f"/money/payments/{payment}/", partial(walk_back, way))
    assert aside(proving.compare)[1] == []


def walk_back(way: Way, seen: Seen) -> None:
    """An auditor walks from the payment to its case, from there to the clause, and back."""
    page, payment = seen.page, seen.page.url
    way.look(seen, "payment", is_seen_on_both=True)
    if way.number:
        assert aside(lambda: Case.objects.get(number=way.number).state) in (Case.State.GRANTED, Case.State.DONE)
        page.get_by_role("link", name=way.number).click()
        assert page.locator(".aside form").count() == 0
        way.look(seen, "audited-case", is_seen_on_both=True)
        page.locator(".measure-card .cite, .measure-card a[href*='#']").first.click()
        assert page.url.partition("#")[2]
        page.go_back()
        page.locator("a[href*='/money/payments/']").click()
        assert page.url == payment
    assert way.grant.amount in page.inner_text("main")
    page.get_by_role("link", name="原文").click()
    assert f"/documents/{way.grant.pack}/" in page.url
