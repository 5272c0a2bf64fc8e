"""Lists: within the area, asked by address, page by page; what is typed stands in no address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client

from luoshi.office.accounts.roles import Role
from luoshi.office.desk.registers import listing
from luoshi.office.desk.registers.sealing import seal
from tests.office.desk.registers.ground import CITY, LOANED, LOANS, ONE, OTHER, PACK, PERSONS, VILLAGES, signed_in

pytestmark = pytest.mark.usefixtures("registers", "database")
ROW = re.compile(r'<th scope="row"><a href="/documents/[\w-]+/\w+/(\d+)/"')
NEXT, PREVIOUS = re.compile(r'rel="next" href="([^"]+)"'), re.compile(r'rel="prev" href="([^"]+)"')


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def ids(html: str) -> list[int]:
    return list(map(int, ROW.findall(html)))


def link(pattern: re.Pattern[str], html: str) -> str | None:
    found = pattern.search(html)
    return found[1].replace("&amp;", "&") if found else None


def test_the_overview_names_every_register_and_says_which_nobody_keeps() -> None:
    html = shown(signed_in(), f"/registers/{PACK}/")
    assert f"{LOANED:,}</td>" in html
    assert html.count('<tr class="unkept">') == 21, "all but the four that were loaded"


def test_the_overview_counts_within_the_area_only() -> None:
    assert ">80</td>" in shown(signed_in(area=ONE), f"/registers/{PACK}/")
    assert ">40</td>" in shown(signed_in(area=OTHER), f"/registers/{PACK}/")


def test_the_first_address_leads_to_the_only_policy() -> None:
    assert signed_in().get("/registers/").headers["Location"] == f"/registers/{PACK}/"


def test_who_has_no_policy_is_told_what_to_do() -> None:
    assert "还没有装入文件" in shown(signed_in(area="62"), "/registers/")


def test_every_row_is_met_once_forwards_and_backwards() -> None:
    client = signed_in()
    html = shown(client, LOANS)
    found = ids(html)
    while address := link(NEXT, html):
        html = shown(client, LOANS + address)
        found += ids(html)
    assert sorted(found) == list(range(LOANED))
    back = [ids(html)]
    while address := link(PREVIOUS, html):
        html = shown(client, LOANS + address)
        back.insert(0, ids(html))
    assert [each for page in back for each in page] == found


@pytest.mark.parametrize(
    "order", ["principal", "-principal", "bank", "-bank", "processing_use", "-processing_use", "id"]
)
def test_every_order_goes_on_after_its_page_and_back(order: str) -> None:
    client = signed_in()
    first = shown(client, f"{LOANS}?sort={order}")
    html = shown(client, LOANS + (link(NEXT, first) or ""))
    assert not set(ids(first)) & set(ids(html))
    assert ids(shown(client, LOANS + (link(PREVIOUS, html) or ""))) == ids(first)


def test_the_second_page_stays_where_it_was_when_rows_come_before_it() -> None:
    client = signed_in()
    first = shown(client, LOANS)
    before = ids(shown(client, LOANS + (link(NEXT, first) or "")))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lishui_draft.loan_interest (loan_number, area, _area_code, _source, _changed_by)"
            " VALUES ('new', %s, %s, 'trial', 'tester')",
            ["331121001201", "331121001201"],
        )
    assert ids(shown(client, LOANS + (link(NEXT, first) or ""))) == before


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", LOANED),
        ("is.processing_use=yes", 40),
        ("is.processing_use=no", 40),
        ("is.processing_use=?", 40),
        ("from.principal=100", 20),
        ("from.principal=100&to.principal=109.5", 10),
        ("state.bank=unknown", 0),
        ("state.bank=known", LOANED),
        ("is.borrower=firm&is.borrower=other", 0),
        ("is.borrower=?", LOANED),
        (f"area={ONE}", 80),
        (f"area={VILLAGES[2]}&is.processing_use=?", 40),
    ],
)
def test_a_list_is_asked_by_its_address(asked: str, count: int) -> None:
    assert f"共 {count} 行" in shown(signed_in(), f"{LOANS}?{asked}")


@pytest.mark.parametrize(
    "asked",
    [
        "is.nothing=1", "is.borrower=nothing", "is.bank=x", "from.principal=1e9",
        "from.principal=NaN", "to.principal=x",
        "from.contract_date=2020-02-30", "from.bank=1", "sort=nothing", "sort=_source", "sort=broker",
        "q=abc", "has.bank=abc", "after=abc", "before=" + "A" * 60, "is.bank'%20OR%201=1--=x", "is.=1",
        "sort=bank;drop%20table%20x", "state.bank=maybe", "is.processing_use=maybe", "from.principal=%EF%BC%91",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_bad_request(asked: str) -> None:
    assert signed_in().get(f"{LOANS}?{asked}").status_code == 400


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "%", "_", "\\", "'; DROP TABLE common.person; --", "(((", "\0", "|&!:*"]
)
def test_typed_words_are_never_more_than_words(text: str) -> None:
    client = signed_in()
    for name in ("q", "has.bank"):
        assert "共 0 行" in shown(client, f"{LOANS}?{name}={seal(text)}" if text != "\0" else f"{LOANS}?q={seal(text)}")
    assert "共 0 行" in shown(client, f"{PERSONS}?q={seal(text)}")


def test_an_order_by_an_encrypted_column_is_refused() -> None:
    assert signed_in().get(f"{PERSONS}?sort=citizen_id").status_code == 400


def test_what_people_type_is_sealed_in_the_address() -> None:
    client = signed_in()
    given = {
        "q": "张三丰",
        "has.name": "张",
        "is.sex": "male",
        "from.birth_date": "",
        "area": ONE,
        "columns": ["sex", "x"],
    }
    answer = client.post(PERSONS, given)
    parts = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert parts["is.sex"] == ["male"] and parts["area"] == [ONE] and parts["columns"] == ["sex"]
    assert "from.birth_date" not in parts
    assert "张" not in answer.headers["Location"] and "%E5%BC%A0" not in answer.headers["Location"]
    html = shown(client, answer.headers["Location"])
    assert 'value="张三丰"' in html and 'value="张"' in html


def test_chosen_columns_are_shown() -> None:
    html = shown(signed_in(), f"{LOANS}?columns=bank.days")
    head = re.findall(r'<th scope="col".*?</th>', html)
    assert [re.sub(r"<[^>]+>", "", each) for each in head] == ["名称", "地区 ▴", "贷款银行", "本年度计息天数"]


def test_referred_rows_are_named_and_numbers_are_masked() -> None:
    html = shown(signed_in(), PERSONS)
    assert "9****************X" in html
    assert "991121" not in html
    assert ">H0<" in html
    assert "=1+1" in html


@pytest.mark.parametrize(("scope", "asked", "status"), [(ONE, CITY, 404), (ONE, OTHER, 404), (ONE, "331121001", 200)])
def test_nobody_lists_beyond_their_area(scope: str, asked: str, status: int) -> None:
    client = signed_in(Role.TOWNSHIP_CADRE, scope)
    assert client.get(f"{LOANS}?area={asked}").status_code == status


def test_a_county_counts_and_lists_its_own_only() -> None:
    html = shown(signed_in(Role.DEPARTMENT_OFFICER, OTHER), f"{LOANS}?is.processing_use=?")
    assert "共 40 行" in html
    assert {each % 3 for each in ids(html)} == {2}


def test_a_place_in_a_list_of_another_area_opens_nothing_of_it() -> None:
    wide = shown(signed_in(), LOANS)
    narrow = shown(
        signed_in(Role.DEPARTMENT_OFFICER, OTHER), LOANS + (link(NEXT, wide) or "").replace(f"area={CITY}", "")
    )
    assert {each % 3 for each in ids(narrow)} <= {2}


@pytest.mark.parametrize(
    "address", [f"/registers/{PACK}/nothing/", "/registers/nothing/", "/registers/nothing/person/"]
)
def test_a_register_that_is_none_is_not_found(address: str) -> None:
    assert signed_in().get(address).status_code == 404


def test_an_empty_list_says_so_and_leads_back() -> None:
    assert "没有符合的行" in shown(signed_in(), f"{LOANS}?from.principal=999")
    assert "还没有行" in shown(signed_in(), f"/registers/{PACK}/fair/")


def test_pages_have_nothing_inline_and_are_not_kept() -> None:
    answer = signed_in().get(PERSONS)
    html = answer.content.decode()
    assert not any(mark in html for mark in (" style=", "<style", " onclick="))
    assert "no-store" in answer.headers["Cache-Control"]


def test_in_a_large_register_what_is_meant_is_counted_so_far_and_to_the_end_where_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "COUNTED", 50)
    monkeypatch.setattr(listing, "COUNTED_AT_FIRST", 30)
    city, county, asked = signed_in(), signed_in(area=OTHER), f"{LOANS}?is.processing_use=yes"
    html = shown(city, asked)
    assert "30 行以上" in html and "导出现在这个列表的全部行" in html
    address = link(re.compile(r'href="([^"]*count=all)"'), html)
    assert address is not None
    counted = shown(city, LOANS + address)
    assert "共 40 行" in counted and "数清楚" not in counted
    assert "行以上" not in shown(county, f"{LOANS}?is.processing_use=?"), "few rows are counted to the end"
    assert f"共 {LOANED} 行" in shown(city, LOANS), "a whole register is counted beforehand"
    assert "共 30 行" in shown(city, f"{asked}&to.principal=89"), "just as many as are counted are all"
