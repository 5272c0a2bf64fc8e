"""The pages of imports: the whole way in a real browser on phone and desktop, and who may see and do what."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import openpyxl  # type: ignore[import-untyped] # the library has no types
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.exchange import working
from luoshi.office.exchange.models import Import
from tests.office.browsing import look
from tests.office.exchange.giving import CITY, NOW, PACK, give, install, rows, take_in, titles, workbook
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("apart_together")
COUNTY, OTHER = "331122", "331121"
GIVE = f"/imports/new/{PACK}/household/"
CHROMIUM = "/usr/bin/chromium"
INCOME = ("register_number", "area", "income_year")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Import.State


class _Quiet(WSGIRequestHandler):
    def log_message(self, *given: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Site:
    """Where the service answers, and the session of somebody of a county."""

    address: str
    session: str


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    install(tmp_path_factory.mktemp("city"))


@pytest.fixture
def site() -> Iterator[Site]:
    server: WSGIServer = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Quiet)
    thread = Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    session = let_in(Client(), _user(Role.TOWNSHIP_CADRE, COUNTY)).cookies["sessionid"].value
    yield Site(f"http://127.0.0.1:{server.server_port}", session)
    server.shutdown()
    thread.join()
    server.server_close()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever()
    finally:
        connections.close_all()


def _user(role: str, area: str) -> User:
    name = f"{role}-{area}"
    found = User.objects.filter(username=name).first()
    if found is None:
        found = open_account(name, "样例", "a-long-sentence-7", by="tester")
        appoint(found, Post(role, area), date(2018, 1, 1), by="tester")
    return found


def _client(role: str = Role.TOWNSHIP_CADRE, area: str = COUNTY) -> Client:
    return let_in(Client(), _user(role, area))


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs in this thread
    with sync_playwright() as found:
        started = found.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"])
        yield started
        started.close()


def _page(browser: Browser, site: Site, width: int, faults: list[str]) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": site.session, "url": site.address}])
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda problem: faults.append(str(problem)))
    return page


def _give(page: Page, site: Site, file: Path, content: bytes) -> Import:
    file.write_bytes(content)
    page.goto(f"{site.address}{GIVE}")
    look(page)
    page.get_by_label("填好的表格").set_input_files(file)
    page.get_by_role("button", name="交表检查").click()
    page.wait_for_selector("progress")
    look(page)
    work = Import.objects.latest("id")
    working.check(work.id)
    return work


def _corrected(page: Page, place: str, income: float) -> bytes:
    """The file with its problems marked, corrected as it was asked for."""
    with page.expect_download() as awaited:
        page.get_by_role("link", name="下载标出问题的表").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(awaited.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    assert "火星村" in str(sheet.cell(3, 4).value)
    sheet.cell(2, 3, income)
    sheet.cell(3, 2, place)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _accept(page: Page, work: Import) -> None:
    page.locator(".accept > summary").click()
    page.get_by_role("button", name="确定写入").click()
    page.wait_for_selector("progress")
    working.take_in(work.id)
    page.wait_for_selector("text=整批撤销这次导入")
    look(page)


def _undo(page: Page, work: Import) -> None:
    page.get_by_text("整批撤销这次导入").click()
    page.get_by_label("为什么撤销").fill("给错了文件")
    page.get_by_role("button", name="确定撤销").click()
    page.wait_for_selector("progress")
    working.undo(work.id)
    page.wait_for_selector("text=都已恢复原样")


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1440])
def test_somebody_gives_corrects_accepts_and_undoes(browser: Browser, site: Site, width: int, tmp_path: Path) -> None:
    faults: list[str] = []
    page, income = _page(browser, site, width, faults), 4321.5 + width
    [(one, place, before)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{COUNTY}')")[:1]
    head, here = titles("household", *INCOME), f"register_number = '{one}'"
    wrong = workbook(head, [(one, place, "很多"), (f"样{width}", "火星村", 5)])
    _give(page, site, tmp_path / "收入.xlsx", wrong)
    page.wait_for_selector("text=有 2 处问题，整个文件都没有导入")
    look(page)
    work = _give(page, site, tmp_path / "改好.xlsx", _corrected(page, place, income))
    page.wait_for_selector("text=检查通过")
    look(page)
    assert f"{income:,.2f}" in page.inner_text(".lines")
    _accept(page, work)
    assert rows("household", "income_year", where=here) == [(income,)]
    _undo(page, work)
    assert rows("household", "income_year", where=here) == [(before,)]
    assert rows("household", "id", where=f"register_number = '样{width}'") == []
    page.goto(f"{site.address}/imports/")
    look(page)
    assert not faults


@pytest.mark.usefixtures("database")
def test_nobody_reaches_an_import_of_another_county() -> None:
    [(one, place, _)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{COUNTY}')")[:1]
    work = give("household", workbook(titles("household", *INCOME), [(one, place, "很多")]), COUNTY)
    assert work.state == State.REFUSED
    mine, theirs, city = _client(), _client(area=OTHER), _client(Role.CITY_COORDINATOR, CITY)
    for address in (f"/imports/{work.id}/", f"/imports/{work.id}/corrected.xlsx"):
        assert mine.get(address).status_code == city.get(address).status_code == 200
        assert theirs.get(address).status_code == 404
    for verb in ("accept", "reject", "cancel", "undo", "sheet"):
        assert theirs.post(f"/imports/{work.id}/{verb}/", {"reason": "x"}).status_code == 404
        assert mine.get(f"/imports/{work.id}/{verb}/").status_code == 405
    assert f"/imports/{work.id}/" in mine.get("/imports/").content.decode()
    assert f"/imports/{work.id}/" not in theirs.get("/imports/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit.event WHERE action = 'import.fetch' AND subject = %s", [f"import:{work.id}"]
        )
        assert cursor.fetchone()[0] == 2


@pytest.mark.usefixtures("database")
def test_an_auditor_looks_and_does_nothing() -> None:
    [(one, place, _)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{COUNTY}')")[:1]
    work = give("household", workbook(titles("household", *INCOME), [(one, place, 77)]), COUNTY)
    auditor = _client(Role.AUDITOR, CITY)
    html = auditor.get(f"/imports/{work.id}/").content.decode()
    assert "检查通过" in html and "确定写入" not in html and "<form" not in html.partition("<main")[2]
    assert "导入表格" not in auditor.get("/imports/").content.decode()
    assert auditor.post(f"/imports/{work.id}/accept/").status_code == 403
    assert auditor.get(GIVE).status_code == 403
    take_in(work)
    assert "整批撤销" not in auditor.get(f"/imports/{work.id}/").content.decode()


@pytest.mark.usefixtures("database")
def test_a_file_is_given_once_and_asked_about_without_scripts() -> None:
    client = _client()
    [(one, place, _)] = rows("household", *INCOME, where=f"starts_with(_area_code, '{COUNTY}')")[:1]
    content = workbook(titles("household", *INCOME), [(one, place, 78)])
    first = client.post(GIVE, {"file": SimpleUploadedFile("收入.xlsx", content, EXCEL)})
    assert first.status_code == 302
    again = client.post(GIVE, {"file": SimpleUploadedFile("又一次.xlsx", content, EXCEL)}, follow=True)
    assert again.redirect_chain[-1][0] == first.headers["Location"]
    html = again.content.decode()
    assert "没有重复导入" in html and "看最新进度" in html
    assert not re.search(r"<style|<script(?! src=)| on\w+=|http-equiv=.refresh", html)
    polled = client.get(first.headers["Location"], headers={"HX-Request": "true"})
    assert "<html" not in polled.content.decode() and "progress" in polled.content.decode()
    work = Import.objects.latest("id")
    working.check(work.id)
    assert client.get(f"/imports/{work.id}/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert client.post(f"/imports/{work.id}/undo/", {"reason": "x"}, follow=True).status_code == 200
    work.refresh_from_db()
    assert work.state == State.READY


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("name", "content"), [("a.docx", b"x"), ("a.xlsx", b""), (None, b"")])
def test_a_file_that_is_not_taken_is_told_in_the_form(name: str | None, content: bytes) -> None:
    given = {} if name is None else {"file": SimpleUploadedFile(name, content)}
    answer = _client().post(GIVE, given)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Import.objects.filter(file_name=name or "").exists()


@pytest.mark.usefixtures("database")
def test_registers_and_their_templates() -> None:
    client = _client()
    html = client.get("/imports/new/").content.decode()
    assert GIVE in html and f"/imports/new/{PACK}/area/" not in html
    assert client.get(f"/imports/new/{PACK}/area/").status_code == 404
    assert client.get("/imports/new/dingxi-2018/household/").status_code == 404
    answer = client.get(f"{GIVE}template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined] # a file
    assert len(book.worksheets) > 1


@pytest.mark.usefixtures("database")
def test_the_list_goes_on_and_says_when_it_is_empty() -> None:
    client = _client(area="331127")
    assert "还没有导入过" in client.get("/imports/").content.decode()
    for number in range(27):
        Import.objects.create(
            pack_id=PACK, register="household", area="331127", file_name=f"{number}.xlsx", file=f"{number}",
            size=1, digest=f"{number}", asked_by="chen", asked_at=NOW, state=State.REJECTED,
        )  # fmt: skip
    html = client.get("/imports/").content.decode()
    assert html.count("等待") == 0 and html.count(".xlsx") == 25
    following = re.search(r'href="(\?before=\d+)"', html)
    assert following is not None
    assert client.get(f"/imports/{following.group(1)}").content.decode().count(".xlsx") == 2
    assert client.get("/imports/?before=x").status_code == 404
