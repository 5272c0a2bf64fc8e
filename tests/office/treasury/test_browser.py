"""A batch in the real browser: made on a phone, checked and approved on desks, sent and answered."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.runs import actions as runs
from luoshi.office.treasury import jobs, proving
from luoshi.office.treasury.models import Batch, Line
from tests.office.browsing import Seen, aside, browsing, opened, serving, session_of
from tests.office.treasury.place import COUNTY, MEASURE, PACK, commit, give, put_on_list, returned
from tests.office.verified import let_in

pytestmark = [pytest.mark.usefixtures("ground"), pytest.mark.slow]
PHONE, DESK = (390, 844), (1440, 960)


def another(name: str, role: str) -> str:
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, COUNTY), date(2018, 1, 1), by="tester")
    return let_in(Client(), user).cookies["sessionid"].value


def settle(seen: Seen) -> None:
    """Say why, wherever something is asked."""
    for tick in seen.page.locator(".checked input[name=check]").all():
        tick.check()
    while (asked := seen.page.locator(".checked + p + .ask, .stops .ask")).count():
        asked.first.locator("input[name=reason]").fill("已核对")
        asked.first.locator("button").click()
        seen.page.wait_for_load_state()


def looks_right(seen: Seen) -> None:
    assert not seen.is_too_wide()
    assert seen.barriers() == []
    assert seen.complaints == []


def make(seen: Seen, address: str) -> None:
    """On a phone: the batch is asked for, its findings settled, and handed in."""
    seen.page.goto(f"{address}/money/batches/")
    seen.page.select_option("select[name=measure]", f"{PACK}/{MEASURE}")
    seen.page.get_by_role("button", name="编制").click()
    aside(lambda: jobs.fill(1))
    seen.page.goto(f"{address}/money/batches/1/")
    looks_right(seen)
    settle(seen)
    seen.page.get_by_role("button", name="提交复核").click()
    assert "待复核" in seen.page.inner_text("h1")


def take_back(seen: Seen, address: str, file: Path) -> None:
    """The answer of the bank is read; then every page is looked at."""
    content = aside(lambda: returned(Batch.objects.select_related("layout").get(), lambda line: line.number == 2))
    file.write_bytes(content)
    seen.page.goto(f"{address}/money/batches/1/")
    seen.page.set_input_files("input[type=file]", file)
    seen.page.fill("input[name=paid_on]", "2021-03-02")
    seen.page.get_by_role("button", name="读入回盘").click()
    assert "已回盘" in seen.page.inner_text("h1")
    for page in ("", "failures/", "payments/1/", "ledger/", "claw-backs/", "lists/"):
        seen.page.goto(f"{address}/money/{page}")
        looks_right(seen)


def test_a_batch_from_phone_to_bank(tmp_path: Path) -> None:
    runs.install(PACK, by="tester")
    give(1000)
    commit([1, 2])
    put_on_list("dead", 2)
    maker, checker = session_of(Role.DEPARTMENT_OFFICER, COUNTY), another("second", Role.DEPARTMENT_OFFICER)
    finance = session_of(Role.FINANCE_OFFICER, COUNTY)
    connection.close()
    with serving() as address, browsing() as browser:
        with opened(browser, address, maker, PHONE) as seen:
            make(seen, address)
        for session, press in ((checker, "复核通过"), (finance, "批准支付"), (finance, "生成银行文件")):
            with opened(browser, address, session, DESK) as seen:
                seen.page.goto(f"{address}/money/batches/1/")
                looks_right(seen)
                seen.page.get_by_role("button", name=press).click()
        with opened(browser, address, finance, DESK) as seen:
            take_back(seen, address, tmp_path / "return.xlsx")
    assert list(Line.objects.order_by("number").values_list("state", flat=True)) == ["paid", "failed"]
    assert proving.compare()[1] == []
