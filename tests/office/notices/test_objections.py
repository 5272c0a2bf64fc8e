"""Objections: within the days, sealed, answered by somebody else with reasons, read by who made them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit.queries import events
from luoshi.office.notices import actions, limiting, objecting, queries
from luoshi.office.notices.errors import NoticeError, NotShowable, TooMany, WrongAnswer, WrongObjection
from luoshi.office.notices.models import Attempt, Notice, Objection
from luoshi.office.notices.objecting import Said
from luoshi.office.notices.queries import Outcome
from tests.office.notices.drafts import COUNTY, NAMELESS, NEIGHBOUR, POSTED, at, person, posted
from tests.office.notices.drafts import said as an_objection

pytestmark = pytest.mark.usefixtures("database")
ADDRESS = "203.0.113.7"


def objected(notice: Notice, said: Said | None = None, on: date = POSTED, address: str = ADDRESS) -> Objection:
    return objecting.object_to(notice, said or an_objection(), address=address, today=on, now=at(on))


def answered(objection: Objection, *, upheld: bool, by: str = "checker", **more: str) -> Objection:
    reasons = more.pop("reasons", "已入户核实")
    return objecting.answer(objection, upheld=upheld, reasons=reasons, by=by, now=at(POSTED), **more)


def test_an_objection_is_taken_until_the_last_day() -> None:
    found = posted()
    assert objected(found, on=found.last_day).state == "open"
    with pytest.raises(WrongObjection) as refused:
        objected(found, an_objection("form-2"), on=found.end)
    assert refused.value.kind == "over"


def test_what_is_taken_down_takes_no_objection() -> None:
    found = posted()
    actions.take_down(found, "金额写错", by="other", today=POSTED, now=at(POSTED))
    with pytest.raises(WrongObjection):
        objected(found)


def test_a_form_that_is_sent_twice_is_one_objection() -> None:
    found = posted()
    assert objected(found) == objected(found, replace(an_objection(), text="别的话"))
    assert Objection.objects.count() == Attempt.objects.count() == 1


def test_words_name_and_contact_are_sealed_and_nowhere_in_the_log() -> None:
    made = objected(posted())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o::text, convert_from(text, 'LATIN1') || convert_from(contact, 'LATIN1') FROM notices_objection o"
        )
        kept = " ".join(cursor.fetchone())
    logged = str(events(COUNTY, None, 50))
    for secret in ("他家有车", "13812345678", "王五", ADDRESS, "203.0.113"):
        assert secret not in kept
        assert secret not in logged
    opened = objecting.read(made, by="checker")
    assert (opened.text, opened.contact, opened.name, opened.position) == ("他家有车", "13812345678", "王五", 1)
    assert "objection.read" in str(events(COUNTY, None, 50))


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "长" * 2001},
        {"contact": ""},
        {"contact": "1" * 101},
        {"name": "名" * 61},
        {"position": 4},
    ],
)
def test_what_cannot_be_taken_keeps_nothing(wrong: dict[str, object]) -> None:
    with pytest.raises(WrongObjection):
        objected(posted(), replace(an_objection(), **wrong))  # type: ignore[arg-type] # a field, as the test names it
    assert not Objection.objects.exists()


def test_one_address_objects_five_times_an_hour() -> None:
    found, (most, within) = posted(), limiting.LIMITS["objection"]
    for number in range(most):
        objected(found, an_objection(f"form-{number}"))
    with pytest.raises(TooMany):
        objected(found, an_objection("one-more"))
    assert Objection.objects.count() == most
    assert objected(found, an_objection("elsewhere"), address="203.0.113.8").receipt
    later = at(POSTED) + within
    assert objecting.object_to(found, an_objection("later"), address=ADDRESS, today=POSTED, now=later).receipt
    assert limiting.forget(at(POSTED) + timedelta(days=1)) == most + 1


def test_reasons_and_another_person_are_needed() -> None:
    made = objected(posted())
    for by, reasons, kind in (
        ("maker", "已核实", "own"),
        ("checker", " ", "reasons"),
        ("checker", "长" * 1001, "reasons"),
    ):
        with pytest.raises(WrongAnswer) as refused:
            answered(made, upheld=False, by=by, reasons=reasons)
        assert refused.value.kind == kind
    with pytest.raises(NotShowable):
        answered(made, upheld=False, reasons="他的电话是13812345678")
    assert answered(made, upheld=False) == answered(made, upheld=False)
    with pytest.raises(WrongAnswer) as refused:
        answered(made, upheld=True)
    assert refused.value.kind == "answered"


def test_what_was_answered_stays() -> None:
    made = answered(objected(posted()), upheld=False)
    for statement in ("UPDATE notices_objection SET answer = '改'", "DELETE FROM notices_objection"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(id=made.id).update(text=b"")


def test_an_objection_keeps_its_cases_waiting_even_after_the_end() -> None:
    found = posted()
    made = objected(found)
    after = [queries.outcome(found, found.end, f"case:{number}") for number in (1, 2)]
    assert after == [Outcome.RUNNING, Outcome.CLEAR]
    assert queries.outcome(found, found.end) == Outcome.RUNNING
    answered(made, upheld=False)
    assert queries.outcome(found, found.last_day, "case:1") == Outcome.RUNNING
    assert queries.outcome(found, found.end, "case:1") == Outcome.ANSWERED
    assert queries.outcome(found, found.end, "case:2") == Outcome.CLEAR


def test_an_objection_that_holds_leads_its_case_back_at_once() -> None:
    found = posted()
    answered(objected(found), upheld=True)
    assert queries.outcome(found, POSTED, "case:1") == Outcome.UPHELD
    assert queries.outcome(found, POSTED, "case:2") == Outcome.RUNNING
    assert queries.outcome(found, POSTED) == Outcome.UPHELD


def test_an_objection_to_the_whole_concerns_all_or_the_one_that_was_found() -> None:
    found = posted()
    first, second = objected(found, an_objection("a", None)), objected(found, an_objection("b", None))
    answered(first, upheld=True, reference="case:3")
    with pytest.raises(WrongAnswer):
        answered(second, upheld=True, reference="case:9")
    answered(second, upheld=False)
    ends = [queries.outcome(found, found.end, f"case:{number}") for number in (1, 3)]
    assert ends == [Outcome.ANSWERED, Outcome.UPHELD]


def test_an_objection_to_one_line_cannot_be_laid_at_another() -> None:
    with pytest.raises(WrongAnswer):
        answered(objected(posted()), upheld=True, reference="case:2")


def test_without_names_an_objection_concerns_a_place() -> None:
    people = [person(f"case:{number}", place="一村" if number < 4 else "二村") for number in range(1, 7)]
    found = posted(subjects=people, procedure=NAMELESS)
    answered(objected(found), upheld=True, reference="case:2")
    ends = [queries.outcome(found, found.end, f"case:{number}") for number in (1, 2, 5)]
    assert ends == [Outcome.CLEAR, Outcome.UPHELD, Outcome.CLEAR]


def test_who_knows_receipt_and_contact_reads_the_answer() -> None:
    made = answered(objected(posted()), upheld=False)

    def asked(receipt: str, contact: str) -> Objection | None:
        return objecting.ask_answer(receipt, contact, address=ADDRESS, now=at(POSTED))

    assert asked(made.receipt.lower().replace("-", " "), "138 1234 5678") == made
    assert asked(made.receipt, "13812345679") is None
    assert asked("ABCDE-FGHJK", "13812345678") is None
    assert asked("", "") is None
    for _ in range(limiting.LIMITS["answer"][0] - 4):
        asked("ABCDE-FGHJK", "1")
    with pytest.raises(TooMany):
        asked(made.receipt, "13812345678")


def test_the_term_to_answer_is_that_of_the_nearest_office() -> None:
    assert objected(posted()).due is None
    now = at(POSTED)
    actions.set_reception("6211", "市政府一楼", 15, by="tester", now=now)
    actions.set_reception(COUNTY, "县政务大厅", 3, by="tester", now=now)
    assert objected(posted("b"), an_objection("b")).due == date(2024, 2, 5)
    assert objected(posted("c", area=NEIGHBOUR), an_objection("c")).due is not None
    held = queries.find_reception(NEIGHBOUR)
    assert held is not None
    assert held.contact == "市政府一楼"


def test_objections_beyond_the_area_are_not_found() -> None:
    made = objected(posted())
    assert queries.find_objection(made.id, Scope(COUNTY)) == made
    assert queries.find_objection(made.id, Scope(NEIGHBOUR)) is None
    assert [one.id for one in queries.list_notices(Scope(COUNTY), "objections", POSTED).notices] == [made.notice_id]
    assert queries.list_notices(Scope(NEIGHBOUR), "objections", POSTED).notices == ()


def test_results_take_no_objections() -> None:
    told = posted("result", step="", days=30)
    with pytest.raises(NoticeError):
        objected(told, an_objection(position=None))
