"""A cadre works through the worklists on a phone, in a real browser: no barrier, nothing wider than the screen."""

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from playwright.sync_api import Page, expect, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from tests.office.browsing import look
from tests.office.worklists.place import CITY, PACK, followed_city

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
PASSWORD, CHROMIUM = "a-long-sentence-7", shutil.which("chromium")


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class _Closing(WSGIHandler):
    """Each thread of the server ends its connection with its answer."""

    def get_response(self, request: Any) -> Any:
        try:
            return super().get_response(request)
        finally:
            connection.close()


@pytest.fixture(scope="module")
def site(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    followed_city(tmp_path_factory.mktemp("city") / "data")
    user = open_account("cadre", "样例", PASSWORD, by="tester")
    appoint(user, Post(Role.DEPARTMENT_OFFICER, CITY), date(2020, 1, 1), by="tester")
    settings.TWO_FACTOR = False
    with make_server("127.0.0.1", 0, StaticFilesHandler(_Closing()), _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
    settings.TWO_FACTOR = True


@pytest.fixture
def phone(site: str) -> Iterator[Page]:
    """A phone on which the cadre has signed in; what the browser complains of fails the test."""
    if CHROMIUM is None:
        pytest.skip("no browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{site}/")
        page.fill("input[name=username]", "cadre")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/documents/**")
        yield page
        browser.close()
    assert complaints == []


def test_a_cadre_tells_looks_and_tries(phone: Page) -> None:
    phone.get_by_text("菜单", exact=True).click()
    phone.get_by_role("link", name="待办", exact=True).click()
    look(phone)
    phone.locator(".kinds a").first.click()
    look(phone)
    phone.get_by_role("link", name="展位扶持").click()
    phone.locator("summary", has_text="记录联系").first.click()
    phone.get_by_label("告知日期").locator("visible=true").fill("2024-01-15")
    phone.get_by_label("告知方式").locator("visible=true").select_option("visit")
    look(phone)
    phone.locator("form:visible .button", has_text="保存").click()
    expect(phone.locator(".messages")).to_contain_text("已记下")
    expect(phone.locator(".people .states").first).to_contain_text("2024-01-15")
    phone.get_by_role("navigation", name="待办").get_by_role("link", name="缺的资料").click()
    look(phone)
    phone.locator("tbody a").first.click()
    look(phone)
    phone.get_by_role("navigation", name="待办").get_by_role("link", name="核查事项").click()
    look(phone)
    phone.locator(".people a").first.click()
    phone.get_by_label("处理结果").select_option("no_problem")
    phone.get_by_label("理由或措施").fill("已当面核实")
    phone.locator("button", has_text="保存").click()
    expect(phone.locator(".past")).to_contain_text("已当面核实")
    expect(phone.locator(".tag.big")).to_contain_text("没有问题")
    look(phone)


def test_a_change_is_tried_on_a_phone(phone: Page, site: str) -> None:
    phone.goto(f"{site}/documents/{PACK}/measures/new-worker-award/ineligible/")
    phone.locator(".people a").first.click()
    phone.get_by_role("link", name="试改资料").click()
    address = phone.url
    look(phone)
    phone.locator("form.row button").first.click()
    expect(phone.locator("h2", has_text="结果会怎么变")).to_be_visible()
    assert phone.url == address
    look(phone)
