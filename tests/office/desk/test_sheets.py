"""The pages of sheets: who sees and does what, by form and as a phone sends it; the list; the statements."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.runs import library
from luoshi.office.sheets import actions
from luoshi.office.sheets.models import Entry, Sheet
from tests.office.sheets.place import (
    ATTENDANCE,
    CADRE,
    COUNTY,
    IDS,
    MARCH,
    NEIGHBOUR,
    PACK,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    Place,
    given,
    moment,
    opened,
    settle,
    with_posts,
    with_station,
)
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def place(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_posts(found, IDS)
    return found


def person(role: str, area: str, department: str = "", name: str = "") -> Client:
    user = open_account(name or f"{role}-{area}", "样例", "a-long-sentence-7", by="tester")
    appoint(user, Post(role, area, department), date(2018, 1, 1), by="tester")
    return let_in(Client(), user)


@pytest.fixture
def villager(database: None) -> Client:
    return person(Role.VILLAGE_ADMINISTRATOR, VILLAGE)


@pytest.fixture
def cadre(database: None) -> Client:
    return person(Role.TOWNSHIP_CADRE, TOWNSHIP)


def text(client: Client, route: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(route, args=args), query)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def sent(client: Client, sheet: Sheet, *entries: dict[str, object]) -> Any:
    answer = client.post(
        reverse("sheet-enter", args=[sheet.pk]), json.dumps({"entries": entries}), content_type="application/json"
    )
    assert answer.status_code == 200
    return answer.json()


def entry(owner: int, served: str, base: int = 0, key: str = "a") -> dict[str, object]:
    made = "2020-03-31T09:00:00+08:00"
    key = str(uuid5(NAMESPACE_URL, key))
    return {"owner": owner, "values": {"served": served}, "base": base, "key": key, "made_at": made}


def test_a_month_from_the_village_to_the_register(place: Place, villager: Client, cadre: Client) -> None:
    assert "没有要办的表" in text(villager, "sheets")
    sheet = opened(place)
    assert "等您办理" in text(villager, "sheets")
    page = text(villager, "sheet", sheet.pk)
    assert "姓名an" in page and "还没有填" in page and IDS["an"] not in page
    values = {f"{place.ids[f'{name}-holding']}.{key}": value for name, key, value in (
        ("an", "served", "true"), ("an", "base", "0"), ("bo", "served", "false"), ("bo", "base", "0"),
    )}  # fmt: skip
    for _ in range(2):
        assert villager.post(reverse("sheet-enter", args=[sheet.pk]), values).status_code == 302
    assert Entry.objects.count() == 2
    page = text(villager, "sheet", sheet.pk)
    assert "500.00" in page and '/">样例 ' in page
    villager.post(reverse("sheet-hand-in", args=[sheet.pk]))
    assert "等您办理" in text(cadre, "sheets")
    assert "请逐行核对" in text(cadre, "sheet", sheet.pk)
    cadre.post(reverse("sheet-confirm", args=[sheet.pk]))
    assert "已确认" in text(villager, "sheet", sheet.pk)
    sheet.refresh_from_db()
    assert sheet.state == "confirmed"
    assert "第 1 次</b> · 样例 · " in text(villager, "sheet-history", sheet.pk, place.ids["an-holding"])
    assert "没有要办的表" in text(cadre, "sheets")
    assert "2020年3月" in text(cadre, "sheets", show="all")


def test_it_goes_back_with_a_reason(place: Place, villager: Client, cadre: Client) -> None:
    sheet = opened(place)
    actions.enter(sheet, [given(place.ids["an-holding"], served="true")], moment(VILLAGER))
    actions.hand_in(sheet, moment(VILLAGER))
    answer = cadre.post(reverse("sheet-send-back", args=[sheet.pk]), {"note": ""}, follow=True)
    assert "没有写明理由" in answer.content.decode()
    cadre.post(reverse("sheet-send-back", args=[sheet.pk]), {"note": "请核对"})
    assert "请核对" in text(villager, "sheet", sheet.pk)
    answer = cadre.post(reverse("sheet-confirm", args=[sheet.pk]), follow=True)
    assert "刚才有人办理过" in answer.content.decode()


def test_nobody_reaches_the_sheet_of_another_area(place: Place) -> None:
    sheet = opened(place)
    stranger = person(Role.VILLAGE_ADMINISTRATOR, NEIGHBOUR)
    assert stranger.get(reverse("sheet", args=[sheet.pk])).status_code == 404
    assert stranger.get(reverse("sheet-state", args=[sheet.pk])).status_code == 404
    assert stranger.post(reverse("sheet-enter", args=[sheet.pk]), {}).status_code == 404
    assert "等您办理" not in text(stranger, "sheets")
    roll = reverse("sheet-roll", args=[PACK, ATTENDANCE, "2020-03"])
    assert stranger.get(roll, {"area": VILLAGE}).status_code == 404
    assert "姓名an" not in stranger.get(roll).content.decode()


def test_a_phone_sends_each_entry_once(place: Place, villager: Client) -> None:
    sheet, owner = opened(place), place.ids["an-holding"]
    told = [sent(villager, sheet, entry(owner, "true")) for _ in range(2)]
    assert [one["outcome"] for each in told for one in each["results"]] == ["taken", "taken"]
    assert Entry.objects.get().made_at.isoformat() == "2020-03-31T01:00:00+00:00"
    assert told[1]["lines"][str(owner)]["number"] == 1


def test_a_phone_is_shown_what_another_entered(place: Place, villager: Client, cadre: Client) -> None:
    sheet, owner = opened(place), place.ids["an-holding"]
    sent(cadre, sheet, entry(owner, "false", key="b"))
    (result,) = sent(villager, sheet, entry(owner, "true"))["results"]
    assert (result["outcome"], result["other"]["values"], result["other"]["number"]) == (
        "conflict",
        {"served": "false"},
        1,
    )
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("body", ["[]", "{}", '{"entries": [{}]}', '{"entries": [{"owner": "x", "key": 1}]}'])
def test_what_a_phone_cannot_mean_is_refused(place: Place, villager: Client, body: str) -> None:
    sheet = opened(place)
    answer = villager.post(reverse("sheet-enter", args=[sheet.pk]), body, content_type="application/json")
    assert answer.status_code == 400


def test_an_auditor_reads_and_enters_nothing(place: Place) -> None:
    sheet, auditor = opened(place), person(Role.AUDITOR, "6211")
    page = text(auditor, "sheet", sheet.pk)
    assert "姓名an" in page and 'name="note"' not in page and "data-field" not in page
    assert auditor.post(reverse("sheet-enter", args=[sheet.pk]), {}).status_code == 403


def test_the_list_says_who_is_blocked(place: Place) -> None:
    sheet = opened(place)
    actions.enter(sheet, [given(place.ids["an-holding"], served="true")], moment(VILLAGER))
    actions.hand_in(sheet, moment(VILLAGER))
    actions.confirm(sheet, moment(CADRE))
    officer = person(Role.DEPARTMENT_OFFICER, COUNTY, "human-resources")
    page = text(officer, "sheet-roll", PACK, ATTENDANCE, MARCH.name)
    assert "没有登记，不能发" in page and "500.00" in page and "列入待付" in page
    answer = officer.post(
        reverse("sheet-commit", args=[PACK, ATTENDANCE, MARCH.name]), {"basis": "样人社〔2020〕3号"}, follow=True
    )
    assert "没有列成" in answer.content.decode() and "余额不够" in answer.content.decode()  # the fund has no money
    for wrong in ("2020-13", "2020-Q1", "x", "2020"):
        assert officer.get(reverse("sheet-roll", args=[PACK, ATTENDANCE, wrong])).status_code == 404
    assert officer.get(reverse("sheet-roll", args=[PACK, "solar-settlements", "2020-Q1"])).status_code == 404


def test_statements_of_villages(place: Place) -> None:
    with_station(place)
    officer = person(Role.DEPARTMENT_OFFICER, COUNTY, "human-resources")
    assert "各村岗位和空岗" in text(officer, "statements")
    page = text(officer, "statement", PACK, "post-vacancies")
    assert "样例〔621102103201〕" in page and "<td" in page
    page = text(officer, "statement", PACK, "solar-village-year", year="2020")
    assert "2020" in page and "账面结余" in page
    assert officer.get(reverse("statement", args=[PACK, "ghost"])).status_code == 404
    villager = person(Role.VILLAGE_ADMINISTRATOR, VILLAGE)
    assert NEIGHBOUR not in text(villager, "statement", PACK, "solar-village-year")


def test_signing_out_erases_what_the_device_keeps(villager: Client) -> None:
    answer = villager.post(reverse("sign-out"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_the_worker_keeps_pages_of_sheets_only(villager: Client) -> None:
    answer = villager.get(reverse("sheet-worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert reverse("sheet-worker").startswith(reverse("sheets"))


def test_a_second_post_is_pointed_out_before_it_is_registered(place: Place) -> None:
    """The limit of the policy is said where a holder is added, and stands on the page of the holder."""
    officer = person(Role.DEPARTMENT_OFFICER, COUNTY, "human-resources")
    post = place.put("more", "public_post", village=place.ids[f"village-{VILLAGE}"], number="9")
    who, start = place.ids["an"], "2020-02-01"
    written = {"person": "姓名an", "person.id": who, "person.asked": "姓名an", "post": "9", "post.id": post}
    answer = officer.post(
        reverse("row-add", args=[PACK, "post_holding"]),
        written | {"post.asked": "9", "start_date": start, "step": "preview"},
    )
    shown = answer.content.decode()
    assert "按文件的限制" in shown and "一人一岗" in shown
    place.put("second", "post_holding", person=who, post=post, start_date=date(2020, 2, 1))
    assert "一人一岗" in text(officer, "subject", PACK, "post_holding", place.ids["second"])
