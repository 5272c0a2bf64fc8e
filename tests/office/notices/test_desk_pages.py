"""The desk's pages: the notices of one's area, the objections to them, and who may do what."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.office.audit.queries import events
from luoshi.office.notices import actions, objecting
from luoshi.office.notices.models import Notice, Objection, Reception
from tests.office.desk.peopled import opened, settle
from tests.office.notices.drafts import COUNTY, NEIGHBOUR, TOWNSHIP, posted, said
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")


def today_posted(key: str = "case:1", **other: Any) -> Notice:
    return posted(key, on=timezone.localdate(), **other)


def objected(found: Notice) -> Objection:
    return objecting.object_to(found, said(), address="1", today=found.first_day, now=timezone.now())


def signed_in(role: str = "department_officer", area: str = COUNTY, name: str = "checker") -> Client:
    return let_in(Client(), opened(name, role, area))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def areas(database: None) -> None:
    settle()


def test_the_list_shows_ones_area_and_what_waits_first(database: None) -> None:
    today_posted("a", heading="甲公示")
    waiting = today_posted("b", heading="乙公示", area=TOWNSHIP)
    today_posted("c", heading="丙公示", area=NEIGHBOUR)
    posted("d", heading="丁公示", on=timezone.localdate() - timedelta(days=60))
    client = signed_in()
    assert "甲公示" in text_of(client.get("/notices/"))
    objected(waiting)
    shown = text_of(client.get("/notices/"))
    assert [word in shown for word in ("甲公示", "乙公示", "丙公示")] == [False, True, False]
    assert "1 条异议待答复" in shown
    ended = text_of(client.get("/notices/?show=ended"))
    assert [word in ended for word in ("甲公示", "乙公示", "丁公示")] == [False, False, True]
    assert client.get("/notices/?show=all").status_code == 404


def test_empty_lists_say_so() -> None:
    client = signed_in()
    for show, words in (("shown", "现在没有公示"), ("objections", "没有待答复"), ("ended", "还没有结束")):
        assert words in text_of(client.get(f"/notices/?show={show}"))


def test_beyond_ones_area_nothing_is_found() -> None:
    found = today_posted()
    made = objected(found)
    client = signed_in(area=NEIGHBOUR)
    addresses = (f"/notices/{found.id}/", f"/notices/{found.id}/pdf/", f"/objections/{made.id}/")
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.post(f"/notices/{found.id}/take-down/", {"reason": "不对"}).status_code == 404
    assert client.post(f"/objections/{made.id}/answer/", {"upheld": "no", "reasons": "不对"}).status_code == 404
    found.refresh_from_db()
    assert found.state == "shown"


def test_an_objection_is_answered_by_another_than_the_maker() -> None:
    found = today_posted()
    made = objected(found)
    maker, checker = signed_in(name="maker"), signed_in(name="checker")
    own = text_of(maker.get(f"/objections/{made.id}/"))
    assert "他家有车" in own
    assert [word for word in ("13812345678", "王五", 'name="upheld"') if word in own] == []
    refused = maker.post(f"/objections/{made.id}/answer/", {"upheld": "no", "reasons": "查过"})
    assert refused.status_code == 422
    assert "另一位同事" in text_of(refused)
    page = text_of(checker.get(f"/objections/{made.id}/"))
    assert all(word in page for word in ("他家有车", "13812345678", "王五", 'name="upheld"'))
    answered = checker.post(f"/objections/{made.id}/answer/", {"upheld": "yes", "reasons": "属实"}, follow=True)
    assert "已答复" in text_of(answered)
    made.refresh_from_db()
    assert (made.state, made.answer, made.answered_by) == ("upheld", "属实", "checker")
    assert [event.action for event in events(COUNTY, None, 1)] == ["objection.answer"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"upheld": "", "reasons": "查过"}, "problem"),
        ({"upheld": "no", "reasons": ""}, "problem"),
        ({"upheld": "no", "reasons": "电话13812345678"}, "一串长数字"),
    ],
)
def test_a_wrong_answer_comes_back(sent: dict[str, str], words: str) -> None:
    made = objected(today_posted())
    answer = signed_in().post(f"/objections/{made.id}/answer/", sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    made.refresh_from_db()
    assert made.state == "open"


def test_an_auditor_reads_and_answers_nothing() -> None:
    found = today_posted()
    made = objected(found)
    client = signed_in("auditor")
    page = text_of(client.get(f"/objections/{made.id}/"))
    assert "他家有车" in page
    assert 'name="upheld"' not in page
    assert "撤下公示" not in text_of(client.get(f"/notices/{found.id}/"))
    assert client.post(f"/objections/{made.id}/answer/", {"upheld": "no", "reasons": "查过"}).status_code == 403


def test_village_administrators_read_no_objections() -> None:
    found = today_posted(area="621102103201")
    made = objected(found)
    client = signed_in("village_administrator", "621102103201")
    assert made.receipt in text_of(client.get(f"/notices/{found.id}/"))
    assert client.get(f"/objections/{made.id}/").status_code == 403


def test_a_notice_is_taken_down_with_a_reason() -> None:
    found = today_posted()
    client = signed_in()
    for reason in ("", "长" * 201, "他的电话13812345678"):
        assert client.post(f"/notices/{found.id}/take-down/", {"reason": reason}).status_code == 422
    page = text_of(client.post(f"/notices/{found.id}/take-down/", {"reason": "金额写错"}, follow=True))
    assert "公示已经撤下" in page
    assert "金额写错" in page
    assert client.get(f"/p/notices/{found.id}/").status_code == 410
    late = posted("b", on=timezone.localdate() - timedelta(days=60))
    refused = client.post(f"/notices/{late.id}/take-down/", {"reason": "太晚"}, follow=True)
    assert "已经到期" in text_of(refused)


def test_a_notice_is_printed_with_what_it_shows() -> None:
    found = today_posted()
    actions.set_reception(COUNTY, "县政务大厅，电话 0932-8200000", 3, by="tester", now=timezone.now())
    client = signed_in()
    assert client.get(f"/notices/{found.id}/pdf/").content.startswith(b"%PDF")
    word = client.get(f"/notices/{found.id}/word/")
    assert "attachment" in word.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(word.content)) as parts:
        written = parts.read("word/document.xml").decode()
    assert all(words in written for words in (found.heading, "张*明", "欧**明", "0932-8200000", found.office))
    assert "张小明" not in written
    assert client.get(f"/notices/{found.id}/txt/").status_code == 404
    assert [event.action for event in events(COUNTY, None, 2)] == ["notice.print"] * 2


def test_an_office_sets_where_and_when_it_answers() -> None:
    client = signed_in()
    assert client.post("/notices/reception/", {"contact": "", "answer_days": "0"}).status_code == 422
    sent = {"contact": "县政务大厅，电话 0932-8200000", "answer_days": "5"}
    assert client.post("/notices/reception/", sent).status_code == 302
    held = Reception.objects.get()
    assert (held.area, held.answer_days, held.set_by) == (COUNTY, 5, "checker")
    assert client.post("/notices/reception/", sent | {"answer_days": "6"}).status_code == 302
    assert Reception.objects.get().answer_days == 6
    below = signed_in(area=TOWNSHIP, name="below")
    assert "县政务大厅" in text_of(below.get("/notices/reception/"))
