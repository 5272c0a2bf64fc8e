"""A round from its opening to the decision: places, ties, no repeat, fewer rather than lower, two persons."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi.office.awards import choosing, confirming, judging, nominating, opening, queries
from luoshi.office.awards.confirming import Decided
from luoshi.office.awards.errors import NotAllowed
from luoshi.office.awards.models import Ballot, Choice, Chosen, Nomination, Receipt, Round
from luoshi.office.notices import objecting
from luoshi.office.notices import queries as noticed
from luoshi.office.treasury.budgets import Paper, give
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import Short
from luoshi.office.treasury.queries import available, list_payments_of
from tests.office.awards import ground as g

pytestmark = pytest.mark.usefixtures("database")
B = g.FIRST_BROKER
OVER = date(2024, 2, 5)
CELLS = {"award": "leading_broker", "year": "2023", "form": "cash", "decided_date": "2024-02-05"}


@pytest.fixture(scope="module", autouse=True)
def city(apart_together: None) -> Iterator[None]:
    g.settle()
    yield


def brokers(count: int, **each: object) -> list[int]:
    """Brokers whose fees fall from the first to the last."""
    made = []
    for number in range(count):
        fees = g.ENOUGH_FEES + (count - number) * 1000
        made.append(g.add_broker(B + number, f"张经纪{number}", **{"fees": fees, **each}))  # type: ignore[arg-type] # tests give what they are about
    return made


def confirm(choice: Choice, actor: object = g.SECOND, day: date = OVER, **other: object) -> Choice:
    decided = Decided(**{"paper": "样妇发〔2024〕9号", "cells": CELLS, **other})  # type: ignore[arg-type] # tests give what they are about
    return confirming.confirm(
        choice, g.rules(), decided, g.names_of(choice), actor=actor, today=day, now=g.at(day)  # type: ignore[arg-type] # an actor
    )  # fmt: skip


def published(choice: Choice) -> Choice:
    return choosing.publish(
        choice, g.rules(), g.names_of(choice), actor=g.OFFICE, today=g.AFTER, now=g.at(g.AFTER)
    )  # fmt: skip


# --- Opening ---


def test_a_round_takes_its_places_from_the_text() -> None:
    found = g.opened(places=99, places_basis="不作数")
    assert (found.places, found.places_basis, found.year) == (10, "", 2023)


def test_the_same_again_is_the_same_round_and_another_is_refused() -> None:
    assert g.opened().pk == g.opened().pk
    with pytest.raises(NotAllowed, match="已经开始"):
        g.opened(voters=3)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"area": g.HERE}, "不在这个地区"),
        ({"last_day": date(2024, 1, 7)}, "不能早于"),
        ({"voters": 0}, "至少要有一名"),
        ({"method": "score"}, "满分"),
        ({"greatest": 100}, "满分"),
        ({"paper": " "}, "文件"),
        ({"notice_days": None}, "公示几天"),
        ({"notice_basis": ""}, "公示几天"),
        ({"on": date(2022, 12, 31)}, "没有效力"),
    ],
)
def test_what_is_missing_is_asked_for(other: dict[str, object], why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        g.opened(**other)
    assert not Round.objects.exists()


def test_only_the_office_of_the_policy_opens_a_round() -> None:
    for actor in (g.COUNTY, g.JUDGE):
        with pytest.raises(NotAllowed, match="协调小组办公室"):
            opening.open_round(g.rules(), g.terms(), actor=actor, now=g.at(g.FIRST))


def test_places_that_the_text_leaves_open_are_set_by_the_office_with_its_paper() -> None:
    with pytest.raises(NotAllowed, match="没有写名额"):
        g.opened("feature-cluster")
    found = g.opened("feature-cluster", places=3, places_basis="样办发〔2024〕2号")
    assert (found.places, found.places_basis) == (3, "样办发〔2024〕2号")


def test_places_that_a_locality_sets_are_set_there() -> None:
    with pytest.raises(NotAllowed, match="优秀县（市、区）数量"):
        g.opened("excellent-county", places=3, places_basis="样办发〔2024〕2号")


# --- Nominations ---


def test_a_nomination_keeps_what_the_policy_found() -> None:
    (one,) = g.nominated(g.opened(), brokers(1))
    receipt = queries.newest_receipts([one])[one.pk]
    assert (receipt.outcome, receipt.amount) == ("eligible", Decimal("10000.00"))
    assert [key["by"] for key in receipt.keys] == ["1001000.00", "100"]
    assert [each["state"] for each in receipt.report["conditions"]] == ["met"] * 4
    assert "330" not in str(receipt.report).replace("330,", "")


def test_one_fen_or_one_job_too_few_is_not_nominated() -> None:
    found = g.opened()
    g.add_broker(B, "张甲", fees=g.ENOUGH_FEES - Decimal("0.01"))
    g.add_broker(B + 1, "张乙", jobs=g.ENOUGH_JOBS - 1)
    g.add_broker(B + 2, "张丙")
    for broker in (B, B + 1):
        with pytest.raises(NotAllowed, match="不符合条件"):
            g.nominated(found, [broker])
    assert g.nominated(found, [B + 2])[0].state == Nomination.State.VERIFIED


@pytest.mark.parametrize(("year", "is_barred"), [(2022, True), (2021, True), (2020, False)])
def test_who_has_won_sits_out_two_years_and_may_stand_in_the_third(year: int, is_barred: bool) -> None:
    found = g.opened()
    g.add_broker(B, "张甲")
    g.add_win(B, year)
    if is_barred:
        with pytest.raises(NotAllowed, match="不符合条件"):
            g.nominated(found, [B])
    else:
        assert len(g.nominated(found, [B])) == 1


def test_a_county_nominates_nobody_of_another() -> None:
    found = g.opened()
    g.add_broker(B, "张甲", g.THERE)
    with pytest.raises(NotAllowed, match="没有找到"):
        nominating.nominate(found.pk, g.rules(), B, "好", actor=g.COUNTY, today=g.FIRST, now=g.at(g.FIRST))


@pytest.mark.parametrize(("day", "is_open"), [(7, False), (8, True), (19, True), (20, False)])
def test_nominations_come_within_their_days(day: int, is_open: bool) -> None:
    found, (broker,) = g.opened(), brokers(1)
    today = date(2024, 1, day)
    if is_open:
        assert nominating.nominate(found.pk, g.rules(), broker, "好", actor=g.COUNTY, today=today, now=g.at(today)).pk
    else:
        with pytest.raises(NotAllowed, match="之间申报"):
            nominating.nominate(found.pk, g.rules(), broker, "好", actor=g.COUNTY, today=today, now=g.at(today))


def test_who_nominates_does_not_check() -> None:
    (one,) = g.nominated(g.opened(), brokers(1), is_checked=False)
    with pytest.raises(NotAllowed, match="不能自己核对"):
        nominating.verify(one, g.rules(), in_order=True, note="", actor=g.COUNTY, now=g.at(g.FIRST))
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=one.pk).update(state="verified", settled_by=one.by)
    with pytest.raises(NotAllowed, match="您的岗位不在其中"):
        nominating.verify(one, g.rules(), in_order=True, note="", actor=g.NEIGHBOUR, now=g.at(g.FIRST))


def test_nominating_twice_is_nominating_once_and_withdrawn_ones_can_come_again() -> None:
    found, (broker,) = g.opened(), brokers(1)
    one, again = g.nominated(found, [broker])[0], g.nominated(found, [broker])[0]
    assert one.pk == again.pk
    nominating.withdraw(one, g.rules(), "本人不愿参评", actor=g.COUNTY, now=g.at(g.FIRST))
    assert g.nominated(found, [broker])[0].pk != one.pk


def test_nominations_close_after_their_last_day_when_all_are_checked() -> None:
    found = g.opened()
    g.nominated(found, brokers(1), is_checked=False)
    for day, why in ((g.LAST, "过了这一天"), (g.AFTER, "没有核对")):
        with pytest.raises(NotAllowed, match=why):
            opening.close_nominations(found.pk, g.rules(), actor=g.OFFICE, today=day, now=g.at(day))


# --- The panel ---


def test_a_member_ranks_everybody_once() -> None:
    users, found = g.open_accounts(), g.opened()
    one, two = (each.pk for each in g.nominated(found, brokers(2)))
    g.close(found)
    judge = g.member(found, users["judge"])
    for marks in ({one: 1}, {one: 1, two: 1}, {one: 1, two: 3}, {one: 0, two: 1}, {one: 1, two: 2, 999999: 3}):
        with pytest.raises(NotAllowed):
            g.vote(judge, marks)  # type: ignore[arg-type] # whole numbers
    g.vote(judge, {one: 2, two: 1})
    g.vote(judge, {one: 2, two: 1})
    assert Ballot.objects.count() == 1
    g.vote(judge, {one: 1, two: 2})
    assert [(ballot.number, queries.marks_of(ballot)[one]) for ballot in Ballot.objects.order_by("id")] == [
        (1, 2),
        (2, 1),
    ]
    with pytest.raises(NotAllowed, match="自己的账号"):
        g.vote(judge, {one: 1, two: 2}, g.JUDGE_2)


def test_scores_are_within_their_bounds() -> None:
    users, found = g.open_accounts(), g.opened(method="score", greatest=100)
    (one,) = (each.pk for each in g.nominated(found, brokers(1)))
    g.close(found)
    judge = g.member(found, users["judge"])
    for score in ("-1", "100.01", "99.999"):
        with pytest.raises(NotAllowed, match="分数"):
            g.vote(judge, {one: score})
    g.vote(judge, {one: "99.99"})
    assert queries.standings_of(found, g.rules())[0].place == 1


def test_who_has_an_interest_sits_out_and_what_they_said_counts_no_more() -> None:
    users, found = g.open_accounts(), g.opened()
    (one,) = g.nominated(found, brokers(1))
    g.close(found)
    judge = g.member(found, users["judge"])
    g.vote(judge, {one.pk: 1})
    judging.declare(judge, g.rules(), "是亲属", one, actor=g.JUDGE, now=g.at(g.AFTER))
    assert queries.counted_ballots(found, g.rules()) == {}
    with pytest.raises(NotAllowed, match="回避"):
        g.vote(judge, {one.pk: 1})
    with pytest.raises(DatabaseError, match="sits out"), transaction.atomic():
        Ballot.objects.create(member=judge, number=9, by="judge", at=g.at(g.AFTER))
    with pytest.raises(NotAllowed, match="至少要 1 张"):
        judging.close_panel(found.pk, g.rules(), actor=g.OFFICE)


def test_who_nominated_or_sees_too_little_is_no_member() -> None:
    users, found = g.open_accounts(), g.opened()
    g.nominated(found, brokers(1))
    with pytest.raises(NotAllowed, match="看不到整个评选"):
        g.member(found, users["county"])
    Nomination.objects.update(by="judge")
    with pytest.raises(NotAllowed, match="提过名"):
        g.member(found, users["judge"])


def test_a_member_from_outside_needs_a_signed_sheet() -> None:
    found = g.opened()
    (one,) = g.nominated(found, brokers(1))
    g.close(found)
    outside = g.member(found, name="李教授")
    with pytest.raises(NotAllowed, match="签过字"):
        g.vote(outside, {one.pk: 1}, g.OFFICE)


def test_a_ballot_on_another_list_does_not_count() -> None:
    users, found = g.open_accounts(), g.opened()
    one, two = g.nominated(found, brokers(2))
    g.close(found)
    g.vote(g.member(found, users["judge"]), {one.pk: 1, two.pk: 2})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lishui_draft.broker SET influence = false WHERE id = %s", [two.row_id])
    judging.reopen_panel(found.pk, g.rules(), actor=g.OFFICE, now=g.at(g.AFTER))
    with pytest.raises(NotAllowed, match="重新投票"):
        judging.close_panel(found.pk, g.rules(), actor=g.OFFICE)


# --- Choosing ---


def test_no_more_are_chosen_than_there_are_places() -> None:
    found = g.judged(brokers(11)).round
    there = g.entrants(found)
    with pytest.raises(NotAllowed, match="名额 10 个"):
        g.chosen(found, there)
    for count in (10, 9):
        choice = g.chosen(found, there[:count])
        assert (choice.state, choice.departs, choice.chosen.count()) == ("ready", False, count)
        choosing.set_aside(choice, g.rules(), "重来", actor=g.OFFICE, today=g.AFTER, now=g.at(g.AFTER))


def test_a_place_beyond_the_places_is_not_stored() -> None:
    found = g.judged(brokers(2)).round
    choice = g.chosen(found, g.entrants(found))
    one = choice.chosen.first()
    assert one is not None
    for wrong in ({"place": 11}, {"place": 11, "places": 11}):
        facts = {"choice": choice, "nomination_id": 0, "receipt": one.receipt, "places": 10, **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            Chosen.objects.create(**facts)
            connection.check_constraints()


def test_fewer_rather_than_lower() -> None:
    made = g.judged([*brokers(1), g.add_broker(B + 5, "张未判", influence=None)])
    eligible, undetermined = (one.pk for one in made.nominations)
    assert g.entrants(made.round) == [eligible]
    with pytest.raises(NotAllowed, match="不能降低条件"):
        g.chosen(made.round, [eligible, undetermined])
    choice = g.chosen(made.round, [eligible])
    assert (choice.departs, choice.chosen.count()) == (False, 1)
    unsure = Receipt.objects.filter(nomination_id=undetermined).latest("id")
    with pytest.raises(IntegrityError), transaction.atomic():
        Chosen.objects.create(choice=choice, place=2, places=10, nomination_id=undetermined, receipt=unsure)
        connection.check_constraints()


def test_nobody_may_be_chosen() -> None:
    found = g.judged([]).round
    choice = g.chosen(found, [])
    assert confirm(choice).state == Choice.State.CONFIRMED


def test_a_tie_at_the_border_is_shown_and_left_to_people() -> None:
    users, found = g.open_accounts(), g.opened("leading-broker", voters=2)
    nominations = g.nominated(found, brokers(11))
    g.close(found)
    last = [one.pk for one in nominations]
    swapped = [*last[:9], last[10], last[9]]
    g.vote(g.member(found, users["judge"]), {one: rank for rank, one in enumerate(last, 1)})
    g.vote(g.member(found, users["judge-2"]), {one: rank for rank, one in enumerate(swapped, 1)}, g.JUDGE_2)
    judging.close_panel(found.pk, g.rules(), actor=g.OFFICE)
    standings = queries.standings_of(found, g.rules())
    assert [(one.place, one.tied) for one in standings][8:] == [(9, False), (10, True), (10, True)]
    with pytest.raises(NotAllowed, match="并列"):
        g.chosen(found, last[:10])
    choice = g.chosen(found, last[:10], "加工费更多")
    assert (choice.state, choice.departs) == ("waiting", True)
    assert not g.chosen(found, last[:10], "加工费更多").approved_by


def test_departing_needs_a_reason_and_a_second_person() -> None:
    found = g.judged(brokers(3)).round
    first, second, third = g.entrants(found)
    with pytest.raises(NotAllowed, match="请写明理由"):
        g.chosen(found, [first, third])
    choice = g.chosen(found, [first, third], "第二名所在县已有多人")
    with pytest.raises(NotAllowed, match="不能自己复核"):
        choosing.approve(choice, g.rules(), actor=g.OFFICE, now=g.at(g.AFTER))
    with pytest.raises(NotAllowed, match="要先复核"):
        published(choice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(pk=choice.pk).update(state="ready")
    approved = choosing.approve(choice, g.rules(), actor=g.SECOND, now=g.at(g.AFTER))
    assert (approved.state, approved.approved_by) == ("ready", "second")
    assert second not in set(approved.chosen.values_list("nomination_id", flat=True))


def test_who_loses_eligibility_before_the_decision_does_not_win() -> None:
    found = g.judged(brokers(1)).round
    choice = published(g.chosen(found, g.entrants(found)))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lishui_draft.fee SET amount = 999999.99 WHERE broker = %s", [B])
    with pytest.raises(NotAllowed, match="已不符合条件"):
        confirm(choice)
    assert (
        queries.newest_receipts([choice.chosen.get().nomination])[choice.chosen.get().nomination_id].outcome
        == "ineligible"
    )


# --- Notice, decision, money ---


def test_the_whole_way_to_register_and_treasury() -> None:
    found = g.judged(brokers(2)).round
    choice = published(g.chosen(found, g.entrants(found)))
    notice = noticed.find_by_key(choice.notice)
    assert notice is not None
    assert (notice.days, [line.shown for line in noticed.list_lines(notice)]) == (5, ["张*纪"] * 2)
    charge = Charge("city-finance", 2024, g.CITY)
    with pytest.raises(NotAllowed, match="不能自己确定"):
        confirm(choice, g.OFFICE)
    with pytest.raises(NotAllowed, match="没有满期"):
        confirm(choice, day=date(2024, 1, 29))
    with pytest.raises(Short):
        confirm(choice, fund="city-finance", fund_year=2024)
    assert not Chosen.objects.exclude(win=None).exists()
    give(g.PACK, charge, "city", Decimal("20000.00"), Paper("预算", "样财〔2024〕1号"), by="finance", now=g.at(OVER))
    done = confirm(choice, fund="city-finance", fund_year=2024, told_for=10)
    assert confirm(choice, fund="city-finance", fund_year=2024).pk == done.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT award, year, unit, value, form FROM lishui_draft.award_win ORDER BY broker")
        assert cursor.fetchall() == [("leading_broker", 2023, g.HERE, Decimal("10000.00"), "cash")] * 2
    assert [one.amount for one in list_payments_of(f"award:{found.pk}")] == [Decimal("10000.00")] * 2
    assert available(g.PACK, charge) == 0
    assert Round.objects.get(pk=found.pk).state == Round.State.CONFIRMED


def test_a_county_is_never_charged_for_an_award() -> None:
    found = g.judged(brokers(1)).round
    assert confirming.charge_of(g.rules(), found, "city-finance", 2024).area == g.CITY
    with pytest.raises(NotAllowed, match="不能用这项资金"):
        confirming.charge_of(g.rules(), found, "city-county-finance", 2024)


def test_an_objection_that_is_upheld_leads_back_to_choosing() -> None:
    found = g.judged(brokers(2)).round
    choice = published(g.chosen(found, g.entrants(found)))
    notice = noticed.find_by_key(choice.notice)
    assert notice is not None
    said = objecting.Said("k", "他没有付工钱", "13800000000")
    made = objecting.object_to(notice, said, address="10.0.0.1", today=g.AFTER, now=g.at(g.AFTER))
    objecting.answer(made, upheld=True, reasons="情况属实", by="second", now=g.at(g.AFTER))
    with pytest.raises(NotAllowed, match="异议成立"):
        confirm(choice)
    choosing.set_aside(choice, g.rules(), "异议成立", actor=g.OFFICE, today=OVER, now=g.at(OVER))
    assert Round.objects.get(pk=found.pk).state == Round.State.CHOOSING
    first, second = g.entrants(found)
    assert g.chosen(found, [second], "第一名异议成立").pk != choice.pk


def test_what_was_said_and_seen_stays() -> None:
    found = g.judged(brokers(1)).round
    g.chosen(found, g.entrants(found))
    for table in ("receipt", "ballot", "ballotline"):
        for act in ("UPDATE awards_{} SET id = id", "DELETE FROM awards_{}"):
            with (
                pytest.raises(DatabaseError, match="only ever added"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(act.format(table))


def test_a_cancelled_round_may_be_opened_anew() -> None:
    found = g.opened()
    with pytest.raises(NotAllowed, match="原因"):
        opening.cancel(found.pk, g.rules(), " ", actor=g.OFFICE)
    opening.cancel(found.pk, g.rules(), "文件有误", actor=g.OFFICE)
    assert g.opened(voters=2).pk != found.pk
