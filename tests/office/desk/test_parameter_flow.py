"""A county sets a value in a real browser, at phone and desktop width: the whole way, with no barrier and no error."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.runs import actions, library, local, previewing
from luoshi.office.runs.models import LocalSetting, Preview, Run
from tests.office.browsing import look
from tests.office.runs.city import PACK, install_city
from tests.office.verified import let_in

pytestmark = [pytest.mark.usefixtures("apart_together"), pytest.mark.slow]
ON, COUNTY, NAME = date(2023, 12, 31), "331122", "interest_share"
CHROMIUM = "/usr/bin/chromium"
ROLES = {"maker": Role.DEPARTMENT_OFFICER, "checker": Role.FINANCE_OFFICER}
State = LocalSetting.State


class _Quiet(WSGIRequestHandler):
    def log_message(self, *given: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Site:
    """Where the service answers, and the sessions of two people of a county."""

    address: str
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def site(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small city that was run once."""
    install_city(tmp_path_factory.mktemp("city") / "data")
    LocalSetting.objects.all().delete()
    with transaction.atomic():
        actions.carry_out(actions.ask(PACK, ON, by="tester").id)
    server: WSGIServer = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Quiet)
    thread = Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", {name: _session(name) for name in ROLES})
    server.shutdown()
    thread.join()
    server.server_close()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever()
    finally:
        connections.close_all()


def _session(name: str) -> str:
    user = open_account(name, name, "a-long-sentence-7", by="tester")
    appoint(user, Post(ROLES[name], COUNTY), date(2020, 1, 1), by="tester")
    return let_in(Client(), user).cookies["sessionid"].value


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs in this thread
    with sync_playwright() as found:
        started = found.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"])
        yield started
        started.close()


def _page(browser: Browser, site: Site, name: str, width: int, faults: list[str]) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": site.sessions[name], "url": site.address}])
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: faults.append(str(problem)))
    return page


def _fill(page: Page, value: str, paper: Path) -> None:
    page.get_by_label("值").fill(value)
    page.get_by_label("依据的文件名称").fill("贴息办法")
    page.get_by_label("文号").fill(f"样财〔2023〕{value}号")
    page.get_by_label("发文日期").fill("2023-05-20")
    page.get_by_label("文件扫描件或电子版").set_input_files(paper)
    page.get_by_role("button", name="试算影响").click()


def _try_out(page: Page) -> None:
    """The bar moves by itself, and the page comes back when the trial is over."""
    connection.close()  # beside a browser there is another one, which may lead to the database of an earlier module
    page.wait_for_selector("progress")
    look(page)
    preview = Preview.objects.get(setting__state=State.DRAFTED)
    Preview.objects.filter(id=preview.id).update(state=Run.State.RUNNING, done=3, steps=12)
    page.wait_for_selector("progress[value='25']", timeout=10_000)
    assert previewing.carry_out(preview.id) is not None
    page.get_by_role("button", name="提交复核").click(timeout=10_000)


@pytest.mark.parametrize(("width", "value"), [(390, "61"), (1440, "62")], ids=["phone", "desk"])
def test_a_value_from_its_page_to_its_confirmation(
    browser: Browser, site: Site, width: int, value: str, tmp_path: Path
) -> None:
    paper, faults = tmp_path / "办法.pdf", list[str]()
    paper.write_bytes(b"%PDF-1.7\n%%EOF")
    page = _page(browser, site, "maker", width, faults)
    page.goto(f"{site.address}/parameters/{PACK}/{NAME}/")
    look(page)
    page.get_by_role("link", name="设定", exact=True).click()
    _fill(page, "45", paper)
    assert "50% 到 100%" in page.get_by_role("alert").inner_text()
    look(page)
    _fill(page, value, paper)
    _try_out(page)
    page.wait_for_selector("text=等另一位有权的人复核")
    look(page)
    checker = _page(browser, site, "checker", width, faults)
    checker.goto(page.url)
    look(checker)
    checker.get_by_role("button", name="同意，生效").click()
    checker.wait_for_selector("text=已生效")
    held = local.settings_of(library.pack(PACK), LocalSetting.objects.latest("id").start)
    assert str(held.value(NAME, COUNTY)) == f"0.{value}"
    _runs(page, site)
    assert faults == []


def _runs(page: Page, site: Site) -> None:
    """The run that was asked for waits in the list; its page notices that it was cancelled."""
    for shown in (f"/parameters/{PACK}/", f"/parameters/{PACK}/?show=readings", "/runs/"):
        page.goto(f"{site.address}{shown}")
        look(page)
    page.locator(".people a").first.click()
    page.wait_for_selector("progress")
    look(page)
    Run.objects.filter(state=Run.State.WAITING).update(state=Run.State.CANCELLED)
    page.wait_for_selector("text=已取消", timeout=10_000)
