"""Lists of accounts as files: looked at first, opened as a whole or not at all."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from tests.office.desk.peopled import opened, settle
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def boss(client: Client) -> Client:
    """The browser of a city's coordinator."""
    return let_in(client, opened("boss", Role.CITY_COORDINATOR, "6211"))


def _book(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("账号", "姓名", "角色", "区划", "部门"), *rows]:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("名单.xlsx", content.getvalue())


def _csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("accounts.csv", text.encode("gb18030"))


GOOD = (("li", "李样例", "乡镇干部", "样例镇", ""), ("zhao", "赵样例", "finance_officer", "621102", "财政"))


def test_a_list_is_shown_first_and_opened_then(boss: Client) -> None:
    address, before = reverse("accounts-upload"), User.objects.count()
    page = boss.post(address, {"file": _book(*GOOD, ("boss", "已有", "乡镇干部", "621102", "")), "start": "2026-01-01"})
    html = page.content.decode()
    assert html.count(">新开<") == 2 and "已有，不改" in html
    assert User.objects.count() == before
    (lines,) = re.findall(r'name="lines" value="([^"]+)"', html)
    shown = boss.post(address, {"lines": lines}).content.decode()
    passwords = re.findall(r'class="secret">([^<]+)<', shown)
    assert len(passwords) == 2
    assert User.objects.get(username="li").appointments.get().area == "621102103"
    assert User.objects.get(username="zhao").check_password(passwords[1])
    assert boss.post(address, {"lines": lines}).headers["Location"] == reverse("accounts")
    assert User.objects.count() == before + 2


def test_a_list_with_wrong_lines_opens_nothing_and_says_which(boss: Client) -> None:
    wrong = [("qian", "国王", "621102"), ("sun", "审计", "6211"), ("wu", "乡镇干部", "331122")]
    rows = [(name, "样例", role, area, "") for name, role, area in wrong]
    html = boss.post(reverse("accounts-upload"), {"file": _book(*GOOD, *rows), "start": "2026-01-01"}).content.decode()
    assert "有 3 行要改" in html and 'name="lines"' not in html
    assert "国王" in html and "系统管理员办理" in html and "不在您的管辖范围内" in html


def test_a_list_of_text_is_read_as_offices_write_it(boss: Client) -> None:
    text = "账号,姓名,角色,区划\nli,李样例,乡镇干部,621102103\n"
    html = boss.post(reverse("accounts-upload"), {"file": _csv(text), "start": "2026-01-01"}).content.decode()
    assert html.count(">新开<") == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (_csv("姓名,角色\n李样例,乡镇干部\n"), "缺少列：账号、区划"),
        (SimpleUploadedFile("x.xlsx", b"PK nonsense"), 'role="alert"'),
        (SimpleUploadedFile("x.xlsx", b""), 'role="alert"'),
        (_csv("账号,姓名,角色,区划\n"), 'role="alert"'),
    ],
)
def test_what_is_no_list_is_refused(boss: Client, file: SimpleUploadedFile, said: str) -> None:
    assert said in boss.post(reverse("accounts-upload"), {"file": file, "start": "2026-01-01"}).content.decode()


def test_a_list_that_somebody_else_was_shown_opens_nothing(boss: Client) -> None:
    address = reverse("accounts-upload")
    html = boss.post(address, {"file": _book(*GOOD), "start": "2026-01-01"}).content.decode()
    (lines,) = re.findall(r'name="lines" value="([^"]+)"', html)
    other = let_in(Client(), opened("mate", Role.CITY_COORDINATOR, "6211"))
    assert other.post(address, {"lines": lines}).status_code == 302
    assert other.post(address, {"lines": "made-up"}).status_code == 302
    assert not User.objects.filter(username="li").exists()


def test_the_template_can_be_filled_in(boss: Client, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(boss.get(reverse("accounts-template")).streaming_content))  # type: ignore[attr-defined] # a file
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["账号", "姓名", "角色", "区划", "部门"]
    (allowed,) = sheet.data_validations.dataValidation
    assert "乡镇干部" in allowed.formula1 and "审计" not in allowed.formula1
