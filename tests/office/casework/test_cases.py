"""A case step by step: who may do what, what is sent back, refused, departed from, contested."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi.office.accounts.roles import Role
from luoshi.office.casework import acting, opening, paying
from luoshi.office.casework.acting import Act
from luoshi.office.casework.checklist import checklist, lacking, take_back
from luoshi.office.casework.models import Case, Claim, Decision, Vote
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import Actor
from luoshi.office.casework.settling import Outcome
from luoshi.office.runs import library
from luoshi.office.treasury.queries import list_payments_of
from luoshi.rulebook.model.blocks import Pack
from tests.office.casework import walking
from tests.office.casework.walking import Walker, moment, seat
from tests.office.casework.worked import MEASURE, NEIGHBOUR, at, refusal

pytestmark = pytest.mark.usefixtures("ground", "database")


def test_opened_twice_under_one_key_is_opened_once(walker: Walker) -> None:
    case = walker.case
    again = opening.Opening(case.key, case.procedure, case.register, case.row_id, (), Case.Channel.PORTAL)
    actor = Actor("another", None, case.area)
    assert opening.open_case(pack_of(case), again, actor, moment(walker.day)).id == case.id


def test_a_row_beyond_ones_area_is_not_applied_for(walker: Walker) -> None:
    case = walker.case
    wanted = opening.Opening("other", case.procedure, case.register, case.row_id, (), Case.Channel.PORTAL)
    with refusal("nothing"):
        opening.open_case(pack_of(case), wanted, Actor("a", None, case.area), moment(walker.day))
    claim = opening.Wanted(MEASURE, case.row_id)
    with refusal("row"):
        opening.open_case(
            pack_of(case), replace(wanted, claims=(claim,)), Actor("a", None, NEIGHBOUR), moment(walker.day)
        )


def test_the_same_claim_is_filed_once_while_it_is_open(walker: Walker) -> None:
    case = walker.case
    claim = case.claims.get()
    pack = pack_of(case)
    second = walking.take_in(pack, pack.measures[MEASURE], case.register, case.row_id, claim.row_id, walker.day)
    walker.do(walker.waiting()[0])
    with refusal("claimed") as raised:
        Walker(second, walker.day).do(second.tasks.get())
    case.refresh_from_db()
    assert raised.value.facts["case"] == case.number
    assert second.claims.get().state == Claim.State.DRAFT
    opening.withdraw(case, moment(walker.day))
    Walker(second, walker.day).do(second.tasks.get())
    second.refresh_from_db()
    assert second.state == Case.State.RUNNING


def test_only_those_at_the_desk_act(walker: Walker) -> None:
    task = at(walker, "decide")
    right = seat(task)
    walker.papers(task)
    outcomes = walker.outcomes("granted")
    for wrong in (
        replace(right, area=NEIGHBOUR),
        replace(right, area="6211"),
        replace(right, department="human-resources"),
        replace(right, role=Role.AUDITOR),
        replace(right, role=Role.SYSTEM_ADMINISTRATOR),
        Actor("claimant", None, task.case.area),
    ):
        with refusal("desk"):
            acting.act(task, Act("granted", outcomes=outcomes), wrong, moment(walker.day))
    assert not Vote.objects.filter(task=task).exists()


def test_who_checked_does_not_decide(walker: Walker) -> None:
    task = at(walker, "check")
    walker.papers(task)
    acting.act(task, Act("in_order"), replace(seat(task), name="one"), moment(walker.day, "one"))
    decides = at(walker, "decide")
    with refusal("hand"):
        acting.act(decides, Act("refused", "样例"), replace(seat(decides), name="one"), moment(walker.day, "one"))
    decides.refresh_from_db()
    assert decides.is_open


def test_a_lacking_paper_holds_a_check_up_and_all_that_lack_are_named(walker: Walker) -> None:
    (first,) = walker.waiting()
    acting.act(first, Act("handed_in"), seat(first), moment(walker.day))
    walker.case.refresh_from_db()
    (task,) = walker.waiting()
    step = acting.step_of(pack_of(walker.case).procedures[walker.case.procedure], task.step)
    missing = lacking(walker.case, step)
    with refusal("papers") as raised:
        acting.act(task, Act("in_order"), seat(task), moment(walker.day))
    assert raised.value.facts["items"] == missing and missing
    walker.papers(task)
    assert lacking(walker.case, step) == []
    papers = [paper for item in checklist(walker.case, pack_of(walker.case), step) for paper in item.papers]
    take_back(papers[0], moment(walker.day))
    assert lacking(walker.case, step) == [papers[0].item]


def test_what_is_sent_back_comes_again_with_another_visit(walker: Walker) -> None:
    task = at(walker, "check")
    with refusal("reason"):
        acting.act(task, Act("sent_back"), seat(task), moment(walker.day))
    walker.do(task, "sent_back", "缺一份合同")
    walker.case.refresh_from_db()
    (again,) = walker.waiting()
    assert (again.act, again.visit, again.by_claimant) == ("apply", 2, True)
    walker.to_end()
    walker.case.refresh_from_db()
    assert walker.case.end == "granted"
    assert list(walker.case.tasks.filter(act="check").values_list("visit", flat=True)) == [1, 2]


def test_a_refusal_says_why_and_sets_nothing_aside(walker: Walker) -> None:
    task = at(walker, "decide")
    walker.papers(task)
    with refusal("reason"):
        acting.act(task, Act("refused", " "), seat(task), moment(walker.day))
    for office in walker.waiting():
        walker.do(office, "refused", "材料不实")
    walker.case.refresh_from_db()
    decision = Decision.objects.get(case=walker.case)
    assert (walker.case.state, decision.result, decision.reason) == ("refused", "refused", "材料不实")
    assert decision.departs and len(decision.decided_by) == 2
    assert list_payments_of(paying.reference(walker.case)) == []


def test_a_departure_waits_for_a_second_person_who_says_the_same(walker: Walker) -> None:
    task = at(walker, "decide")
    walker.papers(task)
    claim = walker.case.claims.get()
    more = {claim.id: Outcome("granted", Decimal("9999.99"), pack_of(walker.case).measures[MEASURE].funds[0])}
    done = Act("granted", "样例理由", more, {"payees": {str(claim.id): "样例"}})
    with refusal("reason"):
        acting.act(task, replace(done, reason=""), seat(task), moment(walker.day))
    vote = acting.act(task, done, seat(task), moment(walker.day))
    task.refresh_from_db()
    assert vote.departs and task.is_open
    assert acting.act(task, done, seat(task), moment(walker.day)).id == vote.id, "the same again is the same"
    acting.act(task, done, seat(task, "second"), moment(walker.day))
    decision = Decision.objects.get(case=walker.case)
    assert (decision.amount, decision.departs, decision.recommended) == (Decimal("9999.99"), True, "eligible")
    assert decision.recommended_amount != decision.amount


def test_a_second_person_who_says_otherwise_makes_the_step_begin_anew(walker: Walker) -> None:
    task = at(walker, "decide")
    walker.papers(task)
    claim = walker.case.claims.get()
    fund = pack_of(walker.case).measures[MEASURE].funds[0]
    acting.act(task, Act("refused", "样例"), seat(task), moment(walker.day))
    granted = Act("granted", "样例", {claim.id: Outcome("granted", None, fund)}, {"payees": {str(claim.id): "样例"}})
    acting.act(task, granted, seat(task, "second"), moment(walker.day))
    walker.case.refresh_from_db()
    assert (walker.case.end, walker.case.visit) == ("", 2)
    assert not Decision.objects.filter(case=walker.case).exists()
    walker.to_end()
    walker.case.refresh_from_db()
    assert walker.case.end == "granted"


@pytest.mark.parametrize(
    ("amount", "fund", "kind"), [(Decimal(0), None, "amount"), (Decimal(-1), None, "amount"), (None, "no-such", "fund")]
)
def test_sums_and_funds_that_cannot_be(walker: Walker, amount: Decimal | None, fund: str | None, kind: str) -> None:
    task = at(walker, "decide")
    walker.papers(task)
    claim = walker.case.claims.get()
    given = {claim.id: Outcome("granted", amount, fund or "")}
    with refusal(kind):
        acting.act(task, Act("granted", "样例", given), seat(task), moment(walker.day))
    with refusal("outcomes"):
        acting.act(task, Act("granted", "样例"), seat(task), moment(walker.day))
    with refusal("outcomes"):
        acting.act(task, Act("granted", "样例", {claim.id: Outcome("refused")}), seat(task), moment(walker.day))


@pytest.mark.parametrize("change", ["UPDATE casework_vote SET reason = 'x'", "DELETE FROM casework_vote",
                                    "TRUNCATE casework_vote CASCADE", "UPDATE casework_decision SET amount = 1",
                                    "DELETE FROM casework_decision"])  # fmt: skip
def test_votes_and_decisions_are_written_once(walker: Walker, change: str) -> None:
    walker.to_end()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_changed_text_leaves_a_running_case_alone(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack of its hash is asked for, not today's."""
    asked: list[str] = []
    find = library.find_by_hash

    def noted(pack_id: str, digest: str) -> Pack | None:
        asked.append(digest)
        return find(pack_id, digest)

    monkeypatch.setattr(library, "find_by_hash", noted)
    at(walker, "check")
    assert set(asked) == {walker.case.pack_hash}


def test_no_second_vote_of_the_same_person(walker: Walker) -> None:
    task = at(walker, "check")
    vote = Vote.objects.filter(case=walker.case).first()
    assert vote is not None
    copy = Vote(**{f.attname: getattr(vote, f.attname) for f in Vote._meta.concrete_fields if f.attname != "id"})
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    assert task.is_open
