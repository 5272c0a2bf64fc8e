"""Commitments: set aside once, let go, lowered, asked back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit.queries import Asked, events
from luoshi.office.treasury import actions, payees, queries
from luoshi.office.treasury.deciding import Charge, Payee, Subject
from luoshi.office.treasury.errors import NoReason, Short, WrongAmount, WrongDecision, WrongStep
from luoshi.office.treasury.models import ClawBack, Commitment, Entry
from tests.office.treasury.place import (
    CHARGE,
    COUNTY,
    FINANCE,
    NEIGHBOUR,
    NOW,
    PACK,
    citizen,
    commit,
    decision,
    give,
    returned,
    sent,
    take_back,
)

pytestmark = pytest.mark.usefixtures("ground", "database")


def free() -> Decimal:
    return queries.available(PACK, CHARGE)


def held(kind: str) -> Decimal:
    found = queries.find_fund(Scope(""), PACK, CHARGE)
    assert found is not None
    return found.of(kind)


def test_a_decision_sets_its_money_aside() -> None:
    give(800)
    made = actions.commit(decision(1), by="decider", now=NOW)
    assert (free(), held("committed")) == (300, 500)
    assert (made.state, made.amount, made.clause) == ("due", 500, "2/3/p2")
    assert events("", asked=Asked(subject="case:1"))[0].basis == "样人社发〔2021〕5号"


def test_the_same_decision_twice_is_one() -> None:
    give(800)
    first = actions.commit(decision(1, key="k"), by="decider", now=NOW)
    again = actions.commit(decision(1, "700.00", key="k"), by="other", now=NOW)
    assert (again.id, again.amount, free()) == (first.id, 500, 300)
    both = actions.commit_all([decision(2, "100.00", key="l")] * 2, by="decider", now=NOW)
    assert (both[0].id, free(), Entry.objects.count()) == (both[1].id, 200, 3)


def test_all_of_a_list_or_none() -> None:
    give(1400)
    with pytest.raises(Short) as short:
        commit(range(3))
    assert short.value.gap == 100
    assert not Commitment.objects.exists()
    assert free() == 1400
    assert len(commit(range(2))) == 2


def test_a_shortage_names_who_covers_it_in_order() -> None:
    poor = Charge("provincial-entrepreneurship", 2021, COUNTY)
    wanted = replace(
        decision(1), measure="returnee-founder-grant", charge=poor, subject=Subject("workshop", 1, COUNTY, "样例车间")
    )
    with pytest.raises(Short) as short:
        actions.commit(wanted, by="decider", now=NOW)
    assert (short.value.gap, short.value.covers) == (500, ("city", "county"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": Decimal("0")}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"measure": "none"}, "measure"),
        ({"charge": Charge("none", 2021, COUNTY)}, "fund"),
        ({"charge": Charge("east-west", 2021, COUNTY)}, "fund"),
        ({"payee": Payee(" ")}, "payee"),
        ({"case": ""}, "case"),
        ({"basis": ""}, "basis"),
        ({"decided_by": " "}, "decided_by"),
        ({"key": "k" * 161}, "key"),
        ({"subject": Subject("none", 1, COUNTY)}, "subject"),
    ],
)
def test_a_decision_that_cannot_be_names_what_is_wrong(change: dict[str, object], field: str) -> None:
    give(800)
    with pytest.raises(WrongDecision) as wrong:
        actions.commit(replace(decision(1), **change), by="decider", now=NOW)  # type: ignore[arg-type] # as given
    assert wrong.value.fields == (field,)


def test_numbers_are_kept_sealed() -> None:
    give(800)
    made = commit([1])[0]
    kept = bytes(made.payee.closed_id) + bytes(made.payee.closed_account) + bytes(made.closed_subject)
    assert citizen(1).encode() not in kept
    assert "样例1".encode() not in bytes(made.closed_subject)
    paid = queries.list_payments_of("case:1")[0]
    assert (paid.account, paid.state, paid.amount) == ("6**************1"[0] + "*" * 14 + "1", "due", 500)


def test_what_is_released_is_free_again() -> None:
    give(500)
    made = commit([1])[0]
    for _twice in range(2):
        actions.release(made.id, "申请人放弃", by=FINANCE, now=NOW)
    assert (free(), held("committed")) == (500, 0)
    assert queries.list_payments_of("case:1")[0].state == "released"
    with pytest.raises(WrongStep):
        actions.lower(made.id, Decimal(1), "改", by=FINANCE, now=NOW)


def test_a_commitment_only_falls() -> None:
    give(500)
    made = commit([1])[0]
    actions.lower(made.id, Decimal("450.50"), "核减", by=FINANCE, now=NOW)
    assert (free(), held("committed")) == (Decimal("49.50"), Decimal("450.50"))
    with pytest.raises(WrongAmount):
        actions.lower(made.id, Decimal("450.51"), "核增", by=FINANCE, now=NOW)
    for change in ({"amount": 500}, {"original": 900}, {"measure": "x"}, {"case": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Commitment.objects.filter(id=made.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Commitment.objects.all().delete()


@pytest.mark.parametrize("reason", ["", "  "])
def test_money_is_let_go_for_a_reason(reason: str) -> None:
    give(500)
    made = commit([1])[0]
    with pytest.raises(NoReason):
        actions.release(made.id, reason, by=FINANCE, now=NOW)
    assert Commitment.objects.get().state == "due"


def test_what_is_on_a_list_is_not_let_go() -> None:
    give(500)
    made = commit([1])[0]
    sent()
    for step in (
        lambda: actions.release(made.id, "放弃", by=FINANCE, now=NOW),
        lambda: actions.lower(made.id, Decimal(1), "改", by=FINANCE, now=NOW),
        lambda: actions.demand_back(made.id, Decimal(1), "多发", date(2021, 5, 1), by=FINANCE, now=NOW),
        lambda: payees.replace(made, Payee("另一人"), "改", by=FINANCE, now=NOW),
    ):
        with pytest.raises(WrongStep):
            step()


def test_paid_money_comes_back_or_is_written_off() -> None:
    give(500)
    made = commit([1])[0]
    batch = sent()
    take_back(batch, returned(batch))
    back = actions.demand_back(made.id, Decimal(300), "已去世", date(2021, 5, 1), by=FINANCE, now=NOW)
    assert (held("paid"), held("due_back")) == (200, 300)
    with pytest.raises(WrongAmount):
        actions.demand_back(made.id, Decimal("200.01"), "已去世", date(2021, 5, 1), by=FINANCE, now=NOW)
    actions.receive(back.id, Decimal(100), "收据 7", by=FINANCE, now=NOW)
    actions.write_off(back.id, Decimal(150), "样县府〔2021〕9号", by=FINANCE, now=NOW)
    with pytest.raises(WrongAmount):
        actions.receive(back.id, Decimal("50.01"), "收据 8", by=FINANCE, now=NOW)
    with pytest.raises(NoReason):
        actions.write_off(back.id, Decimal(1), "", by=FINANCE, now=NOW)
    assert (free(), held("due_back"), held("written_off")) == (100, 50, 150)
    assert ClawBack.objects.get().owed == 50


def test_nobody_reads_the_commitments_of_a_neighbour() -> None:
    give(500)
    made = commit([1])[0]
    assert queries.find_commitment(Scope(COUNTY), made.id) == made
    assert queries.find_commitment(Scope(NEIGHBOUR), made.id) is None
    assert queries.commitments_of(Scope(NEIGHBOUR), PACK, made.measure) == []
    assert queries.find_fund(Scope(NEIGHBOUR), PACK, CHARGE) is None
    assert queries.list_funds(Scope(NEIGHBOUR), [PACK]) == []
