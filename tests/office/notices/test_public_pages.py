"""The public's pages: what is shown and for how long, objections with receipts, nothing that points to anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.office.notices import actions, limiting, objecting
from luoshi.office.notices.models import Attempt, Notice, Objection
from tests.office.desk.peopled import settle
from tests.office.notices.drafts import COUNTY, NAMELESS, NEIGHBOUR, TOWNSHIP, person, posted, said

pytestmark = pytest.mark.usefixtures("database")
FORM = {"text": "他家有车", "contact": "13812345678", "name": "王五", "position": "1", "key": "form-1", "website": ""}


def today_posted(key: str = "case:1", **other: Any) -> Notice:
    return posted(key, on=timezone.localdate(), **other)


def long_ago(key: str = "case:1", **other: Any) -> Notice:
    return posted(key, on=timezone.localdate() - timedelta(days=60), **other)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_notices_are_listed_for_an_area_and_found_by_words(client: Client) -> None:
    settle()
    here, there = today_posted("a", heading="甲公示"), today_posted("b", heading="乙公示", area=NEIGHBOUR)
    today_posted("c", heading="丙公示", area=TOWNSHIP)
    long_ago("d", heading="丁公示")
    every = text_of(client.get("/p/notices/"))
    assert [word in every for word in ("甲公示", "乙公示", "丙公示", "丁公示")] == [True, True, True, False]
    assert all(f'value="{code}"' in every for code in (COUNTY, NEIGHBOUR, TOWNSHIP))
    assert "样例县样例镇" in every
    one = text_of(client.get("/p/notices/", {"area": NEIGHBOUR}))
    assert (str(here.heading) in one, str(there.heading) in one) == (False, True)
    assert "没有找到" in text_of(client.get("/p/notices/", {"q": "张小明"}))
    assert "甲公示" in text_of(client.get("/p/notices/", {"q": "甲"}))


def test_an_empty_list_says_so(client: Client) -> None:
    assert "现在没有公示" in text_of(client.get("/p/notices/"))


def test_a_long_list_has_a_second_page(client: Client) -> None:
    settle()
    for number in range(21):
        today_posted(str(number), heading=f"第{number}件")
    first = text_of(client.get("/p/notices/"))
    following = re.search(r'href="\?(after=\d+)"', first)
    assert following is not None
    second = text_of(client.get(f"/p/notices/?{following[1]}"))
    assert ("第0件" in first, "第0件" in second) == (False, True)
    assert "回到开头" in second


@pytest.mark.parametrize("asked", ["area=abc", "area=62110", "after=x", "after=" + "9" * 30, "area=%27--"])
def test_what_is_no_address_is_not_found(client: Client, asked: str) -> None:
    assert client.get(f"/p/notices/?{asked}").status_code == 404


def test_a_notice_is_read_without_a_session_and_kept_by_nobody(client: Client) -> None:
    settle()
    found = today_posted()
    answer = client.get(f"/p/notices/{found.id}/")
    assert answer.status_code == 200
    assert "张*明" in text_of(answer)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "noindex" in text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(answer.cookies) <= {"csrftoken"}


def test_after_its_end_nothing_of_it_is_shown(client: Client) -> None:
    over, down = long_ago("a", heading="甲公示"), today_posted("b", heading="乙公示")
    now = timezone.now()
    actions.take_down(down, "金额写错", by="other", today=timezone.localdate(now), now=now)
    for found in (over, down):
        for address in (f"/p/notices/{found.id}/", f"/p/notices/{found.id}/object/"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert "no-store" in answer.headers["Cache-Control"]
            shown = text_of(answer)
            assert [word for word in (found.heading, "张*明", "一村", "金额写错") if word in shown] == []
        assert client.post(f"/p/notices/{found.id}/object/", FORM).status_code == 410
    assert not Objection.objects.exists()
    assert client.get("/p/notices/999999/").status_code == 404


def test_a_result_names_nobody_and_takes_no_objection(client: Client) -> None:
    before = long_ago("a")
    objecting.object_to(before, said(), address="1", today=before.first_day, now=timezone.now())
    told = today_posted("b", step="", days=30, follows=before)
    shown = text_of(client.get(f"/p/notices/{told.id}/"))
    assert "现将办理结果公告如下" in shown
    assert "成立 0 条，不成立 0 条，未办结 1 条" in shown
    assert "张*" not in shown
    assert "提出异议" not in shown
    assert client.get(f"/p/notices/{told.id}/object/").status_code == 410


def test_without_names_there_are_numbers_only(client: Client) -> None:
    few = today_posted("a", subjects=[person("case:1"), person("case:2")], procedure=NAMELESS)
    shown = text_of(client.get(f"/p/notices/{few.id}/"))
    assert "不足 3" in shown
    assert [word for word in ("张", "一村", "6,000", "3,000") if word in shown] == []


def test_an_objection_gets_a_receipt_and_later_its_answer(client: Client) -> None:
    found = today_posted()
    actions.set_reception(COUNTY, "县政务大厅，电话 0932-8200000", 3, by="tester", now=timezone.now())
    assert "0932-8200000" in text_of(client.get(f"/p/notices/{found.id}/object/"))
    answer = client.post(f"/p/notices/{found.id}/object/", FORM, follow=True)
    made = Objection.objects.get()
    assert answer.redirect_chain[-1][0] == f"/p/notices/{found.id}/objections/{made.receipt}/"
    assert made.receipt in text_of(answer)
    assert "他家有车" not in text_of(answer)
    asked = {"receipt": made.receipt, "contact": FORM["contact"]}
    assert "正在核实" in text_of(client.post("/p/objections/", asked))
    objecting.answer(made, upheld=False, reasons="车是单位的", by="checker", now=timezone.now())
    assert "车是单位的" in text_of(client.post("/p/objections/", asked))
    wrong = client.post("/p/objections/", asked | {"contact": "13900000000"})
    assert wrong.status_code == 422
    assert "车是单位的" not in text_of(wrong)


def test_a_double_click_is_one_objection(client: Client) -> None:
    found = today_posted()
    first, second = (client.post(f"/p/notices/{found.id}/object/", FORM) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Objection.objects.count() == 1


def test_two_forms_are_two_keys(client: Client) -> None:
    found = today_posted()
    keys = {
        re.findall(r'name="key" value="(\w+)"', text_of(client.get(f"/p/notices/{found.id}/object/")))[0] for _ in "ab"
    }
    assert len(keys) == 2


def test_what_a_machine_fills_in_is_kept_nowhere(client: Client) -> None:
    found = today_posted()
    answer = client.post(f"/p/notices/{found.id}/object/", FORM | {"website": "http://example.com"})
    assert answer.status_code == 302
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "长" * 2001}, {"contact": " "}, {"position": "9"}, {"name": "名" * 61}, {"key": ""}],
)
def test_a_wrong_form_comes_back_with_what_was_typed(client: Client, wrong: dict[str, str]) -> None:
    found = today_posted()
    answer = client.post(f"/p/notices/{found.id}/object/", FORM | wrong)
    assert answer.status_code == 422
    assert "他家有车" in text_of(answer) or "text" in wrong
    assert not Objection.objects.exists()


def test_the_sixth_objection_of_an_address_waits(client: Client) -> None:
    found = today_posted()
    codes = [client.post(f"/p/notices/{found.id}/object/", FORM | {"key": str(n)}).status_code for n in range(6)]
    assert codes == [302] * 5 + [429]
    other = client.post(f"/p/notices/{found.id}/object/", FORM | {"key": "other"}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302
    assert Attempt.objects.count() == 6


def test_receipts_cannot_be_guessed_for_long(client: Client) -> None:
    asked = {"receipt": "ABCDE-FGHJK", "contact": "1"}
    most = limiting.LIMITS["answer"][0]
    codes = [client.post("/p/objections/", asked).status_code for _ in range(most + 1)]
    assert codes == [422] * most + [429]


def test_a_form_needs_the_token_of_the_site() -> None:
    found = today_posted()
    assert Client(enforce_csrf_checks=True).post(f"/p/notices/{found.id}/object/", FORM).status_code == 403


def test_signs_of_markup_are_shown_as_they_are(client: Client) -> None:
    found = today_posted(heading="<script>alert(1)</script>&", office="<b>局</b>")
    shown = text_of(client.get(f"/p/notices/{found.id}/"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in shown
    assert "<b>局</b>" not in shown


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
IDS = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(HAN, min_size=2, max_size=6), IDS | PHONES), min_size=1, max_size=5))
def test_no_page_ever_holds_a_name_or_a_number(client: Client, people: list[tuple[str, str]]) -> None:
    subjects = [person(f"case:{number}", name + sealed) for number, (name, sealed) in enumerate(people)]
    found = today_posted(f"case:{Notice.objects.count()}", subjects=subjects)
    addresses = ("/p/notices/", f"/p/notices/{found.id}/", f"/p/notices/{found.id}/object/")
    pages = re.sub(r'value="\w{32,}"', "", "".join(text_of(client.get(address)) for address in addresses))
    named = re.findall(r'<th scope="row">([^<]*)|<option [^>]*>([^<]*)', pages)
    assert len(named) >= 2 * len(people)
    assert not re.search(r"[0-9０-９]{7,}", pages)
    for name, number in people:
        assert number not in pages
        assert name not in str(named)
