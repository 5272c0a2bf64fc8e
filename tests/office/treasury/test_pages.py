"""The pages about money, from a budget to what the bank returned, as different officials walk through them."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.audit.queries import Asked, events
from luoshi.office.runs import actions as runs
from luoshi.office.treasury import jobs
from luoshi.office.treasury.models import Batch, Closing, Commitment, Entry, Failure, Line, PersonList, Proof
from luoshi.office.treasury.queries import available
from tests.office.treasury.place import (
    CHARGE,
    CITY,
    COUNTY,
    FUND,
    MEASURE,
    NEIGHBOUR,
    PACK,
    citizen,
    commit,
    give,
    put_on_list,
    returned,
    settle,
    workbook,
)
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("ground", "database")
ADDRESS = {"pack_id": PACK, "fund": FUND, "year": 2021, "area": COUNTY}


@pytest.fixture(autouse=True)
def installed() -> None:
    runs.install(PACK, by="tester")


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    return file.getvalue()


def official(name: str, role: Role, area: str = COUNTY) -> Client:
    user = open_account(name, f"{name}的姓名", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


@pytest.fixture
def maker() -> Client:
    return official("maker", Role.DEPARTMENT_OFFICER)


@pytest.fixture
def checker() -> Client:
    return official("checker", Role.DEPARTMENT_OFFICER)


@pytest.fixture
def finance() -> Client:
    return official("finance", Role.FINANCE_OFFICER)


def made(maker: Client) -> Batch:
    """A batch as the worker has made it, settled."""
    answer = maker.post(reverse("batch-make"), {"measure": f"{PACK}/{MEASURE}", "layout": "one-card"})
    batch = Batch.objects.latest("id")
    assert answer.headers["Location"] == reverse("batch", args=[batch.id])
    jobs.fill(batch.id)
    return batch


def step(client: Client, batch: Batch, route: str, **given: object) -> str:
    return client.post(reverse(route, args=[batch.id]), given, follow=True).content.decode()


def test_a_budget_is_given_with_its_paper(finance: Client) -> None:
    scan = SimpleUploadedFile("paper.png", picture())
    facts = {
        "fund": f"{PACK}/{FUND}", "year": 2021, "area": COUNTY, "tier": "province", "amount": "1000.50",
        "reason": "下达", "document": "样财发〔2021〕1号",
    }  # fmt: skip
    page = finance.post(reverse("budget-give"), facts | {"attachment": scan}, follow=True)
    assert "1,000.50" in page.content.decode()
    assert available(PACK, CHARGE) == Decimal("1000.50")
    refused = finance.post(reverse("budget-give"), facts | {"tier": "county"}, follow=True).content.decode()
    assert "不能由县级出" in refused
    assert Entry.objects.count() == 1
    assert "样财发〔2021〕1号" in finance.get(reverse("fund", kwargs=ADDRESS)).content.decode()


def test_money_is_handed_down_reversed_and_closed(finance: Client) -> None:
    give(100)
    entry = Entry.objects.get()
    paper = {"reason": "录错", "document": "样财发〔2021〕2号"}
    down = reverse("budget-hand-down", kwargs=ADDRESS)
    finance.post(down, paper | {"area": "621102103", "amount": "30"})
    assert available(PACK, CHARGE) == 70
    short = finance.post(down, paper | {"area": "621102103", "amount": "70.01"}, follow=True).content.decode()
    assert "还差 0.01 元" in short
    assert finance.post(down, paper | {"area": NEIGHBOUR, "amount": "1"}).status_code == 400
    assert "还差 30.00 元" in finance.post(
        reverse("entry-reverse", args=[entry.id]), paper, follow=True
    ).content.decode()  # fmt: skip
    finance.post(reverse("year-close", kwargs=ADDRESS), paper | {"how": "carry"})
    assert Closing.objects.get().how == "carry"
    assert available(PACK, CHARGE) == 0


def test_a_batch_passes_three_people_and_the_bank(maker: Client, checker: Client, finance: Client) -> None:
    give(1500)
    commit([1, 2, 3])
    put_on_list("dead", 2)
    assert "1,500.00" in maker.get(reverse("batches")).content.decode()
    batch = made(maker)
    page = maker.get(reverse("batch", args=[batch.id])).content.decode()
    assert "在死亡人员名单上" in page
    assert "样例1" in page
    assert citizen(1) not in page
    assert "还有" in step(maker, batch, "batch-submit")
    stop = reverse("line-stop", args=[batch.id, 2])
    assert "请写明理由" in maker.post(stop, {"reason": " "}, follow=True).content.decode()
    maker.post(stop, {"reason": "已去世"})
    settle(batch)
    assert "已提交复核" in step(maker, batch, "batch-submit")
    assert "三个不同的人" in step(maker, batch, "batch-check")
    assert checker.post(reverse("batch-approve", args=[batch.id])).status_code == 403
    assert "已退回编制人" in step(checker, batch, "batch-send-back", reason="看不清")
    assert "看不清" in step(maker, batch, "batch-submit") or Batch.objects.get().state == "submitted"
    assert "已复核" in step(checker, batch, "batch-check")
    assert "已批准" in step(finance, batch, "batch-approve")
    assert "银行文件已生成" in step(finance, batch, "batch-send")
    batch = Batch.objects.select_related("layout").get()
    back = returned(batch, lambda line: line.number == 3)
    facts = {"file": SimpleUploadedFile("return.xlsx", back), "paid_on": "2021-03-02"}
    assert "回盘文件已读入" in step(finance, batch, "bank-return", **facts)
    assert list(Line.objects.order_by("number").values_list("state", flat=True)) == ["paid", "stopped", "failed"]
    assert "账号不存在" in maker.get(reverse("failures")).content.decode()


def sent_with_failure(maker: Client, checker: Client, finance: Client) -> Batch:
    """A batch of two of which the bank has returned the second."""
    give(1000)
    commit([1, 2])
    batch = settle(made(maker))
    for client, route in (
        (maker, "batch-submit"),
        (checker, "batch-check"),
        (finance, "batch-approve"),
        (finance, "batch-send"),
    ):
        step(client, batch, route)
    batch = Batch.objects.select_related("layout").get(id=batch.id)
    file = SimpleUploadedFile("r.xlsx", returned(batch, lambda line: line.number == 2))
    step(finance, batch, "bank-return", file=file, paid_on="2021-03-02")
    return batch


def test_whoever_takes_the_file_says_why_and_is_on_record(maker: Client, checker: Client, finance: Client) -> None:
    batch = sent_with_failure(maker, checker, finance)
    fetch = reverse("bank-file", args=[batch.id])
    assert finance.post(fetch, {"reason": ""}).status_code == 400
    file = finance.post(fetch, {"reason": "送银行代发"})
    assert file.headers["Content-Disposition"] == f'attachment; filename="batch-{batch.id}-one-card.xlsx"'
    download = events("", asked=Asked(subject=f"batch:{batch.id}"))[0]
    assert (download.action, download.basis, download.actor) == ("batch.download", "送银行代发", "finance")
    assert maker.post(fetch, {"reason": "看看"}).status_code == 403


def test_a_failure_is_put_right_and_paid_again(maker: Client, checker: Client, finance: Client) -> None:
    sent_with_failure(maker, checker, finance)
    failure = Failure.objects.get()
    maker.post(reverse("failure-assign", args=[failure.id]), {"owner": "checker", "due": "2021-05-01"})
    right = {"name": "样例2", "id_number": citizen(2), "account": "6217000000", "bank": "样例银行", "reason": "更正"}
    maker.post(reverse("payee-replace", args=[failure.line.commitment_id]), right)
    page = maker.get(reverse("failures")).content.decode()
    assert "编制更正批" in page
    maker.post(reverse("batch-make"), {"measure": f"{PACK}/{MEASURE}", "layout": "plain", "corrects": "on"})
    correction = Batch.objects.latest("id")
    jobs.fill(correction.id)
    assert Line.objects.get(batch=correction).amount == 500


def test_an_auditor_walks_from_a_payment_to_its_clause_and_back(
    maker: Client, checker: Client, finance: Client
) -> None:
    batch = sent_with_failure(maker, checker, finance)
    auditor = official("auditor", Role.AUDITOR, CITY)
    paid = Commitment.objects.order_by("id")[0]
    page = auditor.get(reverse("payment", args=[paid.id])).content.decode()
    for shown in ("办件 1", "样人社发〔2021〕5号", "decider", f'/batches/{batch.id}/"', "#c-3-p2", "maker", "finance"):
        assert shown in page
    assert "更正收款人" not in page
    measure = reverse("measure-money", args=[PACK, MEASURE])
    assert measure in page
    assert reverse("payment", args=[paid.id]) in auditor.get(measure).content.decode()
    assert auditor.post(reverse("payment-release", args=[paid.id]), {"reason": "x"}).status_code == 403


def test_paid_money_is_asked_back(maker: Client, checker: Client, finance: Client) -> None:
    sent_with_failure(maker, checker, finance)
    paid, failed = Commitment.objects.order_by("id")
    finance.post(reverse("payment-demand", args=[paid.id]), {"amount": "200", "reason": "多发", "due_on": "2021-06-01"})
    settle_it = reverse("claw-back-settle", args=[paid.claw_backs.get().id])
    finance.post(settle_it, {"how": "receive", "amount": "150", "document": "收据 1"})
    finance.post(settle_it, {"how": "write-off", "amount": "50", "document": "样府〔2021〕1号"})
    assert "已了结" in finance.get(reverse("claw-backs")).content.decode()
    finance.post(reverse("payment-lower", args=[failed.id]), {"amount": "400", "reason": "核减"})
    finance.post(reverse("payment-release", args=[failed.id]), {"reason": "放弃"})
    assert available(PACK, CHARGE) == 650


def test_the_proof_is_shown(finance: Client) -> None:
    give(10)
    page = finance.post(reverse("treasury-prove"), follow=True).content.decode()
    assert "全部一致" in page
    assert Proof.objects.get().differences == 0


def test_a_list_of_people_is_taken_whole_or_not_at_all(maker: Client) -> None:
    facts = {"kind": "dead", "source": "民政", "as_of": "2021-03-01"}
    rows = [["姓名", "身份证号"], ["样例", citizen(1)], ["样例", citizen(2)]]
    maker.post(reverse("person-list-add"), facts | {"file": SimpleUploadedFile("a.xlsx", workbook(rows))}, follow=True)
    assert (PersonList.objects.get().rows, PersonList.objects.get().area) == (2, COUNTY)
    wrong = SimpleUploadedFile("b.xlsx", workbook([*rows, ["样例", "110105194912310021"]]))
    page = maker.post(reverse("person-list-add"), facts | {"file": wrong}, follow=True).content.decode()
    assert "第 4 行" in page
    assert PersonList.objects.count() == 1


def test_a_neighbour_finds_nothing(maker: Client, checker: Client, finance: Client) -> None:
    batch = sent_with_failure(maker, checker, finance)
    neighbour = official("neighbour", Role.FINANCE_OFFICER, NEIGHBOUR)
    paid, failed = Commitment.objects.order_by("id")
    addresses = [
        reverse("batch", args=[batch.id]),
        reverse("payment", args=[paid.id]),
        reverse("fund", kwargs=ADDRESS),
    ]
    assert [neighbour.get(each).status_code for each in addresses] == [404] * 3
    posts = [
        (reverse("bank-file", args=[batch.id]), {"reason": "看看"}),
        (reverse("batch-withdraw", args=[batch.id]), {"reason": "x"}),
        (reverse("payment-release", args=[failed.id]), {"reason": "x"}),
        (reverse("failure-ready", args=[Failure.objects.get().id]), {"note": "x"}),
        (reverse("entry-reverse", args=[Entry.objects.get(kind="budget").id]), {"reason": "x", "document": "y"}),
        (reverse("line-stop", args=[batch.id, 1]), {"reason": "x"}),
    ]
    assert [neighbour.post(each, given).status_code for each, given in posts] == [404] * 6
    for name in ("treasury", "batches", "failures", "claw-backs", "trial-balance"):
        page = neighbour.get(reverse(name)).content.decode()
        assert not re.search(r"样例\d|1,000\.00|500\.00", page)
