"""Lists of accounts as files: looked at first, opened as a whole or not at all."""

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.models import User
from luoshi.office.accounts.persons import index_of
from luoshi.office.accounts.roles import Role
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId
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
    for row in [("账号", "姓名", "角色", "区划", "部门", "身份证号"), *rows]:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("名单.xlsx", content.getvalue())


def is_named(name: str, number: str) -> bool:
    kept = User.objects.get(username=name).person_index
    return kept is not None and bytes(kept) == index_of(number)


def _csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("accounts.csv", text.encode("gb18030"))


NUMBERS = tuple(CitizenId.of(TEST_ADDRESS, date(1990, 3, 7), "female", serial).text for serial in range(2))
GOOD = (
    ("li", "李样例", "乡镇干部", "样例镇", "", NUMBERS[0]),
    ("zhao", "赵样例", "finance_officer", "621102", "财政", NUMBERS[1]),
)


def test_a_list_is_shown_first_and_opened_then(boss: Client) -> None:
    address, before = reverse("accounts-upload"), User.objects.count()
    known = ("boss", "已有", "乡镇干部", "621102", "", NUMBERS[0])
    page = boss.post(address, {"file": _book(*GOOD, known), "start": "2026-01-01"})
    html = page.content.decode()
    assert html.count(">新开<") == 2 and "已有，不改" in html
    assert User.objects.count() == before
    (lines,) = re.findall(r'name="lines" value="([^"]+)"', html)
    shown = boss.post(address, {"lines": lines}).content.decode()
    passwords = re.findall(r'class="secret">([^<]+)<', shown)
    assert len(passwords) == 2
    assert User.objects.get(username="li").appointments.get().area == "621102103"
    assert User.objects.get(username="zhao").check_password(passwords[1])
    assert is_named("li", NUMBERS[0]) and NUMBERS[0] not in html
    assert NUMBERS[0].encode() not in b64decode(lines), "sealed, not only signed"
    assert boss.post(address, {"lines": lines}).headers["Location"] == reverse("accounts")
    assert User.objects.count() == before + 2


def test_a_list_with_wrong_lines_opens_nothing_and_says_which(boss: Client) -> None:
    wrong = [("qian", "国王", "621102"), ("sun", "审计", "6211"), ("wu", "乡镇干部", "331122")]
    rows = [(name, "样例", role, area, "", NUMBERS[0]) for name, role, area in wrong]
    rows += [("zhou", "样例", "乡镇干部", "621102", "", ""), ("wei", "样例", "乡镇干部", "621102", "", NUMBERS[0][:-1])]
    html = boss.post(reverse("accounts-upload"), {"file": _book(*GOOD, *rows), "start": "2026-01-01"}).content.decode()
    assert "缺本人身份证号" in html and "要十八位" in html
    assert "有 5 行要改" in html and 'name="lines"' not in html
    assert "国王" in html and "系统管理员办理" in html and "不在您的管辖范围内" in html


def test_a_list_of_text_is_read_as_offices_write_it(boss: Client) -> None:
    text = f"账号,姓名,角色,区划,身份证号\nli,李样例,乡镇干部,621102103,{NUMBERS[0]}\n"
    html = boss.post(reverse("accounts-upload"), {"file": _csv(text), "start": "2026-01-01"}).content.decode()
    assert html.count(">新开<") == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (_csv("姓名,角色\n李样例,乡镇干部\n"), "缺少列：账号、区划、身份证号"),
        (SimpleUploadedFile("x.xlsx", b"PK nonsense"), 'role="alert"'),
        (SimpleUploadedFile("x.xlsx", b""), 'role="alert"'),
        (_csv("账号,姓名,角色,区划,身份证号\n"), 'role="alert"'),
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
    assert [cell.value for cell in sheet[1]] == ["账号", "姓名", "角色", "区划", "部门", "身份证号"]
    (allowed,) = sheet.data_validations.dataValidation
    assert "乡镇干部" in allowed.formula1 and "审计" not in allowed.formula1
