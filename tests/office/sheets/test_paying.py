"""The list of a month: who is due, what is nought, what is missing and so blocks, and that money is set aside once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.office.registry import revising
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library
from luoshi.office.sheets import actions, paying, queries
from luoshi.office.sheets.desks import Actor
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.paying import BLOCKED, COMMITTED, DUE, REFUSED, UNKNOWN, ZERO, Roll
from luoshi.office.treasury import actions as treasury
from luoshi.office.treasury import budgets
from luoshi.office.treasury import queries as payments
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import Short
from tests.office.sheets.place import (
    ATTENDANCE,
    CADRE,
    CITY,
    COUNTY,
    IDS,
    LABOUR,
    MARCH,
    NEIGHBOUR,
    NOW,
    PACK,
    VILLAGE,
    VILLAGER,
    Place,
    given,
    moment,
    opened,
    settle,
    with_posts,
)

pytestmark = pytest.mark.usefixtures("database")
MORE = {"cy": "621102198001010051"}


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def place(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_posts(found, IDS)
    with_posts(found, MORE, village=NEIGHBOUR)
    return found


def roll(place: Place, area: str = COUNTY) -> Roll:
    return paying.roll_of(place.pack, place.pack.sheets[ATTENDANCE], area, MARCH)


def states(place: Place, area: str = COUNTY) -> dict[str, str]:
    names = {place.ids[f"{name}-holding"]: name for name in ("an", "bo", "cy")}
    return {names[one.line.owner]: one.state for one in roll(place, area).lines}


def confirmed(place: Place, **served: str) -> None:
    sheet = opened(place)
    actions.enter(
        sheet, [given(place.ids[f"{name}-holding"], served=text) for name, text in served.items()], moment(VILLAGER)
    )
    actions.hand_in(sheet, moment(VILLAGER))
    actions.confirm(sheet, moment(CADRE))


def fund(amount: str) -> None:
    charge = Charge("city-post-money", 2020, CITY)
    paper = budgets.Paper("年初预算", "样财〔2020〕1号")
    budgets.give(PACK, charge, "city", Decimal(amount), paper, by="treasurer", now=NOW)


def test_missing_blocks_and_nought_is_nought(place: Place) -> None:
    opened(place)
    assert set(states(place).values()) == {BLOCKED}
    confirmed(place, an="true", bo="false")
    assert states(place) == {"an": DUE, "bo": ZERO, "cy": BLOCKED}
    found = roll(place)
    assert (found.total, [one.measure.id for one in found.of(DUE) if one.measure]) == (
        Decimal("500.00"),
        ["post-allowance-city"],
    )
    assert states(place, VILLAGE) == {"an": DUE, "bo": ZERO}


def correct(place: Place, register: str, called: str, version: int, **cells: date | int | None) -> None:
    table, tables = table_of(place.pack, register), tables_of([place.pack])
    basis = Basis("tester", NOW, "test", "test")
    revising.correct(table, tables, place.ids[called], cells, basis, scope_prefix="", expected_version=version)


def test_who_is_not_entitled_and_of_whom_a_fact_is_missing(place: Place) -> None:
    confirmed(place, an="true")
    correct(place, "post_holding", "an-holding", 1, stopped_date=date(2020, 2, 1))
    assert states(place)["an"] == REFUSED
    correct(place, "post_holding", "an-holding", 2, stopped_date=None)
    assert states(place)["an"] == DUE
    correct(place, "public_post", "an-post", 1, fund=None)
    assert states(place)["an"] == UNKNOWN


def test_money_is_set_aside_once(place: Place) -> None:
    confirmed(place, an="true", bo="false")
    fund("10000.00")
    assert paying.commit(roll(place), "样人社〔2020〕3号", moment(LABOUR)) == 1
    assert states(place) == {"an": COMMITTED, "bo": ZERO, "cy": BLOCKED}
    with pytest.raises(SheetError, match="nothing"):
        paying.commit(roll(place), "样人社〔2020〕3号", moment(LABOUR))
    (one,) = roll(place).of(COMMITTED)
    assert one.payment is not None and (one.payment.amount, one.payment.period) == (Decimal("500.00"), "2020-03")
    assert queries.list_steps(queries.list_sheets(PACK, VILLAGE).get())[0].kind == "committed"
    treasury.release(one.payment.commitment, "写错了", by="labour", now=NOW)
    assert states(place)["an"] == DUE
    assert paying.commit(roll(place), "样人社〔2020〕4号", moment(LABOUR)) == 1


def test_two_who_commit_the_same_list_commit_it_once(place: Place) -> None:
    confirmed(place, an="true")
    fund("10000.00")
    first, second = roll(place), roll(place)
    paying.commit(first, "样人社〔2020〕3号", moment(LABOUR))
    paying.commit(second, "样人社〔2020〕3号", moment(replace(LABOUR, name="another")))
    case = f"sheet:{PACK}/{ATTENDANCE}/2020-03/{place.ids['an-holding']}"
    assert len(payments.list_payments_of(case)) == 1


def test_short_money_sets_nothing_aside(place: Place) -> None:
    confirmed(place, an="true")
    fund("400.00")
    with pytest.raises(Short):
        paying.commit(roll(place), "样人社〔2020〕3号", moment(LABOUR))
    assert states(place)["an"] == DUE


STRANGERS = [CADRE, VILLAGER, replace(LABOUR, department="finance"), replace(LABOUR, area="621123")]


@pytest.mark.parametrize("actor", STRANGERS, ids=lambda actor: f"{actor.name} {actor.area} {actor.department}")
def test_only_who_decides_in_the_procedure_settles_the_list(place: Place, actor: Actor) -> None:
    confirmed(place, an="true")
    with pytest.raises(SheetError, match="desk"):
        paying.commit(roll(place), "样人社〔2020〕3号", moment(actor))
    with pytest.raises(SheetError, match="note"):
        paying.commit(roll(place), " ", moment(LABOUR))
