"""Sheets are opened, entered, handed in, sent back and confirmed; missing is never nought."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from luoshi.office.registry import revising
from luoshi.office.registry.building import identifier
from luoshi.office.registry.queries import page
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import library
from luoshi.office.sheets import actions, opening, queries
from luoshi.office.sheets.desks import Actor
from luoshi.office.sheets.errors import NotWritten, SheetError
from luoshi.office.sheets.lines import CONFIRMED, ENTERED, MISSING, UNCLEAR, WAITING
from luoshi.office.sheets.models import Entry, Sheet, Step
from luoshi.office.sheets.periods import Period, period_of
from tests.office.sheets.place import (
    ATTENDANCE,
    CADRE,
    FINANCE,
    IDS,
    LABOUR,
    MARCH,
    NEIGHBOUR,
    NOW,
    PACK,
    POVERTY,
    POVERTY_TOO,
    QUARTER,
    SETTLEMENTS,
    SHARES,
    VILLAGE,
    VILLAGER,
    Place,
    given,
    moment,
    opened,
    settle,
    with_posts,
    with_station,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2020, 3, 31)


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def place(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_posts(found, IDS)
    return found


def states(sheet: Sheet) -> dict[int, str]:
    return {line.owner: line.state for line in queries.lines(sheet, TODAY)}


def kept(place: Place, register: str = "post_payment") -> list[dict[str, object]]:
    return [dict(row.cells) for row in page(table_of(place.pack, register), "", []).rows]


def fill(place: Place, sheet: Sheet, **served: str) -> None:
    owners = {name: place.ids[f"{name}-holding"] for name in served}
    taken = actions.enter(sheet, [given(owners[name], served=text) for name, text in served.items()], moment(VILLAGER))
    assert [one.outcome for one in taken] == ["taken"] * len(served)


def test_a_sheet_is_opened_once_for_each_village_with_holders(place: Place) -> None:
    block = place.pack.sheets[ATTENDANCE]
    assert opening.open_sheets(place.pack, block, MARCH, NOW) == 1
    assert opening.open_sheets(place.pack, block, MARCH, NOW) == 0
    sheet = Sheet.objects.get()
    assert (sheet.area, sheet.period.name, sheet.due_on) == (VILLAGE, "2020-03", date(2020, 4, 8))
    assert set(states(sheet).values()) == {MISSING}
    assert opening.open_sheets(place.pack, block, period_of("month", date(2019, 12, 1)), NOW) == 0


def test_only_who_served_during_the_month_is_asked_about(place: Place) -> None:
    basis = Basis("tester", NOW, "left", "test")
    table, owner = table_of(place.pack, "post_holding"), place.ids["an-holding"]
    revising.correct(
        table, tables_of([place.pack]), owner, {"end_date": date(2020, 3, 1)}, basis, scope_prefix="",
        expected_version=1,
    )  # fmt: skip
    assert states(opened(place)) == {place.ids["bo-holding"]: MISSING}


def test_who_it_is_not_known_of_is_asked_about(place: Place) -> None:
    owner = place.ids["an-holding"]
    table = identifier(table_of(place.pack, "post_holding").name)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("UPDATE {} SET start_date = NULL WHERE id = {}").format(table, owner))
    assert states(opened(place))[owner] == UNCLEAR


def test_what_is_confirmed_is_a_row_and_nought_is_nought(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true", bo="false")
    assert set(states(sheet).values()) == {ENTERED}
    assert actions.hand_in(sheet, moment(VILLAGER)) == 0
    assert actions.confirm(sheet, moment(CADRE)) == 2
    sheet.refresh_from_db()
    assert (sheet.state, sheet.handed_in_by, sheet.confirmed_by) == ("confirmed", "village", "cadre")
    rows = {row["holding"]: (row["month"], row["served"], row["amount"], row["account"]) for row in kept(place)}
    assert rows == {
        place.ids["an-holding"]: (MARCH.start, True, Decimal("500.00"), place.ids["an-account"]),
        place.ids["bo-holding"]: (MARCH.start, False, Decimal("0.00"), place.ids["bo-account"]),
    }
    assert set(states(sheet).values()) == {CONFIRMED}
    assert [step.kind for step in queries.list_steps(sheet)] == ["confirmed", "handed_in", "opened"]


def test_who_is_missing_keeps_the_sheet_open(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true")
    assert actions.hand_in(sheet, moment(VILLAGER)) == 1
    assert actions.confirm(sheet, moment(CADRE)) == 1
    sheet.refresh_from_db()
    assert sheet.state == "open"
    assert states(sheet) == {place.ids["an-holding"]: CONFIRMED, place.ids["bo-holding"]: MISSING}
    fill(place, sheet, bo="true")
    actions.hand_in(sheet, moment(VILLAGER))
    actions.confirm(sheet, moment(CADRE))
    sheet.refresh_from_db()
    assert (sheet.state, len(kept(place))) == ("confirmed", 2)


def test_the_same_entry_twice_changes_nothing(place: Place) -> None:
    sheet, one = opened(place), given(place.ids["an-holding"], served="true")
    for _ in range(2):
        assert [taken.outcome for taken in actions.enter(sheet, [one, one], moment(VILLAGER))] == ["taken", "taken"]
    assert Entry.objects.count() == 1
    about_another = replace(one, owner=place.ids["bo-holding"])
    assert [taken.outcome for taken in actions.enter(sheet, [about_another], moment(VILLAGER))] == ["closed"]


def test_what_another_entered_is_shown_and_not_overwritten(place: Place) -> None:
    sheet, owner = opened(place), place.ids["an-holding"]
    actions.enter(sheet, [given(owner, served="true")], moment(VILLAGER))
    (taken,) = actions.enter(sheet, [given(owner, served="false")], moment(CADRE))
    assert taken.outcome == "conflict"
    assert taken.entry is not None and (taken.entry.values, taken.entry.by) == ({"served": "true"}, "village")
    (same,) = actions.enter(sheet, [given(owner, served="true")], moment(CADRE))
    assert same.outcome == "taken"
    (over,) = actions.enter(sheet, [given(owner, 1, served="false")], moment(CADRE))
    assert over.outcome == "taken"
    assert [entry.values["served"] for entry in queries.list_entries(sheet, owner)] == ["false", "true"]


@pytest.mark.parametrize("values", [{}, {"served": ""}, {"served": "perhaps"}])
def test_what_is_blank_or_does_not_fit_is_not_taken(place: Place, values: dict[str, str]) -> None:
    (taken,) = actions.enter(opened(place), [given(place.ids["an-holding"], **values)], moment(VILLAGER))
    assert (taken.outcome, taken.fields, Entry.objects.count()) == ("wrong", ("served",), 0)


def test_nothing_is_entered_where_it_is_handed_in_or_confirmed_or_not_asked(place: Place) -> None:
    sheet, owner = opened(place), place.ids["an-holding"]
    assert [one.outcome for one in actions.enter(sheet, [given(10**9, served="true")], moment(VILLAGER))] == ["closed"]
    fill(place, sheet, an="true", bo="true")
    actions.hand_in(sheet, moment(VILLAGER))
    late = given(owner, 1, served="false")
    assert [one.outcome for one in actions.enter(sheet, [late], moment(VILLAGER))] == ["closed"]
    actions.confirm(sheet, moment(CADRE))
    assert [one.outcome for one in actions.enter(sheet, [late], moment(VILLAGER))] == ["closed"]
    assert kept(place)[0]["served"] is True


def test_nobody_confirms_what_they_entered_or_handed_in(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, bo="true")
    actions.enter(sheet, [given(place.ids["an-holding"], served="true")], moment(CADRE))
    actions.hand_in(sheet, moment(VILLAGER))
    with pytest.raises(SheetError, match="hand"):
        actions.confirm(sheet, moment(CADRE))
    assert kept(place) == []
    assert actions.confirm(sheet, moment(replace(CADRE, name="another"))) == 2


@pytest.mark.parametrize(
    "actor", [LABOUR, replace(CADRE, area=NEIGHBOUR[:6] + "999"), replace(VILLAGER, area=NEIGHBOUR)]
)
def test_other_offices_neither_enter_nor_confirm(place: Place, actor: Actor) -> None:
    sheet = opened(place)
    with pytest.raises(SheetError, match="desk"):
        actions.enter(sheet, [given(place.ids["an-holding"], served="true")], moment(actor))
    with pytest.raises(SheetError, match="desk"):
        actions.hand_in(sheet, moment(actor))
    fill(place, sheet, an="true")
    actions.hand_in(sheet, moment(VILLAGER))
    for refused in (actor, VILLAGER):
        with pytest.raises(SheetError, match="desk"):
            actions.confirm(sheet, moment(refused))
        with pytest.raises(SheetError, match="desk"):
            actions.send_back(sheet, "wrong", moment(refused))


def test_a_month_is_handed_in_when_it_is_over(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true")
    with pytest.raises(SheetError, match="early"):
        actions.hand_in(sheet, moment(VILLAGER, datetime(2020, 3, 30, 10, tzinfo=UTC)))
    empty = opened(place, period=MARCH.former)
    with pytest.raises(SheetError, match="nothing"):
        actions.hand_in(empty, moment(VILLAGER))


def test_a_sheet_goes_back_with_a_reason(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true", bo="true")
    with pytest.raises(SheetError, match="state"):
        actions.send_back(sheet, "early", moment(CADRE))
    actions.hand_in(sheet, moment(VILLAGER))
    with pytest.raises(SheetError, match="note"):
        actions.send_back(sheet, " ", moment(CADRE))
    actions.send_back(sheet, "请再核对一人", moment(CADRE))
    sheet.refresh_from_db()
    assert (sheet.state, queries.list_steps(sheet)[0].note) == ("open", "请再核对一人")
    assert set(states(sheet).values()) == {ENTERED}


def test_lateness(place: Place) -> None:
    sheet = opened(place)
    assert not queries.is_late(sheet, date(2020, 4, 8))
    assert queries.is_late(sheet, date(2020, 4, 9))
    sheet.handed_in_at = NOW
    assert not queries.is_late(sheet, date(2021, 1, 1))
    sheet.due_on = None
    assert not queries.is_late(sheet, date(2021, 1, 1))


def test_a_row_that_is_kept_already_is_not_asked_about_again(place: Place) -> None:
    owner = place.ids["an-holding"]
    place.put("paid", "post_payment", holding=owner, month=MARCH.start, served=True, amount=Decimal("500.00"))
    place.put("half", "post_payment", holding=place.ids["bo-holding"], month=MARCH.start, paid_date=date(2020, 4, 1))
    sheet = opened(place)
    assert states(sheet) == {owner: CONFIRMED, place.ids["bo-holding"]: MISSING}
    fill(place, sheet, bo="true")
    actions.hand_in(sheet, moment(VILLAGER))
    actions.confirm(sheet, moment(CADRE))
    rows = {row["holding"]: row for row in kept(place)}
    assert (len(rows), rows[place.ids["bo-holding"]]["paid_date"]) == (2, date(2020, 4, 1))
    assert rows[place.ids["bo-holding"]]["served"] is True


def test_entries_and_steps_are_written_once(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true")
    for change in (Entry.objects.all().delete, lambda: Step.objects.update(note="x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.update(handed_in_by="same", confirmed_by="same")


def test_every_step_is_in_the_log_without_names(place: Place) -> None:
    sheet = opened(place)
    fill(place, sheet, an="true", bo="true")
    actions.hand_in(sheet, moment(VILLAGER))
    actions.confirm(sheet, moment(CADRE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, details FROM audit.event WHERE subject = %s ORDER BY id", [f"sheet:{sheet.pk}"])
        found = cursor.fetchall()
    assert [action for action, _ in found] == ["sheet.open", "sheet.enter", "sheet.hand-in", "sheet.confirm"]
    assert {tuple(sorted(json.loads(details))) for _, details in found} == {("period", "rows")}


# --- Rows that rest on those of another sheet


@pytest.fixture
def station(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_station(found)
    return found


SETTLED = {
    "energy": "1000.00", "fee": "500.00", "fee_date": "2020-04-01", "subsidy": "250.00", "subsidy_date": "",
    "rent": "0.00", "rent_public": "false", "maintenance": "50.00", "maintenance_public": "false",
}  # fmt: skip
APRIL = datetime(2020, 4, 10, 10, tzinfo=UTC)


def settled(station: Place) -> Sheet:
    sheet = opened(station, SETTLEMENTS, QUARTER, VILLAGE[:6])
    actions.enter(sheet, [given(station.ids["station"], **SETTLED)], moment(POVERTY, APRIL))
    actions.hand_in(sheet, moment(POVERTY, APRIL))
    actions.confirm(sheet, moment(POVERTY_TOO, APRIL))
    return sheet


def test_shares_wait_for_the_settlement(station: Place) -> None:
    sheet = opened(station, SHARES, QUARTER, VILLAGE[:6])
    assert set(states(sheet).values()) == {WAITING}
    late = [given(station.ids["one"], received_date="2020-04-09")]
    assert [one.outcome for one in actions.enter(sheet, late, moment(POVERTY, APRIL))] == ["closed"]


def test_shares_follow_the_titles_to_the_fen(station: Place) -> None:
    settled(station)
    (row,) = kept(station, "solar_settlement")
    assert (row["period_end"], row["subsidy_date"], row["rent"]) == (date(2020, 3, 31), None, Decimal("0.00"))
    sheet = opened(station, SHARES, QUARTER, VILLAGE[:6])
    both = [given(station.ids[one], received_date="2020-04-09") for one in ("one", "two")]
    assert {one.outcome for one in actions.enter(sheet, both, moment(POVERTY, APRIL))} == {"taken"}
    lines = queries.lines(sheet, APRIL.date())
    (total,) = queries.totals(queries.rules(sheet, APRIL.date()), lines)
    assert (total.field, total.sum, total.whole, total.left) == (
        "amount",
        Decimal("700.00"),
        Decimal("700.00"),
        Decimal(0),
    )
    actions.hand_in(sheet, moment(POVERTY, APRIL))
    actions.confirm(sheet, moment(FINANCE, APRIL))
    rows = {row["title"]: (row["amount"], row["plan"]) for row in kept(station, "solar_village_income")}
    assert rows == {
        station.ids["one"]: (Decimal("233.33"), station.ids["one-plan"]),
        station.ids["two"]: (Decimal("466.67"), station.ids["two-plan"]),
    }


def test_a_share_that_has_not_come_yet_belongs_to_no_year(station: Place) -> None:
    settled(station)
    sheet = opened(station, SHARES, QUARTER, VILLAGE[:6])
    actions.enter(sheet, [given(station.ids["one"], received_date="")], moment(POVERTY, APRIL))
    (line,) = [line for line in queries.lines(sheet, APRIL.date()) if line.state == ENTERED]
    assert (line.cells["amount"], line.cells["plan"]) == (Decimal("233.33"), None)


def test_the_register_refuses_what_does_not_fit_and_nothing_is_written(station: Place) -> None:
    sheet = opened(station, SETTLEMENTS, QUARTER, VILLAGE[:6])
    huge = {**SETTLED, "fee": "9" * 12 + ".00"}
    (taken,) = actions.enter(sheet, [given(station.ids["station"], **huge)], moment(POVERTY, APRIL))
    if taken.outcome == "taken":
        actions.hand_in(sheet, moment(POVERTY, APRIL))
        with pytest.raises(NotWritten):
            actions.confirm(sheet, moment(POVERTY_TOO, APRIL))
    assert kept(station, "solar_settlement") == []


def test_periods() -> None:
    year = Period(date(2020, 1, 1), "year")
    assert (year.name, year.end, year.former.name) == ("2020", date(2020, 12, 31), "2019")
    assert (QUARTER.name, QUARTER.end, QUARTER.following.name) == ("2020-Q1", date(2020, 3, 31), "2020-Q2")
    assert (MARCH.end - MARCH.start, MARCH.former.end) == (timedelta(days=30), date(2020, 2, 29))
