"""The policy library in a real browser: one person uploads, another activates; on a phone and at a desk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.editions.models import Edition
from luoshi.office.registry.building import build
from luoshi.office.runs import actions, library, proving
from tests.office.browsing import look
from tests.office.editions.packing import PACK, files_with
from tests.office.verified import let_in

CHROMIUM = "/usr/bin/chromium"
DOUBLED = ("  amount: $new_worker_award_sum", "  amount: $new_worker_award_sum * 2")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *given: object) -> None:
        """Nothing."""


@pytest.fixture
def address(apart: None) -> Iterator[str]:
    """Where the service answers, with the pack installed."""
    build([library.shipped(PACK)])
    actions.install(PACK, actions.Adoption(date(2023, 1, 1), "丽政发〔2023〕1号"), by="tester")
    server: WSGIServer = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Quiet)

    def serve() -> None:
        try:
            server.serve_forever(0.05)
        finally:
            connections.close_all()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _cookie(name: str) -> str:
    """The session of a new coordinator."""
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(Role.CITY_COORDINATOR, "3311"), date(2018, 1, 1), by="tester")
    return let_in(Client(), user).cookies["sessionid"].value


def _page(browser: Browser, address: str, cookie: str, size: tuple[int, int], faults: list[str]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page


def _work() -> None:
    """What the worker does with the edition that waits."""
    try:
        proving.prove(Edition.objects.get(state=Edition.State.WAITING).id, timezone.localdate())
    finally:
        connections.close_all()


@pytest.mark.slow
def test_one_person_uploads_a_folder_and_another_activates_it(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "政策"
    folder.mkdir()
    for name, content in files_with(*DOUBLED).items():
        (folder / name).write_bytes(content)
    faults: list[str] = []
    cookies = _cookie("chen"), _cookie("li")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"])
        _upload(_page(browser, address, cookies[0], (1440, 900), faults), address, folder)
        _activate(_page(browser, address, cookies[1], (390, 844), faults), address)
        browser.close()
    assert faults == []
    assert library.pack(PACK).hash == Edition.objects.get(number=2).digest


def _upload(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/library/")
    look(page)
    page.get_by_role("link", name="上传新版").click()
    look(page)
    page.get_by_label("或者选文件夹").set_input_files(folder)
    page.get_by_label("说明（改了什么）").fill("奖励加倍")
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("已收下 2 个文件，为第 2 版").wait_for()
    worker = Thread(target=_work)  # the browser's own thread may not speak to the database
    worker.start()
    worker.join()
    page.get_by_text("没有发现问题").wait_for(timeout=8000)  # the page renews itself
    assert page.get_by_text("要由另一位同事起用").is_visible()


def _activate(page: Page, address: str) -> None:
    page.goto(f"{address}/library/")
    look(page)
    page.get_by_role("link", name="第 2 版").click()
    look(page)
    page.get_by_role("link", name="逐条看").click()
    assert page.locator("ins").inner_text().strip() == "× 2"
    look(page)
    page.go_back()
    page.get_by_role("link", name="阅读全文").click()
    look(page)
    page.go_back()
    page.get_by_label("依据").fill("丽政发〔2026〕1号")
    page.get_by_role("button", name="起用这一版").click()
    page.get_by_text("已起用。").wait_for()
