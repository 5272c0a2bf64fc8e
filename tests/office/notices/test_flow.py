"""A villager reads a notice on a phone and objects, an official answers, the villager reads the answer."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.notices import actions
from tests.office.browsing import browsing, look, serving
from tests.office.desk.peopled import settle
from tests.office.notices.drafts import COUNTY, posted

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
PASSWORD = "a-long-sentence-7"
PHONE, DESK = (390, 844), (1440, 960)


@pytest.fixture(scope="module")
def site(apart_together: None) -> Iterator[str]:
    settle()
    user = open_account("checker", "样例", PASSWORD, by="tester", area=COUNTY)
    appoint(user, Post(Role.DEPARTMENT_OFFICER, COUNTY), date(2020, 1, 1), by="tester")
    actions.set_reception(COUNTY, "县政务大厅，电话 0932-8200000", 3, by="tester", now=timezone.now())
    posted(on=timezone.localdate())
    connection.close()
    settings.TWO_FACTOR = False
    with serving() as address:
        yield address
    settings.TWO_FACTOR = True


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    with browsing() as started:
        yield started


def _window(browser: Browser, size: tuple[int, int]) -> Page:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN").new_page()


def _find(page: Page, site: str) -> None:
    """Look for the notice by its area and open it."""
    page.goto(f"{site}/p/notices/")
    look(page)
    page.get_by_label("地区").select_option(COUNTY)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="电商扶持资金公示").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("电商扶持资金公示")
    expect(page.locator("main")).to_contain_text("张*明")
    expect(page.locator("main")).not_to_contain_text("张小明")
    look(page)


def _object(page: Page) -> str:
    """Object to the first line; the receipt."""
    page.get_by_role("link", name="提出异议").click()
    look(page)
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look(page)
    page.get_by_label("针对哪一项").select_option("1")
    page.get_by_label("您认为哪里不对").fill("他家有车")
    page.get_by_label("联系方式", exact=True).fill("138 1234 5678")
    page.get_by_role("button", name="提交异议").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("异议已收到")
    look(page)
    return page.locator(".receipt").inner_text()


def _answer(page: Page, site: str) -> None:
    """Come in, see what waits, answer it."""
    page.goto(f"{site}/notices/")
    page.fill("input[name=username]", "checker")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/notices/**")
    expect(page.locator("main")).to_contain_text("1 条异议待答复")
    look(page)
    page.get_by_role("link", name="电商扶持资金公示").click()
    look(page)
    page.locator(".entries a").first.click()
    expect(page.locator("main")).to_contain_text("他家有车")
    look(page)
    page.get_by_label("异议不成立").check()
    page.get_by_label("理由").fill("车是单位的，已核对登记。")
    page.get_by_role("button", name="答复").click()
    expect(page.locator(".messages")).to_contain_text("已答复")
    look(page)


@pytest.mark.parametrize("size", [PHONE])
def test_from_the_notice_to_the_answer(browser: Browser, site: str, size: tuple[int, int]) -> None:
    villager, official = _window(browser, size), _window(browser, DESK)
    _find(villager, site)
    receipt = _object(villager)
    _answer(official, site)
    villager.get_by_role("link", name="看答复").click()
    expect(villager.get_by_label("回执编号")).to_have_value(receipt)
    villager.get_by_label("提出时写的联系方式").fill("13812345678")
    villager.get_by_role("button", name="看答复").click()
    expect(villager.locator("main")).to_contain_text("车是单位的")
    look(villager)
