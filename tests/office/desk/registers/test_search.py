"""Search by any key: fragments of names, pinyin, initials, id numbers, register numbers; within the area only."""

import json
import re

import pytest
from django.test import Client

from luoshi.office.accounts.roles import Role
from luoshi.office.registry.filters import MEANT, Filter
from luoshi.office.registry.queries import page
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from tests.office.desk.registers.ground import CITY, ONE, OTHER, PACK, citizen_id, signed_in

pytestmark = pytest.mark.usefixtures("registers", "database")


def found(text: str, area: str = CITY) -> list[str]:
    rows = page(table_of(library.pack(PACK), "person"), area, [Filter("id", MEANT, text)]).rows
    return sorted(str(row.cells["name"]) for row in rows)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张", ["张三丰", "张山"]),
        ("张三", ["张三丰"]),
        ("三丰", ["张三丰"]),
        ("张 三 丰", ["张三丰"]),
        ("zhangsan", ["张三丰"]),
        ("zhangsanfeng", ["张三丰"]),
        ("ZhangS", ["张三丰", "张山"]),
        ("zs", ["张三丰", "张山"]),
        ("zsf", ["张三丰"]),
        ("sanf", ["张三丰"]),
        ("zhsan", ["张三丰"]),
        ("张shan", ["张山"]),
        ("shanxiongxin", ["单雄信"]),
        ("danxiong", ["单雄信"]),
        ("sxx", ["单雄信"]),
        ("lvbu", ["吕布"]),
        ("lübu", ["吕布"]),
        ("lyubu", ["吕布"]),
        ("jianguo", ["欧阳建国", "王建国"]),
        ("oyjg", ["欧阳建国"]),
        ("ouyang", ["欧阳建国"]),
        ("㐱", ["㐱䶮"]),
        ("𠮷", ["𠮷野"]),
        ("买买提", ["阿卜杜拉·买买提"]),
        ("拉买", ["阿卜杜拉·买买提"]),
        ("mmt", ["阿卜杜拉·买买提"]),
        (citizen_id(2), ["李四"]),
        (citizen_id(2).lower(), ["李四"]),
        (citizen_id(2)[:-1], []),
        ("z", []),
        ("", []),
        ("%", []),
        ("x' | 'y", []),
        ("张" * 61, []),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, names: list[str]) -> None:
    assert found(text) == sorted(names)


def test_nobody_is_found_beyond_the_area() -> None:
    assert found("李四", OTHER) == ["李四"]
    assert found("李四", ONE) == []
    assert found(citizen_id(2), ONE) == []


def searched(client: Client, text: str) -> str:
    answer = client.post("/registers/search/", {"q": text}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_groups_what_was_found() -> None:
    html = searched(signed_in(), "L007")
    assert "贷款利息台账" in html and f"/documents/{PACK}/loan_interest/7/" in html
    assert f"/documents/{PACK}/household/1/" in searched(signed_in(name="b"), "H1")


def test_the_page_finds_nobody_beyond_the_area_and_says_what_to_do() -> None:
    client = signed_in(Role.VILLAGE_ADMINISTRATOR, ONE)
    for text in ("李四", "lisi", citizen_id(2)):
        html = searched(client, text)
        assert "没有找到" in html and "/person/" not in html


def test_what_was_searched_is_not_in_the_address() -> None:
    address = signed_in().post("/registers/search/", {"q": citizen_id(2)}).headers["Location"]
    assert "9911" not in address


def test_a_row_is_picked_as_options_or_as_json() -> None:
    client, address = signed_in(), f"/registers/{PACK}/person/pick/"
    html = client.get(address, {"q": "zs"}).content.decode()
    assert re.findall(r'value="(\d+)"', html) == ["0", "1"]
    answer = client.post(address, {"q": "lisi"}, headers={"accept": "application/json"})
    assert json.loads(answer.content) == {"rows": [{"id": 2, "name": "李四", "area": "样例331122001201"}]}
    assert "没有找到" in client.get(address, {"q": "nobody"}).content.decode()


def test_nobody_is_picked_beyond_the_area() -> None:
    client = signed_in(Role.TOWNSHIP_CADRE, ONE)
    answer = client.get(f"/registers/{PACK}/person/pick/", {"q": "lisi"}, headers={"accept": "application/json"})
    assert json.loads(answer.content) == {"rows": []}
