"""A batch from its list to the bank and back, with every way back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from luoshi.office.accounts.actions import open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.persons import name_person
from luoshi.office.accounts.roles import Scope
from luoshi.office.treasury import actions, bank_files, failing, listing, payees, proving, queries, settling, stepping
from luoshi.office.treasury.deciding import Payee
from luoshi.office.treasury.errors import FindingsOpen, NoReason, NotPayer, SamePerson, WrongStep
from luoshi.office.treasury.models import Batch, Commitment, Failure, Line, LineFinding
from tests.office.treasury.place import (
    CHARGE,
    CHECKER,
    COUNTY,
    FINANCE,
    MAKER,
    NEIGHBOUR,
    NOW,
    PACK,
    approved,
    citizen,
    commit,
    decision,
    give,
    listed,
    returned,
    sent,
    settle,
    take_back,
)

pytestmark = pytest.mark.usefixtures("ground", "database")


def held() -> dict[str, Decimal]:
    found = queries.find_fund(Scope(""), PACK, CHARGE)
    assert found is not None
    return {kind: amount for kind, amount in found.sums.items() if amount and kind != "source"}


def states() -> list[str]:
    return list(Commitment.objects.order_by("id").values_list("state", flat=True))


def test_a_batch_goes_to_the_bank_and_back() -> None:
    give(1500)
    commit([1, 2, 3])
    batch = listed()
    assert (batch.state, batch.count, batch.total) == ("made", 3, 1500)
    assert held() == {"committed": 1500}
    batch = settle(batch)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    stepping.approve(batch.id, by=FINANCE, now=NOW)
    assert held() == {"paying": 1500}
    bank_files.send(batch.id, by=FINANCE, now=NOW)
    batch = Batch.objects.select_related("layout").get()
    take_back(batch, returned(batch, lambda line: line.number == 2))
    assert held() == {"paid": 1000, "returned": 500}
    assert states() == ["paid", "failed", "paid"]
    failure = Failure.objects.get()
    assert (failure.owner, failure.due, failure.line.problem) == (MAKER, date(2021, 3, 8), "账号不存在")
    paid = queries.list_payments_of("case:1")[0]
    assert (paid.state, paid.batch, paid.line, paid.paid_on) == ("paid", batch.id, 1, date(2021, 3, 1))
    assert proving.compare()[1] == []


def test_the_same_is_not_listed_twice() -> None:
    give(1000)
    commit([1])
    listed()
    commit([2])
    second = listed()
    assert (second.count, listed().state) == (1, "empty")
    with pytest.raises(DatabaseError), transaction.atomic():
        line = Line.objects.first()
        assert line is not None
        Line.objects.create(
            batch=second, number=9, commitment_id=line.commitment_id, payee_id=line.payee_id, amount=500
        )


def test_asking_twice_is_one_batch() -> None:
    give(500)
    commit([1])
    wanted = listing.Wanted(PACK, "post-allowance-province", COUNTY)
    layout = listed().layout
    first = listing.ask(wanted, layout, by=MAKER, now=NOW)
    assert listing.ask(wanted, layout, by=MAKER, now=NOW).id == first.id
    assert listing.ask(wanted, layout, by=CHECKER, now=NOW).id != first.id


def test_a_batch_lists_its_area_and_period_only() -> None:
    give(1500)
    commit([1], period="2021-01")
    commit([2], period="2021-02")
    assert listed(NEIGHBOUR).state == "empty"
    batch = listed(period="2021-02")
    assert [line.commitment.period for line in queries.lines_of(batch)] == ["2021-02"]
    assert queries.find_batch(Scope(NEIGHBOUR), batch.id) is None
    assert queries.list_batches(Scope(NEIGHBOUR), [PACK]) == [Batch.objects.get(area=NEIGHBOUR)]


def test_a_level_below_those_who_pay_makes_no_batch() -> None:
    for area in (COUNTY, COUNTY[:4]):
        assert listed(area).area == area
    with pytest.raises(NotPayer):
        listed(f"{COUNTY}103")


def test_two_accounts_of_one_person_are_not_two_people() -> None:
    for name, number in ((MAKER, 0), (CHECKER, 1), (FINANCE, 2), ("clerk", 0)):
        name_person(open_account(name, name, "a-long-sentence-7", by="t"), citizen(number), by="t")
    give(500)
    commit([5])
    batch = settle(listed())
    stepping.submit(batch.id, by=MAKER, now=NOW)
    with pytest.raises(SamePerson):
        stepping.check(batch.id, by="clerk", now=NOW)
    with pytest.raises(SamePerson):
        stepping.send_back(batch.id, "再看看", by="clerk")
    stepping.check(batch.id, by=CHECKER, now=NOW)
    with pytest.raises(SamePerson):
        stepping.approve(batch.id, by="clerk", now=NOW)
    with pytest.raises(IntegrityError, match="one person twice in treasury_batch"), transaction.atomic():
        Batch.objects.filter(id=batch.id).update(state="approved", approved_by="clerk")
    stepping.approve(batch.id, by=FINANCE, now=NOW)
    name_person(User.objects.get(username=FINANCE), citizen(0), by="t")
    bank_files.send(batch.id, by=FINANCE, now=NOW)  # what was approved before anybody knew goes its way
    assert states() == ["sent"]


def test_three_people_and_no_two_of_them_the_same() -> None:
    give(500)
    commit([1])
    batch = settle(listed())
    with pytest.raises(SamePerson):
        stepping.submit(batch.id, by=CHECKER, now=NOW)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    with pytest.raises(SamePerson):
        stepping.check(batch.id, by=MAKER, now=NOW)
    with pytest.raises(WrongStep):
        stepping.approve(batch.id, by=FINANCE, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    for same in (MAKER, CHECKER):
        with pytest.raises(SamePerson):
            stepping.approve(batch.id, by=same, now=NOW)
    for same in (MAKER, CHECKER):
        with pytest.raises(IntegrityError, match="batch_passes_three_people"), transaction.atomic():
            Batch.objects.filter(id=batch.id).update(state="approved", approved_by=same)
    with pytest.raises(DatabaseError), transaction.atomic():
        Batch.objects.filter(id=batch.id).update(state="sent", approved_by=FINANCE)


def test_a_finding_stops_its_line_until_somebody_says_why() -> None:
    give(500)
    commit([1])
    batch = listed()
    with pytest.raises(FindingsOpen):
        stepping.submit(batch.id, by=MAKER, now=NOW)
    finding = LineFinding(line=Line.objects.get(), check_id="twice")
    finding.save()
    with pytest.raises(NoReason):
        settling.keep(finding, " ", by=MAKER, now=NOW)
    settle(batch)
    stepping.submit(batch.id, by=MAKER, now=NOW)
    with pytest.raises(WrongStep):
        settling.keep(finding, "已核对", by=MAKER, now=NOW)
    with pytest.raises(WrongStep):
        settling.stop(finding.line, "已核对", by=MAKER, now=NOW)


def test_a_stopped_line_is_due_again() -> None:
    give(1000)
    commit([1, 2])
    batch = listed()
    line = Line.objects.get(number=1)
    for _twice in range(2):
        settling.stop(line, "需要核实", by=MAKER, now=NOW)
    batch.refresh_from_db()
    assert (batch.count, batch.total, states()) == (1, 500, ["due", "listed"])
    assert listed().count == 1


def test_what_is_sent_back_is_checked_again_only_if_it_changed() -> None:
    give(1000)
    commit([1, 2])
    batch = settle(listed())
    stepping.submit(batch.id, by=MAKER, now=NOW)
    stepping.check(batch.id, by=CHECKER, now=NOW)
    stepping.send_back(batch.id, "缺附件", by=FINANCE)
    assert stepping.submit(batch.id, by=MAKER, now=NOW).state == "checked"
    stepping.send_back(batch.id, "第一行有疑问", by=FINANCE)
    settling.stop(Line.objects.get(number=1), "停发", by=MAKER, now=NOW)
    again = stepping.submit(batch.id, by=MAKER, now=NOW)
    assert (again.state, again.checked_by, again.reason) == ("submitted", None, "")


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_batch_is_withdrawn_before_the_bank(is_approved: bool) -> None:
    give(500)
    commit([1])
    batch = approved() if is_approved else settle(listed())
    with pytest.raises(SamePerson):
        stepping.withdraw(batch.id, "有误", by=MAKER if is_approved else FINANCE, now=NOW)
    stepping.withdraw(batch.id, "有误", by=FINANCE if is_approved else MAKER, now=NOW)
    assert (held(), states()) == ({"committed": 500}, ["due"])
    assert sent().count == 1
    with pytest.raises(WrongStep):
        stepping.withdraw(Batch.objects.get(state="sent").id, "有误", by=FINANCE, now=NOW)
    assert proving.compare()[1] == []


def test_a_list_is_frozen() -> None:
    give(1000)
    commit([1])
    batch = listed()
    line = Line.objects.get()
    for change in ({"amount": 1}, {"number": 2}, {"payee_id": line.payee_id + 1}, {"state": "paid", "paid_on": NOW}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Line.objects.filter(id=line.id).update(**change)
    other = commit([2])[0]
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Line.objects.create(batch=batch, number=2, commitment=other, payee=other.payee, amount=500)
    with pytest.raises(DatabaseError), transaction.atomic():
        Batch.objects.filter(id=batch.id).update(area=NEIGHBOUR)


def failed_one() -> Commitment:
    """A payment that the bank has returned."""
    give(1000)
    made = commit([1, 2])[0]
    batch = sent()
    take_back(batch, returned(batch, lambda line: line.number == 1))
    return Commitment.objects.get(id=made.id)


def test_a_failure_is_paid_again_once_it_is_put_right() -> None:
    made = failed_one()
    assert listed(corrects=True).state == "empty"
    failing.assign(Failure.objects.get().id, CHECKER, date(2021, 4, 1), by=MAKER)
    right = Payee("样例1", citizen(1), "6217999999999", "样例银行")
    payees.replace(made, right, "更正账号", by=CHECKER, now=NOW)
    assert listed().state == "empty"
    batch = sent(corrects=True)
    assert (batch.count, batch.total, held()) == (1, 500, {"paid": 500, "paying": 500})
    take_back(batch, returned(batch))
    assert (held(), states()) == ({"paid": 1000}, ["paid", "paid"])
    failure = Failure.objects.get()
    assert (failure.state, failure.owner, failure.due) == ("paid_again", CHECKER, date(2021, 4, 1))
    assert listed(corrects=True).state == "empty"
    assert proving.compare()[1] == []


def test_a_correction_never_pays_more_than_failed() -> None:
    made = failed_one()
    actions.lower(made.id, Decimal(400), "核减", by=FINANCE, now=NOW)
    failing.mark_ready(Failure.objects.get().id, "账号已核对", by=MAKER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Commitment.objects.filter(id=made.id).update(amount=600)
    batch = sent(corrects=True)
    assert batch.total == 400
    take_back(batch, returned(batch, lambda line: True))
    assert held() == {"paid": 500, "budget": 100, "returned": 400}
    assert sorted(Failure.objects.values_list("state", flat=True)) == ["failed_again", "open"]
    actions.release(made.id, "不再支付", by=FINANCE, now=NOW)
    assert held() == {"paid": 500, "budget": 500}
    assert queries.open_failures(Scope(COUNTY)).count() == 0
    assert proving.compare()[1] == []


def test_a_withdrawn_correction_is_on_its_desk_again() -> None:
    failed_one()
    failing.mark_ready(Failure.objects.get().id, "账号已核对", by=MAKER)
    batch = approved(corrects=True)
    stepping.withdraw(batch.id, "有误", by=FINANCE, now=NOW)
    assert (held(), states()) == ({"paid": 500, "returned": 500}, ["failed", "paid"])
    assert not Failure.objects.get().is_ready
    assert proving.compare()[1] == []


def test_a_failure_of_a_neighbour_is_not_found() -> None:
    failed_one()
    number = Failure.objects.get().id
    assert queries.find_failure(Scope(COUNTY), number) is not None
    assert queries.find_failure(Scope(NEIGHBOUR), number) is None


def test_a_batch_pays_what_was_decided() -> None:
    give(600)
    actions.commit_all([decision(1, "599.99"), decision(2, "0.01")], by="decider", now=NOW)
    batch = listed()
    assert [line.amount for line in queries.lines_of(batch)] == [Decimal("599.99"), Decimal("0.01")]
    assert batch.digest == listing.totals_of(batch).digest
