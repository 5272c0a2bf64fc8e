"""From what is set aside to somebody's account: three people of finance, the bank, and what it answers."""

import io
from functools import partial

import openpyxl
from django.utils import timezone

from luoshi.office.casework import jobs as casework
from luoshi.office.database.keys import secrecy
from luoshi.office.treasury import jobs as treasury
from luoshi.office.treasury.models import Batch
from luoshi.office.treasury.payees import account_of
from tests.office.browsing import Seen, aside
from tests.office.flows.desks import FIRST, SECOND, THIRD, person
from tests.office.flows.way import Way, fill, press
from tests.office.treasury.place import returned

ACCOUNT = "62270001234567890"


def pay(way: Way, area: str) -> None:
    """Three people of finance of an area: made, checked, approved; sent to the bank and answered."""
    finance = {which: person(area, "finance", which) for which in (FIRST, SECOND, THIRD)}
    payment = aside(lambda: way.grant.paid)
    if not aside(lambda: account_of(payment.payee, secrecy())):
        way.at(finance[FIRST], f"/money/payments/{payment.id}/", partial(_enter_account, way))
    way.at(finance[FIRST], "/money/batches/", partial(_make, way))
    batch = f"/money/batches/{aside(_newest)}/"
    way.at(finance[SECOND], batch, partial(press, name="复核通过"))
    way.at(finance[THIRD], batch, partial(_send, way))
    aside(lambda: casework.follow(0))


def _newest() -> int:
    return Batch.objects.latest("id").id


def _enter_account(way: Way, seen: Seen) -> None:
    """The registers do not know the account: whoever pays enters it, and says why."""
    seen.page.locator("summary", has_text="更正收款人或账号").click()
    fill(seen, 收款人姓名=way.grant.payee, 收款人身份证号=way.grant.number, 银行账号=ACCOUNT, 开户银行="样例银行")
    seen.page.locator("form[action$='/payee/'] input[name=reason]").fill("本人提供的开户证明")
    way.look(seen, "account")
    press(seen, "更正", exact=True)
    assert "收款人已更正" in seen.page.inner_text(".messages")


def _make(way: Way, seen: Seen) -> None:
    """The batch is made, what cannot be checked is accounted for, and it is handed in."""
    page = seen.page
    page.select_option("select[name=measure]", f"{way.grant.pack}/{way.grant.measure}")
    press(seen, "编制", exact=True)
    aside(lambda: treasury.fill(_newest()))
    page.reload()
    for tick in page.locator(".checked input[name=check]").all():
        tick.check()
    while (asked := page.locator(".checked + p + .ask, .stops .ask")).count():
        asked.first.locator("input[name=reason]").fill("已核对")
        with page.expect_navigation():
            asked.first.locator("button").click()
    assert way.grant.amount in page.inner_text("main")
    way.look(seen, "batch", is_seen_on_both=True)
    press(seen, "提交复核")
    assert "待复核" in page.inner_text("h1")


def _send(way: Way, seen: Seen) -> None:
    """It is approved; the bank gets its file, and what it gives back is read."""
    page = seen.page
    press(seen, "批准支付")
    press(seen, "生成银行文件")
    form = page.locator("form[action$='/file/']")
    form.locator("input[name=reason]").fill("交银行")
    with page.expect_download() as download:
        form.locator("button").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cells = {str(cell) for row in book.active.values for cell in row}
    assert aside(lambda: account_of(way.grant.paid.payee, secrecy())) in cells
    answer = way.folder / "return.xlsx"
    answer.write_bytes(aside(lambda: returned(Batch.objects.select_related("layout").latest("id"))))
    page.set_input_files("input[type=file]", answer)
    page.fill("input[name=paid_on]", timezone.localdate().isoformat())
    press(seen, "读入回盘")
    assert "已回盘" in page.inner_text("h1")
    way.look(seen, "answered")
