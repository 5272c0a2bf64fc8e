"""The pages of villages' accounts and of clauses with their money: who sees what, and who enters it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.runs import library
from luoshi.office.treasury import rows
from tests.office.sheets.income import FUND, INCOME, STATEMENT, correct, earned, filed, left, use
from tests.office.sheets.place import (
    CITY,
    COUNTY,
    NEIGHBOUR,
    PACK,
    TOWNSHIP,
    VILLAGE,
    Place,
    settle,
    with_station,
)
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
ACCOUNT = {"pack_id": PACK, "name": STATEMENT, "area": VILLAGE}


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def place(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_station(found)
    earned(found)
    return found


def person(role: str, area: str, name: str = "") -> Client:
    user = open_account(name or f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


def text(client: Client, route: str, **where: object) -> str:
    answer = client.get(reverse(route, kwargs=where))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def step(client: Client, route: str, where: dict[str, object], **given: str) -> str:
    return client.post(reverse(route, kwargs=where), given, follow=True).content.decode()


def test_the_township_enters_what_the_village_spends(place: Place) -> None:
    row = use(place, "road", "120.00")
    villager, cadre = person(Role.VILLAGE_ADMINISTRATOR, VILLAGE), person(Role.TOWNSHIP_CADRE, TOWNSHIP)
    where = {**ACCOUNT, "row_id": row}
    spend, back = reverse("account-spend", kwargs=where), "account-take-back"
    page = text(villager, "account-of", **ACCOUNT)
    assert "300.00" in page and "按文件还不能入账" in page and "看计划办到哪一步" in page and spend not in page
    assert villager.post(spend).status_code == 403
    assert spend not in text(cadre, "account-of", **ACCOUNT)
    filed(place)
    assert spend in text(cadre, "account-of", **ACCOUNT)
    assert "支出已入账" in step(cadre, "account-spend", where)
    page = text(villager, "account-of", **ACCOUNT)
    assert "180.00" in page and "已入账" in page and "支出入账" in page
    assert "请写明理由" in step(cadre, back, where, reason=" ")
    assert "已冲回" in step(cadre, back, where, reason="凭证作废") and left() == 300
    assert "余额不够，还差 9,700.00 元" in step(
        cadre, "account-spend", {**ACCOUNT, "row_id": use(place, "bridge", "10000.00")}
    )
    assert "没有改动" in step(person(Role.FINANCE_OFFICER, COUNTY), "account-spend", where)


def test_finance_enters_what_was_corrected(place: Place) -> None:
    income = next(iter(rows.list_alive(PACK, FUND, VILLAGE).values()))
    correct(place, INCOME, income.row_id, amount=250)
    finance = person(Role.FINANCE_OFFICER, COUNTY)
    page = text(finance, "account-of", **ACCOUNT)
    assert "与台账不一致" in page and "账上是 300.00" in page
    assert "1 笔收入已入账" in step(finance, "account-follow", dict(ACCOUNT))
    assert left() == 250


def test_accounts_within_an_area_and_none_beyond(place: Place) -> None:
    accounts = {"pack_id": PACK, "name": STATEMENT}
    county = text(person(Role.DEPARTMENT_OFFICER, COUNTY), "accounts-of", **accounts)
    assert all(reverse("account-of", kwargs={**ACCOUNT, "area": area}) in county for area in (VILLAGE, NEIGHBOUR))
    villager = person(Role.VILLAGE_ADMINISTRATOR, VILLAGE)
    assert "600.00" not in text(villager, "accounts-of", **accounts)
    for beyond in (NEIGHBOUR, COUNTY, "x"):
        assert villager.get(reverse("account-of", kwargs={**ACCOUNT, "area": beyond})).status_code == 404
    assert villager.get(reverse("accounts-of", args=[PACK, "post-vacancies"])).status_code == 404
    assert reverse("accounts-of", kwargs=accounts) in text(villager, "statement", **accounts)


def test_an_auditor_walks_from_any_clause_to_its_money(place: Place) -> None:
    auditor = person(Role.AUDITOR, CITY)
    assert reverse("clause-money", args=[PACK]) in text(auditor, "treasury")
    page = text(auditor, "clause-money", pack_id=PACK)
    assert "收入 900.00，支出 0.00，结余 900.00" in page
    paying = [one for one in place.pack.measures.values() if one.funds]
    assert paying and all(reverse("measure-money", args=[PACK, one.id]) in page for one in paying)
    measure = reverse("measure", args=[PACK, paying[0].id])
    assert reverse("measure-money", args=[PACK, paying[0].id]) in auditor.get(measure).content.decode()
    assert person(Role.TOWNSHIP_CADRE, TOWNSHIP).get(reverse("clause-money", args=[PACK])).status_code == 403
