"""A bank's layout from its sample to its use: drawn up, tried, put to use by a second person."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.runs import actions as runs
from luoshi.office.treasury import layouts
from luoshi.office.treasury.models import BankLayout
from tests.office.treasury.place import COUNTY, PACK, approved, citizen, commit, give, workbook
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("ground", "database")
TITLES = ["序号", "收款账号", "收款户名", "实发金额", "币种"]


@pytest.fixture(autouse=True)
def installed() -> None:
    runs.install(PACK, by="tester")


def official(name: str, role: Role, area: str = COUNTY) -> Client:
    user = open_account(name, "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


def samples() -> dict[str, SimpleUploadedFile]:
    sent = workbook([TITLES, [1, "6217", "样例", 500, "CNY"]])
    back = "序号,收款账号,金额,状态,失败说明\n1,6217,500,交易成功,\n".encode("gb18030")
    return {"sample": SimpleUploadedFile("a.xlsx", sent), "back": SimpleUploadedFile("b.csv", back)}


def draft(client: Client) -> BankLayout:
    client.post(reverse("layout-add"), {"code": "abc", "title": "样例银行", **samples()})
    return BankLayout.objects.get(code="abc")


def given(found: BankLayout, **change: str) -> dict[str, str]:
    """What the page of a draft sends back, with another word for money that has arrived."""
    shape = {
        "title": found.title, "form": found.form, "separator": ",", "encoding": "gb18030", "has_header": "on",
        **found.back, "paid_words": "交易成功、成功",
    }  # fmt: skip
    form = {"form-TOTAL_FORMS": str(len(found.columns)), "form-INITIAL_FORMS": str(len(found.columns))}
    for place, (field, title) in enumerate(found.columns):
        form |= {f"form-{place}-field": field, f"form-{place}-title": title}
    return shape | form | change


def test_from_a_sample_to_its_use() -> None:
    give(500)
    commit([1])
    approved()
    finance, other = official("finance", Role.FINANCE_OFFICER), official("other", Role.FINANCE_OFFICER)
    found = draft(finance)
    assert found.columns == [
        ["number", "序号"], ["account", "收款账号"], ["payee_name", "收款户名"], ["amount", "实发金额"],
        ["blank", "币种"],
    ]  # fmt: skip
    assert found.back == {
        "number": "序号",
        "amount": "金额",
        "result": "状态",
        "reason": "失败说明",
        "account": "收款账号",
    }
    address = reverse("layout", args=[found.id])
    page = finance.get(address).content.decode()
    assert "样例1" in page and "6217000000000001" not in page and citizen(1) not in page
    assert "编制的人不能自己启用" in page
    assert (
        "草稿已保存"
        in finance.post(reverse("layout-change", args=[found.id]), given(found), follow=True).content.decode()
    )
    wrong = finance.post(reverse("layout-change", args=[found.id]), given(found, **{"form-0-field": "secret"}))
    assert wrong.status_code == 400
    use = reverse("layout-use", args=[found.id])
    assert "三个不同的人" in finance.post(use, {"start": "2021-03-01"}, follow=True).content.decode()
    assert "已启用" in other.post(use, {"start": "2021-03-01"}, follow=True).content.decode()
    now = layouts.find_in_use("abc", date(2021, 3, 1))
    assert now is not None and (now.paid_words, now.confirmed_by) == (["交易成功", "成功"], "other")
    assert "在用" in other.get(reverse("layouts")).content.decode()
    assert "样例银行" in official("maker", Role.DEPARTMENT_OFFICER).get(reverse("batches")).content.decode()


def test_a_sample_that_is_no_table_makes_no_draft() -> None:
    finance = official("finance", Role.FINANCE_OFFICER)
    files = {**samples(), "sample": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    page = finance.post(reverse("layout-add"), {"code": "abc", "title": "样例银行", **files}).content.decode()
    assert "文件打不开" in page and not BankLayout.objects.filter(code="abc").exists()


def test_an_administrator_keeps_layouts_and_sees_nobodys_payment() -> None:
    give(500)
    commit([1])
    approved()
    administrator = official("keeper", Role.SYSTEM_ADMINISTRATOR, "")
    found = draft(administrator)
    page = administrator.get(reverse("layout", args=[found.id])).content.decode()
    assert "样例1" not in page and f'href="{reverse("treasury")}"' not in page
    assert official("maker", Role.DEPARTMENT_OFFICER).get(reverse("layouts")).status_code == 403
