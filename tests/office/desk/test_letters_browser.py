"""Templates of letters in a real browser: one uploads at a desk, another approves on a phone; nothing is in the way."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from docx import Document
from playwright.sync_api import Page, expect

from luoshi.office.accounts.roles import Role
from luoshi.office.letters import actions, templates
from luoshi.office.letters.actions import Order
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.models import Letter
from luoshi.office.letters.samples import sample
from tests.office.browsing import Seen, browsing, opened, serving, session_of
from tests.office.letters.papers import words_of_word

pytestmark = [pytest.mark.usefixtures("apart"), pytest.mark.slow]
COUNTY, DESK, PHONE = "331122", (1440, 900), (390, 844)


def _look(seen: Seen) -> None:
    assert not seen.is_too_wide() and seen.barriers() == [], seen.page.url


def _issued() -> Letter:
    templates.set_series(Kind.REFUSAL, COUNTY, "样人社发", department="", by="tester")
    order = Order(key="case:1", subject="case:1", area=COUNTY)
    return actions.issue(sample(Kind.REFUSAL), order, by="tester", now=datetime(2026, 3, 16, tzinfo=UTC))


def test_one_changes_a_template_in_word_and_another_approves_it(tmp_path: Path) -> None:
    letter = _issued()
    number, code = letter.number, letter.check_code
    first = session_of(Role.DEPARTMENT_OFFICER, COUNTY, "陈样例")
    second = session_of(Role.CITY_COORDINATOR, COUNTY, "李样例")
    connection.close()
    with serving() as address, browsing() as browser:
        with opened(browser, address, first, DESK) as seen:
            seen.page.goto(f"{address}/letters/")
            _look(seen)
            _change_and_upload(seen.page, tmp_path)
            _look(seen)
            assert seen.complaints == []
        with opened(browser, address, second, PHONE) as seen:
            _approve(seen, address)
            _check(seen, address, number, code)
            assert seen.complaints == []


def _change_and_upload(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="不予支持告知书", exact=True).click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载默认模板").click()
    fetched.value.save_as(folder / "模板.docx")
    file = Document(str(folder / "模板.docx"))
    file.add_paragraph("咨询时间：工作日上午。")
    file.save(str(folder / "模板.docx"))
    page.get_by_text("上传改好的模板").click()
    page.get_by_label("改好的 .docx 文件").set_input_files(folder / "模板.docx")
    page.get_by_label("说明（改了什么）").fill("加了咨询时间")
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("咨询时间：工作日上午。")).to_be_visible()
    expect(page.get_by_role("button", name="同意使用")).to_have_count(0)


def _approve(seen: Seen, address: str) -> None:
    page = seen.page
    page.goto(f"{address}/letters/kinds/refusal/")
    _look(seen)
    page.get_by_role("link", name="第 1 版").click()
    _look(seen)
    page.get_by_role("button", name="同意使用").click()
    expect(page.get_by_text("从现在起使用这个模板。")).to_be_visible()
    with page.expect_download() as fetched:
        page.goto(f"{address}/letters/")
        page.get_by_role("link", name="Word 不予支持告知书").click()
    content = Path(fetched.value.path()).read_bytes()
    assert "咨询时间" in words_of_word(io.BytesIO(content).getvalue())


def _check(seen: Seen, address: str, number: str, code: str) -> None:
    page = seen.page
    page.goto(f"{address}/letters/issued/")
    _look(seen)
    page.get_by_role("link", name=number).click()
    _look(seen)
    page.goto(f"{address}/letters/check/")
    page.get_by_label("文号").fill(number)
    page.get_by_label("校验码").fill(code)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("是这里开出的")).to_be_visible()
    _look(seen)
