"""The list in a real browser, on a phone and at a desk: asked, turned, sorted, kept, without barriers."""

from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # the library has no types
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Page, expect, sync_playwright

from luoshi.office.accounts.roles import Role
from tests.office.browsing import is_too_wide
from tests.office.desk.registers.ground import CITY, LOANS, PACK, citizen_id, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("registers")]
CHROMIUM = "/usr/bin/chromium"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *given: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(registers: None) -> Iterator[str]:
    """Where the service answers."""
    server: WSGIServer = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Quiet)

    def serve() -> None:
        try:
            server.serve_forever()
        finally:
            connections.close_all()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=[(390, 844), (1440, 900)], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    """A page of somebody who has signed in."""
    client = signed_in(Role.CITY_COORDINATOR, CITY)
    width, height = request.param
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"])
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        yield context.new_page()
        browser.close()


def test_a_clerk_asks_turns_keeps_and_searches(page: Page, address: str) -> None:
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(address + f"/registers/{PACK}/")
    page.get_by_role("link", name="贷款利息台账").click()
    page.get_by_text("筛选", exact=True).first.click()
    page.get_by_role("combobox", name="用于来料加工", exact=True).select_option("no")
    page.get_by_label("本金 不少于").fill("20")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**/loan_interest/?*is.processing_use=no*")
    assert page.get_by_text("共 33 行").is_visible()
    assert not is_too_wide(page)
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").first.fill("未用于加工")
    page.get_by_role("button", name="保存", exact=True).click()
    assert page.get_by_role("link", name="未用于加工").get_attribute("aria-current") == "page"
    page.goto(address + LOANS)
    page.get_by_role("link", name="下一页").click()
    page.get_by_role("link", name="上一页").click()
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in {"serious", "critical"}]
    assert not found, found
    page.goto(address + "/registers/search/")
    page.get_by_label("在所有台账里查找").fill("lisi")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="李四").click()
    page.get_by_role("link", name="查看 居民身份号码").click()
    page.get_by_label("为什么要看完整的号码").fill("核对补贴账户")
    page.get_by_role("button", name="显示一次").click()
    expect(page.get_by_text(citizen_id(2))).to_be_visible()
    assert not faults
