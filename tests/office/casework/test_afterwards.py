"""After the decision, and beside it: objections, certificates and their reviews, messages, the queue, clocks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from luoshi.office.accounts.actions import open_account
from luoshi.office.accounts.persons import name_person
from luoshi.office.accounts.roles import Role, Scope
from luoshi.office.applicants.models import Applicant
from luoshi.office.casework import acting, contesting, opening, paying, queries, reviewing, talking
from luoshi.office.casework.acting import Act
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.models import Case, Certificate, Objection, Task, Vote
from luoshi.office.casework.routing import Actor
from luoshi.office.casework.settling import Outcome
from luoshi.office.connectors.outbox import list_waiting
from luoshi.office.database.keys import secrecy
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.office.treasury import payees
from luoshi.office.treasury.queries import list_payments_of
from luoshi.rulebook.values.citizen_id import TEST_ADDRESS, CitizenId
from tests.office.casework import walking
from tests.office.casework.walking import Walker, moment, seat
from tests.office.casework.worked import COUNTY, NEIGHBOUR, PACK, at, refusal

pytestmark = pytest.mark.usefixtures("ground", "database")


def test_an_objection_is_answered_by_somebody_else_and_opens_the_decision_anew(walker: Walker) -> None:
    walker.to_end()
    decided = Vote.objects.filter(case=walker.case, act="decide").latest("id")
    objection = contesting.contest(walker.case, Objection.Kind.OBJECTION, "金额不对", moment(walker.day, "claimant"))
    with refusal("open"):
        contesting.contest(walker.case, Objection.Kind.OBJECTION, "再说一次", moment(walker.day, "claimant"))
    judge = Actor("judge", Role.DEPARTMENT_OFFICER, COUNTY, "finance")
    for wrong in (
        replace(judge, name=decided.person),
        replace(judge, area=NEIGHBOUR),
        replace(judge, role=Role.AUDITOR),
    ):
        with pytest.raises(CaseError, match="hand|desk"):
            contesting.answer(objection, upheld=True, words="成立", actor=wrong, at=moment(walker.day))
    contesting.answer(objection, upheld=True, words="成立", actor=judge, at=moment(walker.day, "judge"))
    walker.case.refresh_from_db()
    assert (walker.case.state, walker.case.end, walker.case.claims.get().state) == ("running", "", "asked")
    assert [payment.state for payment in list_payments_of(paying.reference(walker.case))] == ["released"]
    walker.to_end()
    assert [payment.state for payment in list_payments_of(paying.reference(walker.case))] == ["released", "due"]


def test_another_account_of_the_same_person_is_no_other_hand(walker: Walker) -> None:
    """Who checked a case does not decide it under another name, nor vote twice, nor answer what is said against it."""
    checks = at(walker, "check")
    first, colleague = seat(checks), replace(seat(checks), name="colleague")
    numbers = [CitizenId.of(TEST_ADDRESS, date(1980, 1, 1), "male", number).text for number in range(2)]
    for name, number in ((first.name, 0), ("same", 0), ("colleague", 1), ("colleague-too", 1)):
        name_person(open_account(name, "样例", "a-long-sentence-7", by="t"), numbers[number], by="t")
    walker.do(checks)
    task = at(walker, "decide")
    walker.papers(task)
    outcomes = {claim: Outcome("refused") for claim in walker.outcomes("granted")}
    refused = Act("refused", "样例理由", outcomes)
    with refusal("hand"):
        acting.act(task, refused, replace(seat(task), name="same"), moment(walker.day))
    acting.act(task, refused, replace(seat(task), name="colleague"), moment(walker.day))
    with refusal("hand"):
        acting.act(task, refused, replace(seat(task), name="colleague-too"), moment(walker.day))
    assert Task.objects.get(pk=task.pk).is_open, "to depart from the recommendation takes two persons"
    acting.act(task, refused, replace(seat(task), name="second"), moment(walker.day))
    objection = contesting.contest(walker.case, Objection.Kind.OBJECTION, "不服", moment(walker.day))
    with refusal("hand"):
        contesting.answer(
            objection, upheld=False, words="x", actor=replace(colleague, name="same"), at=moment(walker.day)
        )


def test_who_is_paid_is_read_from_the_registers() -> None:
    """By the references of a row: the nearest that has a name and a number, and the account that the row names."""
    pack, number = walking.whole(PACK), CitizenId.of(TEST_ADDRESS, date(1980, 1, 1), "male", 7).text
    village = walking.VILLAGES[PACK]
    rows = {
        "household": {"h": {"register_number": "h-payee", "area": village}},
        "person": {"p": {"citizen_id": number, "name": "样收款", "household": "h"}},
        "post_account": {"a": {"number": "6217000000000001", "owner": "p"}},
        "post_holding": {
            "x": {"person": "p", "account": "a", "start_date": date(2020, 1, 1)},
            "y": {"person": "p", "start_date": date(2021, 1, 1)},
        },
    }
    ids = walking.lay(pack, rows)
    whole = payees.known(pack, "post_holding", ids["post_holding", "x"])
    assert whole is not None
    assert (whole.payee.name, whole.payee.id_number, whole.payee.account) == ("样收款", number, "6217000000000001")
    subject = whole.subject
    assert (subject.area, subject.row_id, subject.id_number) == (village, ids["post_holding", "x"], number)
    bare = payees.known(pack, "post_holding", ids["post_holding", "y"])
    assert bare is not None and (bare.payee.name, bare.payee.account) == ("样收款", "")
    home = payees.known(pack, "household", ids["household", "h"])
    assert home is not None and (home.payee.name, home.payee.id_number, home.payee.account) == ("", "", "")
    assert payees.known(pack, "person", 10**9) is None


def test_a_rejected_objection_changes_nothing_else(walker: Walker) -> None:
    walker.to_end()
    objection = contesting.contest(walker.case, Objection.Kind.APPEAL, "不服", moment(walker.day, "claimant"))
    judge = Actor("judge", Role.DEPARTMENT_OFFICER, COUNTY, "finance")
    with refusal("blank"):
        contesting.answer(objection, upheld=False, words=" ", actor=judge, at=moment(walker.day))
    contesting.answer(objection, upheld=False, words="金额按条款计算", actor=judge, at=moment(walker.day))
    walker.case.refresh_from_db()
    assert walker.case.end == "granted" and walker.case.claims.get().state == "granted"


def test_a_case_is_withdrawn_before_its_decision_only(walker: Walker) -> None:
    walker.to_end()
    with refusal("decided"):
        opening.withdraw(walker.case, moment(walker.day))


def test_a_certificate_is_given_reviewed_in_a_year_and_taken() -> None:
    pack = walking.whole(PACK)
    ids = walking.lay(pack, {"workshop": {"w": {"area": walking.VILLAGES[PACK]}}})
    wanted = opening.Opening(
        "cert", "workshop-certification", "workshop", ids["workshop", "w"], (), Case.Channel.PORTAL
    )
    day = date(2021, 3, 1)
    case = opening.open_case(pack, wanted, Actor("claimant", None, walking.VILLAGES[PACK]), moment(day))
    walker = Walker(case, day)
    task = at(walker, "certify")
    with refusal("number"):
        walker.do(task, number=" ")
    walker.do(task, number="样例001")
    given = Certificate.objects.get(case=case)
    assert (given.number, given.state) == ("样例001", "valid")
    cells = row(table_of(pack, "workshop"), "", ids["workshop", "w"]).cells  # type: ignore[union-attr] # it is there
    assert [cells[name] for name in ("applied_date", "certificate_number", "certificate_date")] == [day, "样例001", day]
    assert cells["withdrawn_date"] is None
    assert reviewing.open_due(moment(date(2022, 2, 28))) == 0
    assert reviewing.open_due(moment(date(2022, 3, 1))) == 1
    assert reviewing.open_due(moment(date(2022, 3, 2))) == 0, "a review that is open is not opened again"
    review = Walker(given.reviews.get(), date(2022, 3, 2))
    concludes = at(review, "review")
    with refusal("reason"):
        review.do(concludes, "withdraw", " ")
    review.do(concludes, "withdraw", "停产一年")
    given.refresh_from_db()
    assert (given.state, given.reviewed_on) == ("withdrawn", date(2022, 3, 2))
    cells = row(table_of(pack, "workshop"), "", ids["workshop", "w"]).cells  # type: ignore[union-attr] # it is there
    assert cells["withdrawn_date"] == date(2022, 3, 2)
    assert reviewing.open_due(moment(date(2024, 3, 2))) == 0


def test_who_applied_by_phone_is_told_that_the_case_moved(walker: Walker) -> None:
    person = Applicant.objects.create(
        closed_phone=secrecy().close("13800000001", Applicant.PHONE), phone_index=b"1", opened_at=moment(walker.day).now
    )
    Case.objects.filter(pk=walker.case.pk).update(opened_by=f"applicant:{person.pk}")
    walker.do(at(walker, "check"), "sent_back", "缺一份合同")
    walker.to_end()
    told = [one.message for one in reversed(list_waiting())]
    assert [message.to for message in told] == ["13800000001"] * 2
    assert "补正" in told[0].text and "决定" in told[1].text
    assert all(walker.case.number in message.text and "合同" not in message.text for message in told)


def test_a_desk_sees_what_waits_there_and_nobody_elses(walker: Walker) -> None:
    task = at(walker, "check")
    mine, neighbour = seat(task), replace(seat(task), area=NEIGHBOUR)
    assert [one.id for one in queries.queue(mine, walker.day).tasks] == [task.id]
    assert queries.queue(neighbour, walker.day).tasks == ()
    assert queries.queue(replace(mine, role=Role.AUDITOR), walker.day).tasks == ()
    talking.hand_over(task, "colleague", mine, moment(walker.day))
    assert queries.waiting(mine, walker.day) == queries.Waiting(1, 0, 0)
    assert queries.waiting(replace(mine, name="colleague"), walker.day) == queries.Waiting(1, 0, 1)
    assert queries.find_case(walker.case.number, Scope(COUNTY)) == walker.case
    assert queries.find_case(walker.case.number, Scope(NEIGHBOUR)) is None


def test_late_is_the_day_after_the_last_and_a_clock_that_stands_is_not_late(walker: Walker) -> None:
    task = at(walker, "check")
    Task.objects.filter(pk=task.pk).update(due=walker.day)
    me = seat(task)
    assert queries.waiting(me, walker.day).late == 0
    assert queries.waiting(me, walker.day + timedelta(days=1)).late == 1
    with refusal("reason"):
        talking.pause(task, "", me, moment(walker.day))
    talking.pause(task, "等待补正", me, moment(walker.day))
    assert queries.waiting(me, walker.day + timedelta(days=1)).late == 0
    talking.go_on(task, me, moment(walker.day + timedelta(days=10)))
    task.refresh_from_db()
    assert task.paused_on is None and task.due == walker.day
