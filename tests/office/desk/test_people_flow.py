"""A coordinator opens an account and its holder comes in, in a real browser at both widths; the auditor looks on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.registry.building import build
from luoshi.office.runs import library
from tests.office.browsing import browsing, look, serving

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
PASSWORD, OWN = "a-long-sentence-7", "my-own-sentence-9"
SIZES: dict[str, Any] = {"desk": {"width": 1440, "height": 960}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def site(apart_together: None) -> Iterator[str]:
    build([library.pack("dingxi-2018")])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
            " VALUES ('6211', '样例市', 'city', '6211', 'test', 'tester')"
        )
    for name, role in (("boss", Role.CITY_COORDINATOR), ("eye", Role.AUDITOR)):
        user = open_account(name, "样例", PASSWORD, by="tester", area="6211")
        appoint(user, Post(role, "6211"), date(2020, 1, 1), by="tester")
    settings.TWO_FACTOR = False
    with serving() as address:
        yield address
    settings.TWO_FACTOR = True


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    with browsing() as started:
        yield started


def _signed_in(browser: Browser, site: str, size: str, name: str, password: str) -> Page:
    page = browser.new_context(viewport=SIZES[size]).new_page()
    page.goto(f"{site}/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def _opened(page: Page, site: str, name: str) -> str:
    """The first password of an account that the coordinator opens."""
    page.goto(f"{site}/accounts/")
    look(page)
    page.get_by_role("link", name="开账号").click()
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("姓名").fill("王样例")
    page.locator("[name=id_number]").fill("990000199003070005")
    page.get_by_label("角色").select_option("township_cadre")
    page.get_by_label("区划").fill("3311")
    page.get_by_role("button", name="开账号").click()
    expect(page.get_by_role("alert")).to_contain_text("不在您的管辖范围内")
    look(page)
    page.get_by_label("区划").fill("样例市")
    page.get_by_role("button", name="开账号").click()
    password = page.locator(".secret").inner_text()
    look(page)
    return password


@pytest.mark.parametrize("size", sorted(SIZES))
def test_an_account_is_opened_and_its_holder_comes_in(browser: Browser, site: str, size: str) -> None:
    name = f"wang-{size}"
    page = _signed_in(browser, site, size, "boss", PASSWORD)
    password = _opened(page, site, name)
    page.get_by_role("link", name="记好了").click()
    page.locator("summary", has_text="请人代理").click()
    page.locator("summary", has_text="停用账号").click()
    page.locator("summary", has_text="新的任职").click()
    look(page)

    holder = _signed_in(browser, site, size, name, password)
    expect(holder.get_by_role("heading", name="修改密码")).to_be_visible()
    look(holder)
    holder.get_by_label("旧密码").fill(password)
    holder.locator("[name=new_password1]").fill(OWN)
    holder.locator("[name=new_password2]").fill(OWN)
    holder.get_by_role("button", name="修改密码").click()
    expect(holder.locator(".messages")).to_contain_text("密码已修改")
    holder.goto(f"{site}/account/")
    expect(holder.locator("main")).to_contain_text("账号：改密码")
    look(holder)
    assert holder.goto(f"{site}/accounts/").status == 403  # type: ignore[union-attr] # an address always answers


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_auditor_looks_into_the_log(browser: Browser, site: str, size: str) -> None:
    page = _signed_in(browser, site, size, "eye", PASSWORD)
    page.goto(f"{site}/log/")
    look(page)
    page.get_by_label("哪类事").select_option("account")
    page.get_by_role("button", name="查找").click()
    page.locator("tbody details").first.locator("summary").click()
    look(page)
