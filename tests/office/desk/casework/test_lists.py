"""Queues, lists, several at once, certificates, figures in the margin: what each shows, and to whom."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.office.casework.models import Case, Certificate
from luoshi.office.notices.models import Notice
from tests.office.casework import walking
from tests.office.desk.casework import place
from tests.office.desk.casework.place import MEASURE, PACK, PROCEDURE, REGISTER, check, decide, sitting, task_at

pytestmark = pytest.mark.usefixtures("database")
MOST = {"/cases/": 40, "/cases/all/": 35}


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> Iterator[None]:
    place.settle()
    yield


def several(number: int) -> list[Case]:
    return [place.taken_in(row) for row in place.loans(number)]


def test_a_queue_shows_ones_own_desk_only(database: None) -> None:
    number = several(1)[0].number
    seen = {name for name in place.STAFF if number in sitting(name).get("/cases/", follow=True).content.decode()}
    assert seen == {"finance", "finance-2", "finance-3", "auditor"}


def test_all_cases_of_an_area_are_seen_there_and_nowhere_else(database: None) -> None:
    number = several(1)[0].number
    seen = {name for name in place.STAFF if number in sitting(name).get("/cases/all/").content.decode()}
    assert seen == set(place.STAFF) - {"neighbour"}
    assert sitting("neighbour").get(f"/cases/{number}/").status_code == 404
    assert sitting("auditor").get(f"/cases/{number}/").status_code == 200


def test_a_case_is_found_by_its_number_and_what_is_looked_for_stands_in_no_address(database: None) -> None:
    case, client = several(1)[0], sitting("coordinator")
    answer = client.post("/cases/all/", {"q": case.number})
    assert case.number not in answer["Location"]
    assert case.number in client.get(answer["Location"]).content.decode()
    assert "没有找到" in client.post("/cases/all/", {"q": "没有这个人"}, follow=True).content.decode()


@pytest.mark.parametrize("asked", ["?state=nonsense", "?after=x", "?state=draft"])
def test_an_address_that_asks_nonsense_is_not_found(database: None, asked: str) -> None:
    assert sitting("coordinator").get(f"/cases/all/{asked}").status_code == 404


def test_pages_ask_no_more_for_many(database: None) -> None:
    client = sitting("finance")
    several(2)
    few = {address: _asked(client, address) for address in MOST}
    several(8)
    for address, most in MOST.items():
        assert _asked(client, address) <= few[address]
        assert few[address] <= most


def test_several_are_checked_and_decided_at_once(database: None) -> None:
    cases = several(3)
    for case in cases[:2]:
        place.see_papers(sitting("finance"), case)
    chosen = [str(task_at(case).id) for case in cases]
    client = sitting("finance")
    page = client.get("/cases/together/", {"task": chosen})
    assert page.context["able"] == 3
    answer = client.post("/cases/together/do/", {"task": chosen}, follow=True)
    assert [one.number for one in answer.context["done"]] == [case.number for case in cases[:2]]
    assert "材料还没有齐" in answer.context["left"][0].problem
    again = client.post("/cases/together/do/", {"task": chosen[:2]}, follow=True)
    assert again.status_code == 200
    for case in cases[:2]:
        case.refresh_from_db()
        assert (case.step, case.votes.filter(act="check").count()) == ("decide", 1)


def test_different_steps_are_not_done_at_once(database: None) -> None:
    one, other = several(2)
    check(one)
    answer = sitting("finance-2").get("/cases/together/", {"task": [task_at(one).id, task_at(other).id]}, follow=True)
    assert "同一步" in answer.content.decode()


def test_tasks_of_others_are_not_done_at_once(database: None) -> None:
    task = task_at(several(1)[0])
    for name in ("labour", "neighbour"):
        answer = sitting(name).post("/cases/together/do/", {"task": [task.id]})
        assert answer["Location"] == "/cases/"
    assert sitting("auditor").post("/cases/together/do/", {"task": [task.id]}).status_code == 403
    task.refresh_from_db()
    assert task.is_open


def test_the_document_the_subject_and_the_home_page_tell_of_cases(database: None) -> None:
    case, client = several(1)[0], sitting("finance")
    page = client.get(f"/documents/{PACK}/1/").content.decode()
    assert f"/cases/all/?pack={PACK}&amp;measure={MEASURE}" in page
    assert case.number in client.get(f"/cases/all/?pack={PACK}&measure={MEASURE}").content.decode()
    assert case.number not in client.get(f"/cases/all/?pack={PACK}&measure=workshop-loan-subsidy").content.decode()
    assert case.number in client.get(f"/documents/{PACK}/{REGISTER}/{case.row_id}/").content.decode()
    assert "等我所在的部门办 1 件" in client.get("/").content.decode()
    taken = sitting("township").get(f"/documents/{PACK}/{REGISTER}/{case.row_id}/").content.decode()
    assert f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{case.row_id}/?measure={MEASURE}" in taken


def test_a_certificate_is_found_by_its_name_and_listed_with_its_review(database: None) -> None:
    pack = walking.whole(PACK)
    rows = walking.lay(pack, {"workshop": {"one": {"name": "样例车间", "area": walking.VILLAGES[PACK]}}})
    row = rows["workshop", "one"]
    address = f"/cases/new/{PACK}/workshop-certification/workshop/{row}/"
    client = sitting("township")
    client.post(address, {"key": "e" * 32, "channel": "desk"})
    case = Case.objects.get()
    walking.Walker(case, case.opened_at.date()).to_end()
    for told in ("样例车间", "yanglichejian"):
        assert case.number in sitting("coordinator").post("/cases/all/", {"q": told}, follow=True).content.decode()
        assert case.number not in sitting("neighbour").post("/cases/all/", {"q": told}, follow=True).content.decode()
    kept = Certificate.objects.get()
    page = sitting("auditor").get("/certificates/").content.decode()
    assert kept.number in page
    assert "扶贫车间认定" in page
    assert sitting("auditor").get(f"/certificates/{kept.id}/").status_code == 200
    assert sitting("neighbour").get(f"/certificates/{kept.id}/").status_code == 404
    assert kept.number not in sitting("neighbour").get("/certificates/").content.decode()


def test_letters_are_made_of_what_the_case_knows(database: None) -> None:
    case = several(1)[0]
    check(case)
    decide("finance-2", case, "refused", "利息不实")
    decide("finance-3", case, "refused", "同意")
    client, given = sitting("finance-2"), {"letter-office": "样例县财政局"}
    for kind in ("application", "review", "refusal"):
        answer = client.post(f"/cases/{case.number}/letters/{kind}/word/", given)
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert client.post(f"/cases/{case.number}/letters/decision/pdf/", given).status_code == 404
    assert client.post(f"/cases/{case.number}/letters/refusal/pdf/", {"letter-office": ""}).status_code == 422
    assert sitting("village").post(f"/cases/{case.number}/letters/refusal/pdf/", given).status_code == 403
    assert "代字" in client.post(f"/cases/{case.number}/letters/refusal/", given).content.decode()
    assert client.post(f"/cases/{case.number}/letters/application/", given).status_code == 302
    assert not Notice.objects.exists()


def _asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
