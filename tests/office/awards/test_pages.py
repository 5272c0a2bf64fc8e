"""The pages of a round: the whole way over HTTP by the people who take its steps, within their area and role."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.attachments.models import Attachment
from luoshi.office.awards.models import Choice, Nomination, Round
from luoshi.office.treasury.budgets import Paper, give
from luoshi.office.treasury.deciding import Charge
from tests.office.awards import ground as g
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
B = g.FIRST_BROKER
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None) -> Iterator[None]:
    g.settle(jobs=g.ENOUGH_JOBS)
    yield


@pytest.fixture
def users() -> dict[str, User]:
    return g.open_accounts()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """The day on which pages are asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.go(g.FIRST)

    def go(self, day: date) -> None:
        self._patch.setattr(timezone, "localdate", lambda value=None, timezone=None: day)


def of(user: User) -> Client:
    return let_in(Client(), user)


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def opened(office: Client) -> Round:
    form = {
        "area": g.CITY, "on": g.ON, "first_day": g.FIRST, "last_day": g.LAST, "method": "rank", "voters": 1,
        "paper": "样妇发〔2024〕1号", "notice_days": 5, "notice_basis": "样妇发〔2024〕1号",
    }  # fmt: skip
    answer = office.post(f"/awards/{g.PACK}/open/{g.AWARD}/", form, follow=True)
    assert "评选已开始" in said(answer)
    return Round.objects.get()


