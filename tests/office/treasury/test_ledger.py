"""The ledger: what the database holds by itself, and what budgets may and may not do."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luoshi.office.accounts.roles import Scope
from luoshi.office.audit.queries import Asked, events
from luoshi.office.treasury import budgets, queries
from luoshi.office.treasury.budgets import Paper
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import (
    NeverCharged,
    NoReason,
    Short,
    WrongAmount,
    WrongDecision,
    WrongStep,
    YearClosed,
)
from luoshi.office.treasury.models import Account, Entry, EntryLine
from luoshi.office.treasury.posting import Place, Posting, post
from tests.office.treasury.place import CHARGE, CITY, COUNTY, FINANCE, FUND, NEIGHBOUR, NOW, PACK, PAPER, commit, give

pytestmark = pytest.mark.usefixtures("ground", "database")
BUDGET = Place(PACK, FUND, 2021, COUNTY, "budget")
SOURCE = Place(PACK, FUND, 2021, COUNTY, "source", "province")
CITYS = Charge(FUND, 2021, CITY)


def balance(kind: str, charge: Charge = CHARGE) -> Decimal:
    found = queries.find_fund(Scope(""), PACK, charge)
    assert found is not None
    return found.of(kind)


def test_money_that_is_given_can_be_committed() -> None:
    give("1000.50")
    assert queries.available(PACK, CHARGE) == Decimal("1000.50")
    assert balance("source") == Decimal("-1000.50")
    entry = Entry.objects.get()
    assert (entry.document, entry.by) == (PAPER.document, FINANCE)
    event = events("", asked=Asked(subject=f"fund:{PACK}/{FUND}/2021"))[0]
    assert (event.id, event.action, event.basis) == (entry.event, "ledger.budget", PAPER.document)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1E+20"])
def test_what_is_no_sum_of_money_is_not_given(amount: str) -> None:
    with pytest.raises(WrongAmount):
        give(amount)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("paper", [Paper("", "样财发〔2021〕1号"), Paper("下达", " ")])
def test_money_moves_for_a_reason_and_on_a_paper(paper: Paper) -> None:
    with pytest.raises(NoReason):
        budgets.give(PACK, CHARGE, "province", Decimal(1), paper, by=FINANCE, now=NOW)


def test_an_entry_that_does_not_balance_is_refused_by_the_database() -> None:
    lines = ((SOURCE, Decimal(-5)), (BUDGET, Decimal(4)))
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        post(Posting("budget", "r", "d", lines), by=FINANCE, now=NOW)


def test_a_line_cannot_be_added_to_an_entry_later() -> None:
    give(10)
    line = EntryLine.objects.first()
    assert line is not None
    other = Account.objects.create(pack_id=PACK, fund=FUND, year=2021, area=CITY, kind="budget")
    more = Account.objects.create(pack_id=PACK, fund=FUND, year=2021, area=CITY, kind="source")
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        EntryLine.objects.create(entry_id=line.entry_id, account=other, amount=1)
        EntryLine.objects.create(entry_id=line.entry_id, account=more, amount=-1)
        connection.check_constraints()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treasury_entry SET reason = 'x'",
        "DELETE FROM treasury_entryline",
        "UPDATE treasury_entryline SET amount = 1",
        "TRUNCATE treasury_entry CASCADE",
        "UPDATE treasury_account SET balance = 1000000",
        "DELETE FROM treasury_account",
        "INSERT INTO treasury_account (pack_id, fund, year, area, kind, holder, balance)"
        " VALUES ('p', 'f', 2021, '62', 'budget', '', 5)",
        "UPDATE treasury_account SET area = '33'",
    ],
)
def test_the_ledger_is_only_ever_added_to(statement: str) -> None:
    give(10)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_account_falls_below_zero() -> None:
    give(10)
    lines = ((BUDGET, Decimal("-10.01")), (Place(PACK, FUND, 2021, COUNTY, "paid"), Decimal("10.01")))
    with pytest.raises(Short) as short:
        post(Posting("other", "r", "d", lines), by=FINANCE, now=NOW)
    assert short.value.gap == Decimal("0.01")
    assert balance("budget") == 10


def test_money_is_handed_down_and_not_more_than_there_is() -> None:
    give(100, CITYS)
    budgets.hand_down(PACK, CITYS, COUNTY, Decimal(60), PAPER, by=FINANCE, now=NOW)
    assert (balance("budget", CITYS), balance("budget")) == (40, 60)
    with pytest.raises(Short):
        budgets.hand_down(PACK, CITYS, COUNTY, Decimal(41), PAPER, by=FINANCE, now=NOW)


@pytest.mark.parametrize("area", [COUNTY, CITY, "33", NEIGHBOUR])
def test_money_is_handed_down_only(area: str) -> None:
    give(100)
    with pytest.raises(WrongDecision):
        budgets.hand_down(PACK, CHARGE, area, Decimal(1), PAPER, by=FINANCE, now=NOW)


def test_a_fund_takes_the_money_of_its_payer_and_of_who_covers_it_only() -> None:
    entrepreneurs = Charge("provincial-entrepreneurship", 2021, COUNTY)
    for tier in ("province", "city", "county"):
        give(1, entrepreneurs, tier)
    for tier in ("central", "township", "society", "nobody"):
        with pytest.raises(NeverCharged):
            give(1, entrepreneurs, tier)


def test_the_city_pays_its_prizes_and_no_county_does() -> None:
    prizes = Charge("city-finance", 2023, "3311")
    budgets.give("lishui-draft", prizes, "city", Decimal(5), PAPER, by=FINANCE, now=NOW)
    for tier in ("county", "township", "province"):
        with pytest.raises(NeverCharged):
            budgets.give("lishui-draft", prizes, tier, Decimal(5), PAPER, by=FINANCE, now=NOW)


def test_an_entry_is_reversed_once() -> None:
    give(10)
    entry = Entry.objects.get()
    budgets.reverse(entry.id, Paper("录错", "样财发〔2021〕2号"), by=FINANCE, now=NOW)
    assert balance("budget") == 0
    with pytest.raises(WrongStep):
        budgets.reverse(entry.id, PAPER, by=FINANCE, now=NOW)


def test_what_is_committed_is_not_reversed_away() -> None:
    give(500)
    entry = Entry.objects.get()
    commit([1])
    with pytest.raises(Short):
        budgets.reverse(entry.id, PAPER, by=FINANCE, now=NOW)
    with pytest.raises(WrongStep):
        budgets.reverse(Entry.objects.get(kind="commit").id, PAPER, by=FINANCE, now=NOW)


@pytest.mark.parametrize(("how", "following", "outside"), [("carry", 70, 0), ("return", 0, 70)])
def test_at_the_end_of_a_year_what_is_free_goes_on_or_back(how: str, following: int, outside: int) -> None:
    give(570)
    commit([1])
    budgets.close_year(PACK, CHARGE, how, PAPER, by=FINANCE, now=NOW)
    assert balance("budget", Charge(FUND, 2022, COUNTY)) == following
    assert (balance("budget"), balance("committed"), balance("outside")) == (0, 500, outside)
    for closed in (lambda: give(1), lambda: commit([2])):
        with pytest.raises(YearClosed):
            closed()
    with pytest.raises(YearClosed):
        budgets.close_year(PACK, CHARGE, how, PAPER, by=FINANCE, now=NOW)


def test_the_trial_balance_comes_to_nothing() -> None:
    give(600)
    commit([1])
    rows = queries.trial_balance(Scope(COUNTY), [PACK])
    assert rows == [("source", 0, 600), ("budget", 100, 0), ("committed", 500, 0)]
    assert queries.trial_balance(Scope(NEIGHBOUR), [PACK]) == []


def test_idle_money_is_shown_with_its_age() -> None:
    give(600)
    later = NOW.replace(year=2022)
    assert [(each.account.kind, each.days) for each in queries.idle_money(Scope(COUNTY), [PACK], later)] == [
        ("budget", 365)
    ]
    assert queries.idle_money(Scope(NEIGHBOUR), [PACK], later) == []
