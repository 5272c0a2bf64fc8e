"""The pages as a browser without scripts gets them."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.desk import reading
from luoshi.office.registry.areas import Area
from luoshi.office.runs import library
from luoshi.rulebook.values.area_code import level_of
from tests.office.verified import verify

PASSWORD = "a-long-sentence-7"
CITY, COUNTY, ELSEWHERE = "6211", "621123", "6201"
PAGE = "/documents/dingxi-2018/1/"
KNOWN = (CITY, COUNTY, "621124")


@pytest.fixture(autouse=True)
def _areas_and_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    areas = {code: Area(code, f"样例{code}", level_of(code)) for code in KNOWN}
    monkeypatch.setattr(reading, "area", areas.get)
    monkeypatch.setattr(
        reading, "area_children", lambda code: [areas[c] for c in KNOWN if c.startswith(code) and len(c) > len(code)]
    )
    monkeypatch.setattr(library, "packs", lambda: (library.pack("dingxi-2018"),))


def _sign_in(client: Client, area: str = CITY, role: str = Role.CITY_COORDINATOR) -> Client:
    user = open_account("chen", "样例", PASSWORD, by="tester")
    appoint(user, Post(role, area), date(2020, 1, 1), by="tester")
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    return verify(client, user)


def test_the_sign_in_page_says_what_went_wrong(client: Client) -> None:
    page = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_the_first_page_is_the_document_of_ones_area(client: Client) -> None:
    assert _sign_in(client).get("/").headers["Location"] == PAGE


def test_who_reads_no_documents_is_told_so(client: Client) -> None:
    page = _sign_in(client, "", Role.SYSTEM_ADMINISTRATOR).get("/")
    assert page.status_code == 200
    assert PAGE not in page.content.decode()


def test_signing_out_needs_a_form(client: Client) -> None:
    _sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "address", [PAGE, f"{PAGE}?area={COUNTY}", "/documents/dingxi-2018/measures/stable-employment-half-year/"]
)
def test_pages_have_nothing_inline(client: Client, address: str) -> None:
    html = _sign_in(client).get(address).content.decode()
    assert 'lang="zh-CN"' in html
    assert not any(mark in html for mark in (" style=", "<style", "<script>", " onclick="))
    assert all(script.startswith(' src="/static/') for script in html.split("<script")[1:])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        (f"?area={COUNTY}&on=2019-06-30", 200),
        (f"?area={ELSEWHERE}", 404),
        ("?area=62", 404),
        ("?area=621199", 404),
        ("?area=abc", 404),
        ("?on=2019-02-30", 400),
    ],
)
def test_only_ones_own_areas_and_real_days_are_found(client: Client, query: str, status: int) -> None:
    assert _sign_in(client).get(PAGE + query).status_code == status


def test_a_county_does_not_see_its_neighbour_or_its_city(client: Client) -> None:
    _sign_in(client, COUNTY, Role.DEPARTMENT_OFFICER)
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}?area=621124").status_code == 404
    assert client.get(f"{PAGE}?area={CITY}").status_code == 404


def test_a_policy_of_another_city_is_not_found(client: Client) -> None:
    assert _sign_in(client, ELSEWHERE).get(PAGE).status_code == 404


def test_links_keep_area_and_day(client: Client) -> None:
    html = _sign_in(client).get(f"{PAGE}?area={COUNTY}&on=2019-06-30").content.decode()
    assert f"/documents/dingxi-2018/2/?area={COUNTY}&amp;on=2019-06-30" in html


def test_the_language_is_switched_by_a_form(client: Client) -> None:
    _sign_in(client)
    client.post("/language/", {"language": "en", "next": PAGE})
    html = client.get(PAGE).content.decode()
    assert '<html lang="en">' in html and "Poverty-alleviation workshops" in html


@pytest.mark.parametrize("address", ["/nowhere/", "/documents/nothing/1/", "/documents/dingxi-2018/99/"])
def test_a_missing_page_says_what_to_do(client: Client, address: str) -> None:
    page = _sign_in(client).get(address)
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode()


def test_five_wrong_tries_lock_the_account(client: Client) -> None:
    open_account("chen", "样例", PASSWORD, by="tester")
    for _ in range(5):
        page = client.post("/sign-in/", {"username": "chen", "password": "wrong"})
    assert page.status_code == 429
    assert "账号已锁定" in page.content.decode()


def test_another_way_of_writing_a_name_gives_no_more_tries(client: Client) -> None:
    open_account("chen", "样例", PASSWORD, by="tester")
    for name in ("chen", "Chen", "CHEN", "cHen", "ｃｈｅｎ"):
        page = client.post("/sign-in/", {"username": name, "password": "wrong"})
    assert page.status_code == 429
    assert client.post("/sign-in/", {"username": "cheN", "password": PASSWORD}).status_code == 429


def test_another_address_gives_no_more_tries(client: Client) -> None:
    open_account("chen", "样例", PASSWORD, by="tester")
    for number in range(5):
        page = client.post("/sign-in/", {"username": "chen", "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{number}")
    assert page.status_code == 429


def test_one_locked_account_does_not_lock_its_office(client: Client) -> None:
    for name in ("chen", "wang"):
        open_account(name, "样例", PASSWORD, by="tester")
    for _ in range(5):
        client.post("/sign-in/", {"username": "chen", "password": "wrong"})
    assert client.post("/sign-in/", {"username": "wang", "password": PASSWORD}).status_code == 302


def test_who_has_come_in_has_all_tries_again(client: Client) -> None:
    open_account("chen", "样例", PASSWORD, by="tester")
    for password in ("wrong", "wrong", "wrong", "wrong", PASSWORD):
        client.post("/sign-in/", {"username": "chen", "password": password})
    client.post("/sign-out/")
    assert client.post("/sign-in/", {"username": "chen", "password": "wrong"}).status_code == 200