def test_a_round_goes_its_whole_way(users: dict[str, User], clock: Clock) -> None:
    first, second = g.add_broker(B, "张甲"), g.add_broker(B + 1, "张乙", fees=g.ENOUGH_FEES + 1)
    g.add_win(first, 2020)
    office = of(users["office"])
    found = opened(office)
    where = f"/awards/rounds/{found.pk}/"
    nominate(where, of(users["county"]), of(users["checker"]), first, second)
    clock.go(g.AFTER)
    assert "申报已截止" in said(office.post(f"{where}step/close/", follow=True))
    low, high = Nomination.objects.get(row_id=first).pk, Nomination.objects.get(row_id=second).pk
    judge(where, office, of(users["judge"]), low, high)
    choose(where, office, of(users["second"]), low)
    clock.go(date(2024, 2, 5))
    decide(where, of(users["second"]))
    page = said(office.get(where))
    assert "待付" in page and "办公室甲 · " in page
    assert "张甲" in said(of(users["county"]).get(f"/awards/{g.PACK}/winners/{g.AWARD}/"))
    sheet = openpyxl.load_workbook(io.BytesIO(office.get(f"{where}export.xlsx").content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == ["张乙", "张甲"]
    assert [row[3].value for row in sheet.iter_rows(min_row=3)] == [1000001, 1000000]


def nominate(where: str, county: Client, checker: Client, *brokers: int) -> None:
    assert "还没有算过" in said(county.get(f"{where}list/eligible/"))
    for asked in ("张甲", "zhangjia", str(B)):
        assert f"?row={B}" in said(county.get(f"{where}nominate/", {"q": asked}))
    for broker in brokers:
        paper = SimpleUploadedFile("事迹.pdf", PDF)
        form = {"reason": "带动就业", "papers": paper}
        page = said(county.post(f"{where}nominate/?row={broker}", form, follow=True))
        assert "已提名" in page and "县妇联甲 · " in page
        assert ("领军经纪人 2020" in page) == (broker == B)
    assert Attachment.objects.count() == len(brokers)
    for one in Nomination.objects.all():
        county.post(f"/awards/nominations/{one.pk}/verify/")
        checker.post(f"/awards/nominations/{one.pk}/verify/")
    assert set(Nomination.objects.values_list("settled_by", flat=True)) == {"checker"}


def judge(where: str, office: Client, member: Client, low: int, high: int) -> None:
    office.post(f"{where}panel/name/", {"username": "judge"})
    page = said(member.get(f"{where}panel/"))
    assert page.index("张乙") < page.index("张甲") < page.index("领军经纪人 2020")
    number = page.partition('name="member" value="')[2].partition('"')[0]
    wrong = {"member": number, f"mark-{low}": "x"}
    assert "每个人都要填数字" in said(member.post(f"{where}panel/vote/", wrong, follow=True))
    marks = {"member": number, f"mark-{low}": "2", f"mark-{high}": "1"}
    assert "评审票已收下" in said(member.post(f"{where}panel/vote/", marks, follow=True))
    assert "评审已结束" in said(office.post(f"{where}panel/close/", follow=True))


def choose(where: str, office: Client, other: Client, low: int) -> None:
    assert "请写明理由" in said(office.post(f"{where}choice/propose/", {"chosen": [low]}, follow=True))
    office.post(f"{where}choice/propose/", {"chosen": [low], "reason": "第一名主动让出"})
    assert "不能自己复核" in said(office.post(f"{where}choice/approve/", follow=True))
    assert "已复核" in said(other.post(f"{where}choice/approve/", follow=True))
    page = said(office.post(f"{where}choice/publish/", follow=True))
    assert "已公示" in page and "办公室甲 · " in page and "办公室乙 · " in page


def decide(where: str, other: Client) -> None:
    form = said(other.get(f"{where}choice/"))
    assert 'value="leading_broker" selected' in form
    assert 'name="cell-year" value="2023"' in form
    decision = {
        "paper": "样妇发〔2024〕9号", "cell-award": "leading_broker", "cell-year": "2023", "cell-form": "cash",
        "cell-decided_date": "2024-02-05", "fund": "city-finance", "fund_year": "2024",
    }  # fmt: skip
    assert "还差 10000.00 元" in said(other.post(f"{where}choice/confirm/", decision, follow=True))
    charge = Charge("city-finance", 2024, g.CITY)
    give(g.PACK, charge, "city", Decimal("10000.00"), Paper("预算", "样财〔2024〕1号"), by="x", now=g.at(g.AFTER))
    assert "结果已确定" in said(other.post(f"{where}choice/confirm/", decision, follow=True))
    assert Choice.objects.get().state == Choice.State.CONFIRMED


def test_nobody_sees_or_steps_beyond_their_area(users: dict[str, User]) -> None:
    g.add_broker(B, "张甲")
    found = g.opened()
    (one,) = g.nominated(found, [B])
    neighbour, auditor = of(users["neighbour"]), _somebody(Role.AUDITOR, g.CITY)
    where = f"/awards/rounds/{found.pk}/"
    assert "张甲" not in said(neighbour.get(where))
    assert "?row=" not in said(neighbour.get(f"{where}nominate/", {"q": "张甲"}))
    assert neighbour.get(f"{where}nominate/?row={B}").status_code == 404
    assert neighbour.get(f"/awards/nominations/{one.pk}/").status_code == 404
    assert neighbour.post(f"/awards/nominations/{one.pk}/withdraw/", {"reason": "x"}).status_code == 404
    for page in ("panel/", "choice/"):
        assert neighbour.get(where + page).status_code == 404
    rows = openpyxl.load_workbook(io.BytesIO(neighbour.get(f"{where}export.xlsx").content)).active.max_row
    assert rows == 2
    assert "张甲" in said(auditor.get(where))
    for page in ("panel/vote/", "step/close/", "choice/propose/"):
        assert auditor.post(where + page).status_code == 403
    elsewhere = _somebody(Role.CITY_COORDINATOR, "6211")
    assert elsewhere.get(where).status_code == 404


def _somebody(role: str, area: str) -> Client:
    user = open_account(f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    return of(user)


def test_what_a_clerk_types_wrong_is_told_and_nothing_is_kept(users: dict[str, User]) -> None:
    office = of(users["office"])
    answer = office.post(f"/awards/{g.PACK}/open/{g.AWARD}/", {"area": g.CITY, "method": "rank"})
    assert answer.status_code == 200
    assert not Round.objects.exists()
    found = opened(office)
    county = of(users["county"])
    g.add_broker(B, "张甲", fees=Decimal(1))
    page = said(county.get(f"/awards/rounds/{found.pk}/nominate/?row={B}"))
    assert "按台账现在不符合条件" in page
    refused = county.post(f"/awards/rounds/{found.pk}/nominate/?row={B}", {"reason": "好"})
    assert "不能提名" in said(refused)
    assert not Nomination.objects.exists()


def test_a_bad_paper_keeps_the_nomination_out(users: dict[str, User]) -> None:
    found = g.opened()
    g.add_broker(B, "张甲")
    county = of(users["county"])
    form = {"reason": "好", "papers": SimpleUploadedFile("a.pdf", b"MZ not a paper")}
    assert "PDF、Word" in said(county.post(f"/awards/rounds/{found.pk}/nominate/?row={B}", form, follow=True))
    assert not Nomination.objects.exists()


def test_a_name_is_never_a_formula(users: dict[str, User]) -> None:
    found = g.opened()
    g.add_broker(B, "=1+1")
    g.nominated(found, [B])
    book = of(users["county"]).get(f"/awards/rounds/{found.pk}/export.xlsx").content
    cell = openpyxl.load_workbook(io.BytesIO(book)).active.cell(3, 2)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_first_page_of_a_policy_without_rounds(users: dict[str, User]) -> None:
    page = said(of(users["county"]).get("/awards/"))
    assert page.count("还没有评选过") >= 3
    assert "开始评选" not in page
    assert "开始评选" in said(of(users["office"]).get("/awards/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit.event WHERE action LIKE 'award.%'")
        assert cursor.fetchone() == (0,)
