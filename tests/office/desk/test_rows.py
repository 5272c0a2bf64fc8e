"""Writing rows on pages: correct with a look at the changes, add, restore, settle conflicts, merge; within the area."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.database.keys import secrecy
from luoshi.office.desk.doubles.jobs import search_all_doubles, search_doubles
from luoshi.office.registry.building import build
from luoshi.office.registry.conflicts import offer
from luoshi.office.registry.models import Conflict, LikelyDouble, Merger
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import RegisterTable, table_of
from luoshi.office.runs import actions, library
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
PACK, HERE = "dingxi-2018", "621123101201"
ROW = f"/rows/{PACK}/person/1/correct/"
WHY = {"reason": "登记时写错", "source": "户口簿"}
CARD = "990000197001010011"


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    """Two villages; three households; people of whom two are alike."""
    build([library.pack(PACK)])
    actions.install(PACK, by="tester")
    own = "_area_code, _source, _changed_by"
    with connection.cursor() as cursor:
        for code in ("6211", "621123", "621123101", HERE, "621123101202"):
            values: list[Any] = [code, f"样例{code}", code]
            cursor.execute(f"INSERT INTO common.area (id, name, {own}) VALUES (%s, %s, %s, '国家', 't')", values)
        for number, village in ((1, HERE), (2, HERE), (3, "621123101202")):
            values = [number, f"户{number}", village, village]
            cursor.execute(
                f"INSERT INTO common.household (id, register_number, area, {own}) VALUES (%s, %s, %s, %s, '旧册', 't')",
                values,
            )
        for number, name, household in ((1, "张三", 1), (2, "张三", 1), (3, "李四", 2), (4, "王五", 3)):
            village = "621123101202" if household == 3 else HERE
            values = [number, name, household, "1970-01-02", *_sealed(f"99000019700101{number:04}"), village]
            cursor.execute(
                "INSERT INTO common.person (id, name, household, birth_date, citizen_id, _citizen_id_index,"
                f" {own}) VALUES (%s, %s, %s, %s, %s, %s, %s, '旧册', 't')",
                values,
            )


def _sealed(text: str) -> tuple[bytes, bytes]:
    return secrecy().close(text, "common.person.citizen_id"), secrecy().index(text)


@pytest.fixture
def people() -> RegisterTable:
    """The people."""
    return table_of(library.pack(PACK), "person")


@pytest.fixture
def village(client: Client) -> Client:
    """The browser of the administrator of a village."""
    return _signed_in(client, Role.VILLAGE_ADMINISTRATOR, HERE)


def _signed_in(client: Client, role: str, area: str) -> Client:
    user = open_account(f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(client, user)


def _fields(html: str) -> dict[str, str]:
    """What a browser would send of the form of a row, without its buttons."""
    form = html[html.index('<form method="post" novalidate') :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name.group(1)] = value.group(1) if value else ""
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = chosen.group(1) if chosen else ""
    return found


def _open(client: Client, address: str = ROW) -> dict[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return _fields(answer.content.decode())


def _cells(people: RegisterTable, number: int = 1) -> dict[str, object]:
    found = row(people, "", number)
    assert found is not None
    return {**found.cells, "version": found.version}


def test_a_row_is_corrected_after_a_look_at_the_changes(village: Client, people: RegisterTable) -> None:
    written = _open(village) | {"name": "张三丰", "sex": "male", "citizen_id": CARD}
    html = village.post(ROW, written | {"step": "preview"}).content.decode()
    assert "张三丰" in html and "户口" in html and CARD not in html and "9****************1" in html
    assert _cells(people)["version"] == 1
    told = _fields(html)
    assert told["citizen_id"] == ""
    answer = village.post(ROW, told | WHY | {"step": "save"})
    assert answer.headers["Location"] == f"/documents/{PACK}/person/1/"
    now = _cells(people)
    assert (now["name"], now["sex"], now["version"], now["birth_date"]) == ("张三丰", "male", 2, date(1970, 1, 2))
    page = village.get(answer.headers["Location"]).content.decode()
    assert "登记时写错" in page and "户口簿" in page and "恢复成第 1 版" in page
    assert village.post(ROW, told | WHY | {"step": "save"}).status_code == 302, "sent twice"
    assert _cells(people)["version"] == 2


def test_a_form_shows_no_encrypted_cell_and_leaves_it(village: Client, people: RegisterTable) -> None:
    written = _open(village)
    assert written["citizen_id"] == ""
    village.post(ROW, written | WHY | {"sex": "female", "step": "save"})
    assert _cells(people)["citizen_id"] == "9" + "*" * 16 + "1"
    written = _open(village)
    village.post(ROW, written | WHY | {"citizen_id.clear": "on", "step": "save"})
    assert _cells(people)["citizen_id"] is None


def test_what_is_wrong_is_told_beside_its_field(village: Client, people: RegisterTable) -> None:
    written = _open(village) | {"birth_date": "1970-02-30", "household": "没有这一户", "step": "save"}
    html = village.post(ROW, written).content.decode()
    for name in ("birth_date", "household"):
        assert f'id="p-{name}"' in html and f'href="#f-{name}"' in html
    html = village.post(ROW, _open(village) | {"name": "李", "step": "save"}).content.decode()
    assert "请写明理由" in html and "请写明资料来源" in html
    assert _cells(people)["version"] == 1


def test_a_reference_is_found_by_number_and_only_within_the_area(village: Client, people: RegisterTable) -> None:
    village.post(ROW, _open(village) | WHY | {"household": "#2", "step": "save"})
    assert _cells(people)["household"] == 2
    html = village.post(ROW, _open(village) | WHY | {"household": "#3", "step": "save"}).content.decode()
    assert "您的辖区里没有找到" in html and "户3" not in html
    posted = {"household": "x", "household.asked": "x", "household.id": "3", "step": "save"}
    html = village.post(ROW, _open(village) | WHY | posted).content.decode()
    assert "您的辖区里没有这一行" in html and _cells(people)["household"] == 2


def test_what_others_changed_meanwhile_is_shown_and_kept(village: Client, people: RegisterTable) -> None:
    first, second = _open(village), _open(village)
    village.post(ROW, second | WHY | {"sex": "male", "name": "张四", "step": "save"})
    html = village.post(ROW, first | WHY | {"name": "张五", "step": "save"}).content.decode()
    assert "这一行刚才有人改过" in html and "别人刚改过" in html and "张四" in html and "张五" in html
    village.post(ROW, _fields(html) | {"step": "save"})
    now = _cells(people)
    assert (now["name"], now["sex"], now["version"]) == ("张五", "male", 3)


def test_a_former_version_is_given_back(village: Client, people: RegisterTable) -> None:
    village.post(ROW, _open(village) | WHY | {"name": "张四", "step": "save"})
    address = f"/rows/{PACK}/person/1/restore/1/"
    html = village.get(address).content.decode()
    assert "张四" in html and "张三" in html
    assert village.post(address, _fields(html) | WHY).status_code == 302
    now = _cells(people)
    assert (now["name"], now["version"]) == ("张三", 3)
    assert village.get(f"/rows/{PACK}/person/1/restore/7/").status_code == 404


def test_a_row_is_added(village: Client, people: RegisterTable) -> None:
    address = f"/rows/{PACK}/person/add/"
    written = _open(village, address) | {"name": "赵六", "household": "#1", "citizen_id": CARD}
    html = village.post(address, written | {"step": "preview"}).content.decode()
    assert "赵六" in html and CARD not in html
    answer = village.post(address, _fields(html) | WHY | {"step": "save"})
    number = int(answer.headers["Location"].rstrip("/").rpartition("/")[2])
    assert _cells(people, number)["citizen_id"] == "9" + "*" * 16 + "1"
    html = village.post(address, _fields(html) | WHY | {"step": "save"}).content.decode()
    assert f"编号 {number} 已经用了这个关键信息" in html
    assert village.get(f"/rows/{PACK}/area/add/").status_code == 404


@pytest.mark.parametrize("step", ["correct", "restore/1"])
def test_a_row_elsewhere_is_not_found(village: Client, step: str) -> None:
    for method in (village.get, village.post):
        assert method(f"/rows/{PACK}/person/4/{step}/").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE_OFFICER])
def test_who_only_looks_gets_no_button(client: Client, role: str) -> None:
    _signed_in(client, role, "6211")
    assert "更正" not in client.get(f"/documents/{PACK}/person/1/").content.decode()
    assert client.get(ROW).status_code == 403


@pytest.fixture
def contradiction(people: RegisterTable, village: Client) -> Iterator[Conflict]:
    """Somebody has put a name right, and an import says otherwise; another is about the next village."""
    village.post(ROW, _open(village) | WHY | {"name": "张三丰", "step": "save"})
    offer(people, 1, "name", "张叁", source="公安", by="import")
    offer(people, 4, "name", "王伍", source="公安", by="import")
    yield Conflict.objects.get(row_id="1")


@pytest.mark.parametrize(("decision", "name"), [("take", "张叁"), ("keep", "张三丰")])
def test_a_conflict_is_settled(
    village: Client, people: RegisterTable, contradiction: Conflict, decision: str, name: str
) -> None:
    html = village.get(f"/conflicts/{PACK}/").content.decode()
    assert all(words in html for words in ("张三丰", "张叁", "户口簿", "公安")) and "王伍" not in html
    address = f"/conflicts/{PACK}/person/settle/"
    posted = {"conflict": [contradiction.id], "decision": decision, "reason": ""}
    village.post(address, posted)
    assert Conflict.objects.filter(state="open").count() == 2, "a reason is wanted"
    village.post(address, posted | {"reason": "以身份证为准"})
    assert _cells(people)["name"] == name
    assert "没有要处理的冲突" in village.get(f"/conflicts/{PACK}/").content.decode()


def test_a_conflict_elsewhere_is_not_found(village: Client, contradiction: Conflict) -> None:
    other = Conflict.objects.get(row_id="4")
    posted = {"conflict": [contradiction.id, other.id], "decision": "take", "reason": "以身份证为准"}
    assert village.post(f"/conflicts/{PACK}/person/settle/", posted).status_code == 404
    assert Conflict.objects.filter(state="open").count() == 2


@pytest.fixture
def pair() -> LikelyDouble:
    """The two rows that are alike."""
    search_doubles("common", "person", "", "tester")
    return LikelyDouble.objects.get(one=1)


def _pair_page(client: Client, pair: LikelyDouble) -> str:
    return client.get(f"/doubles/{PACK}/person/{pair.id}/").content.decode()


def test_two_rows_are_merged_and_separated_again(village: Client, people: RegisterTable, pair: LikelyDouble) -> None:
    html = village.get(f"/doubles/{PACK}/").content.decode()
    assert "张三 和 张三" in html and "姓名相同" in html and "出生日期相同" in html
    html = _pair_page(village, pair)
    assert html.count('class="differs"') == 1 and 'name="take.citizen_id"' in html
    address = f"/doubles/{PACK}/person/{pair.id}/"
    posted = {"one": "1", "other": "1", "stays": "other", "take.citizen_id": "one", **WHY}
    answer = village.post(address, posted)
    assert answer.headers["Location"] == f"/documents/{PACK}/person/2/"
    assert village.post(address, posted).status_code == 302, "sent twice"
    page = village.get(f"/documents/{PACK}/person/1/").content.decode()
    assert "这一行已并入另一行" in page and "第 1 版" in page
    assert "编号 1 已并入这一行" in village.get(f"/documents/{PACK}/person/2/").content.decode()
    number = Merger.objects.get().id
    village.post(f"/mergers/{PACK}/person/{number}/separate/", {"row": "2", **WHY})
    assert _cells(people, 1)["citizen_id"] == "9" + "*" * 16 + "1" and row(people, HERE, 2) is not None
    assert "已并入" not in village.get(f"/documents/{PACK}/person/2/").content.decode()


def test_two_people_are_told_apart(village: Client, pair: LikelyDouble) -> None:
    address = f"/doubles/{PACK}/person/{pair.id}/different/"
    village.post(address, {"reason": ""})
    assert LikelyDouble.objects.filter(state="open").exists()
    village.post(address, {"reason": "父子同名"})
    search_all_doubles(0)
    assert "没有要核对的" in village.get(f"/doubles/{PACK}/").content.decode()


def test_a_pair_elsewhere_is_not_found(client: Client, pair: LikelyDouble) -> None:
    _signed_in(client, Role.TOWNSHIP_CADRE, "621123101202")
    assert "张三" not in client.get(f"/doubles/{PACK}/").content.decode()
    assert client.get(f"/doubles/{PACK}/person/{pair.id}/").status_code == 404
    posted = {"one": "1", "other": "1", **WHY}
    assert client.post(f"/doubles/{PACK}/person/{pair.id}/", posted).status_code == 404
    assert client.post(f"/doubles/{PACK}/person/{pair.id}/different/", WHY).status_code == 404


def test_an_auditor_looks_and_merges_nothing(client: Client, pair: LikelyDouble) -> None:
    _signed_in(client, Role.AUDITOR, "6211")
    html = _pair_page(client, pair)
    assert "张三" in html and "合并后保留" not in html
    assert client.post(f"/doubles/{PACK}/person/{pair.id}/", {"one": "1", "other": "1", **WHY}).status_code == 404
    assert not Merger.objects.exists()
