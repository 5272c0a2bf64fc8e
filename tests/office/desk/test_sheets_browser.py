"""A village administrator fills in a month on a phone, with the network off and on again, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from luoshi.office.accounts.roles import Role
from luoshi.office.runs import library
from luoshi.office.sheets import actions
from tests.office.browsing import CHROMIUM, browsing, serving, session_of, wait_until
from tests.office.browsing import opened as window
from tests.office.sheets.place import (
    CADRE,
    IDS,
    NOW,
    PACK,
    TOWNSHIP,
    VILLAGE,
    Place,
    given,
    moment,
    opened,
    settle,
    with_posts,
)  # fmt: skip

pytestmark = [
    pytest.mark.usefixtures("apart_together"),
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="no browser"),
]
PHONE, DESK = (390, 844), (1440, 900)


@dataclass(frozen=True)
class Site:
    """Where the service answers, and what is there."""

    address: str
    browser: Browser
    place: Place
    sheets: tuple[str, ...]
    villager: str
    cadre: str


@pytest.fixture(scope="module")
def site(apart_together: None) -> Iterator[Site]:
    settings.TWO_FACTOR = False
    settle()
    place = Place(library.pack(PACK))
    with_posts(place, IDS)
    first = opened(place)
    second = opened(place, period=first.period.former)
    third = opened(place, period=second.period.former)
    for called in IDS:
        actions.enter(second, [given(place.ids[f"{called}-holding"], served="true")], moment(CADRE))
    addresses = tuple(f"/sheets/{one.pk}/" for one in (first, second, third))
    villager = session_of(Role.VILLAGE_ADMINISTRATOR, VILLAGE)
    cadre = session_of(Role.TOWNSHIP_CADRE, TOWNSHIP, "样例乡镇")
    connection.close()
    with serving() as address, browsing() as browser:
        yield Site(address, browser, place, addresses, villager, cadre)
    settings.TWO_FACTOR = True


def yes(page: Page, owner: int, value: str = "true") -> None:
    page.locator(f'[data-owner="{owner}"] input[value="{value}"]').check(force=True)


def told(page: Page, owner: int) -> str:
    return page.locator(f'[data-owner="{owner}"] [data-told]').inner_text()


def test_a_month_without_network_is_sent_when_it_is_back(site: Site) -> None:
    an, bo = (site.place.ids[f"{name}-holding"] for name in IDS)
    with window(site.browser, site.address, site.villager, PHONE) as seen:
        page = seen.page
        page.goto(site.address + site.sheets[0])
        assert not seen.is_too_wide()
        assert seen.barriers() == []
        wait_until(page, "navigator.serviceWorker.controller !== null")
        wait_until(page, f"caches.match('{site.sheets[0]}').then(Boolean)")
        yes(page, an)
        expect(page.locator(f'[data-owner="{an}"] [data-told]')).to_have_text("已发送")
        page.context.set_offline(True)
        yes(page, bo, "false")
        expect(page.locator(f'[data-owner="{bo}"] [data-told]')).to_have_text("还没有发送")
        expect(page.locator("#sending")).to_contain_text("有 1 行还没有发送")
        page.reload()
        expect(page.locator(f'[data-owner="{bo}"] [data-told]')).to_have_text("还没有发送")
        expect(page.locator(f'[data-owner="{bo}"] input[value="false"]')).to_be_checked()
        page.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator(f'[data-owner="{bo}"] [data-told]')).to_have_text("已发送")
        page.reload()
        expect(page.locator(f'[data-owner="{bo}"]')).to_contain_text("已填")
        expect(page.locator(f'[data-owner="{bo}"]')).to_contain_text("0.00")
        assert [one for one in seen.complaints if "ERR_INTERNET_DISCONNECTED" not in one] == []


def test_what_another_entered_meanwhile_is_shown(site: Site) -> None:
    an = site.place.ids["an-holding"]
    with window(site.browser, site.address, site.villager, PHONE) as mine, window(site.browser, site.address, site.cadre, DESK) as theirs:  # fmt: skip  # noqa: E501 # two windows
        mine.page.goto(site.address + site.sheets[2])
        theirs.page.goto(site.address + site.sheets[2])
        mine.page.context.set_offline(True)
        yes(mine.page, an)
        yes(theirs.page, an, "false")
        expect(theirs.page.locator(f'[data-owner="{an}"] [data-told]')).to_have_text("已发送")
        mine.page.context.set_offline(False)
        mine.page.evaluate("window.dispatchEvent(new Event('online'))")
        line = mine.page.locator(f'[data-owner="{an}"]')
        expect(line.locator("[data-told]")).to_contain_text("别人填的不一样")
        expect(line.locator("[data-told]")).to_contain_text("否")
        line.get_by_role("button", name="用我的").click()
        expect(line.locator("[data-told]")).to_have_text("已发送")
        theirs.page.reload()
        expect(theirs.page.locator(f'[data-owner="{an}"] input[value="true"]')).to_be_checked()


def test_signing_out_erases_what_the_phone_keeps(site: Site) -> None:
    with window(site.browser, site.address, site.villager, PHONE) as seen:
        page = seen.page
        page.goto(site.address + site.sheets[2])
        wait_until(page, f"caches.match('{site.sheets[2]}').then(Boolean)")
        page.locator(".person > summary").click()
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url("**/sign-in/**")
        assert page.evaluate("caches.keys().then((keys) => keys.length)") == 0
        assert date(2020, 3, 31) == NOW.date()
