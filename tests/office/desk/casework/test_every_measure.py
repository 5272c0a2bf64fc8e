"""Every measure with money goes over the pages from the application to what the bank answers, desk by desk."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from luoshi.office.awards.models import Round
from luoshi.office.casework import paying
from luoshi.office.casework.models import Claim, Decision
from luoshi.office.casework.routing import Desk
from luoshi.office.sheets.periods import period_of
from luoshi.office.treasury.models import Commitment
from luoshi.office.treasury.queries import list_payments_of
from luoshi.office.worklists.choosing import shut_measures
from luoshi.rulebook.checking.procedures import pays_money
from luoshi.rulebook.model.blocks import Award, Measure, Pack
from tests.office.casework import walking
from tests.office.casework.worked import found_example, laid, laid_alone, refusal
from tests.office.days import on
from tests.office.desk.casework.bank import Money
from tests.office.desk.casework.desks import PACKS, people_at, settle
from tests.office.desk.casework.rounds import RoundWalk
from tests.office.desk.casework.sheets import SheetWalk
from tests.office.desk.casework.walk import Walk
from tests.office.desk.page_forms import form_on


def led(pack: Pack) -> list[Measure]:
    """The measures of a pack that are claimed in cases and come to money."""
    return [
        measure
        for measure in pack.measures.values()
        if measure.procedure and measure.amount is not None and pack.procedures[measure.procedure].has_cases
    ]


MEASURES = [(pack_id, measure.id) for pack_id in PACKS for measure in led(walking.whole(pack_id))]
PRIZES = [
    (pack_id, measure.id)
    for pack_id in PACKS
    for measure in walking.whole(pack_id).measures.values()
    if isinstance(measure, Award) and measure.amount is not None
]
"""What somebody wins in a round."""
BY_SHEET = [
    (pack_id, block.id, name)
    for pack_id in PACKS
    for block in walking.whole(pack_id).sheets.values()
    for name in (block.pays.measures if block.pays else ())
]
"""What is paid by the period, as a sheet says."""


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> Iterator[None]:
    settle()
    yield


def test_all_money_has_a_way() -> None:
    """No measure pays out money without pages on which it is granted."""
    ways = {*MEASURES, *PRIZES, *((pack_id, name) for pack_id, _, name in BY_SHEET)}
    paying_out = {
        (pack_id, measure.id)
        for pack_id in PACKS
        for measure in walking.whole(pack_id).measures.values()
        if pays_money(measure) and measure.funds
    }
    assert paying_out - ways == set()


@pytest.mark.parametrize(("pack_id", "name"), MEASURES, ids=[name for _, name in MEASURES])
def test_a_measure_goes_from_the_application_to_the_bank_and_back(database: None, pack_id: str, name: str) -> None:
    """With the facts of a worked case in which the subject is eligible, or else against the recommendation by two."""
    pack = walking.whole(pack_id)
    measure = pack.measures[name]
    example, subject = found_example(pack, measure)
    assert example.case is not None and example.on is not None
    register, row, own = laid(pack, measure, example, subject)
    if measure.id in shut_measures(pack, example.on):  # its text keeps it closed, and the worked case leaves it so
        with on(example.on) as today, refusal("closed"):
            assert not Walk(pack, measure, today).is_offered(register, row, own)
            walking.take_in(pack, measure, register, row, own, example.on)
        return
    with on(example.on) as today:
        walk = Walk(pack, measure, today)
        walk.take_in(register, row, own)
        walk.to_end()
        page = walk.seen()

    claim, decision = Claim.objects.get(case=walk.case), Decision.objects.get(case=walk.case)
    assert (walk.case.state, walk.case.end, claim.state, decision.result) == ("granted",) * 4
    assert decision.receipt["pack_hash"] == pack.hash
    told = example.expect.get(measure.id) if example.case.subject == measure.register else None
    if isinstance(told, dict) and told.get("outcome") == "eligible":
        missing = decision.receipt["measures"][0]["missing"]
        assert (decision.recommended, decision.departs) == ("eligible", False), missing
        assert claim.amount == Decimal(told["amount"])
    payments = list_payments_of(paying.reference(walk.case))
    is_paid = paying.is_paid(pack, walk.case)
    assert [(one.amount, one.state) for one in payments] == ([(claim.amount, "paid")] if is_paid else [])
    assert ("已支付" in page, claim.paid_on is not None) == (is_paid, is_paid)


@pytest.mark.parametrize(("pack_id", "name"), PRIZES, ids=[name for _, name in PRIZES])
def test_a_prize_goes_from_the_opening_of_its_round_to_the_bank_and_back(
    database: None, pack_id: str, name: str
) -> None:
    pack = walking.whole(pack_id)
    award = pack.measures[name]
    example, subject = found_example(pack, award)
    assert example.on is not None
    row = laid_alone(pack, award, example, subject)
    with on(example.on) as today:
        walk = RoundWalk(pack, award, today)
        walk.to_end(row)
        county = walk.windows[people_at(Desk(walking.VILLAGES[pack_id][:6], "finance"))[0]]
        offered = form_on(county, "/money/batches/", "batch-make").choices["measure"]
        money = Money(pack, award, f"award:{walk.number}")
        money.pay(walk.windows, walk.desk("pay"), today.day)
        page = walk.seen()
    assert Round.objects.get().state == Round.State.CONFIRMED
    assert "已支付" in page
    assert paid(money) == (Decimal(example.expect[name]["amount"]), pack.policy.jurisdiction)
    assert f"{pack_id}/{name}" not in offered


@pytest.mark.parametrize(("pack_id", "block", "name"), BY_SHEET, ids=[name for _, _, name in BY_SHEET])
def test_what_a_sheet_pays_goes_from_the_village_to_the_bank_and_back(
    database: None, pack_id: str, block: str, name: str
) -> None:
    pack = walking.whole(pack_id)
    measure, every = pack.measures[name], pack.sheets[block].every
    example, subject = found_example(pack, measure, lambda day: day == period_of(every, day).end)
    assert example.on is not None
    row = laid_alone(pack, measure, example, subject)
    with on(example.on) as today:
        walk = SheetWalk(pack, measure, pack.sheets[block], today)
        money = Money(pack, measure, walk.to_end(row))
        money.pay(walk.windows, walk.payers, today.day)
    charge = paying.charge(pack, measure.funds[0], walking.VILLAGES[pack_id], example.on)
    assert paid(money) == (Decimal(example.expect[name]["amount"]), charge.area)


def paid(money: Money) -> tuple[Decimal, str]:
    """What somebody has got, and whose money it was."""
    (payment,) = list_payments_of(money.case)
    commitment = Commitment.objects.get(pk=payment.commitment)
    assert payment.state == Commitment.State.PAID
    assert (commitment.measure, commitment.fund) == (money.measure.id, money.measure.funds[0])
    return payment.amount, commitment.fund_area
