"""From what a station earned to what its villages have left: entered once, taken back by counter-entries, spent only as
the policy allows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from luoshi.office.runs import library
from luoshi.office.sheets import books
from luoshi.office.sheets.errors import SheetError
from luoshi.office.treasury import proving, rows
from luoshi.office.treasury.errors import NoReason, Short, WrongStep
from luoshi.office.treasury.models import Entry, RowEntry
from luoshi.office.treasury.rows import Kept
from tests.office.sheets.income import FUND, INCOME, LATER, USE, book, correct, earned, filed, left, use
from tests.office.sheets.place import (
    CADRE,
    CITY,
    FINANCE,
    NEIGHBOUR,
    PACK,
    VILLAGE,
    VILLAGER,
    Place,
    moment,
    settle,
    with_station,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module", autouse=True)
def ground(apart_together: None) -> None:
    settle()


@pytest.fixture
def place(database: None) -> Place:
    found = Place(library.pack(PACK))
    with_station(found)
    return found


def states(place: Place, way: str) -> list[str]:
    return [one.state for one in book(place).items if one.way == way]


def test_from_the_meter_to_what_a_village_has_left(place: Place) -> None:
    earned(place)
    assert (left(), left(NEIGHBOUR), left(CITY)) == (Decimal("300.00"), Decimal("600.00"), Decimal("900.00"))
    assert states(place, "comes") == ["entered"]
    assert books.enter_income(book(place, CITY), moment(FINANCE, LATER)) == 0
    row = use(place, "road", "120.00")
    assert states(place, "goes") == ["refused"]
    with pytest.raises(SheetError, match="state"):
        books.enter_spending(book(place), USE, row, moment(CADRE, LATER))
    filed(place)
    stranger, recorder = replace(CADRE, area="621102104"), replace(CADRE, name="tester")
    for actor, kind in ((VILLAGER, "desk"), (stranger, "desk"), (recorder, "hand")):
        with pytest.raises(SheetError, match=kind):
            books.enter_spending(book(place), USE, row, moment(actor, LATER))
    books.enter_spending(book(place), USE, row, moment(CADRE, LATER))
    assert rows.list_kept(PACK, FUND, VILLAGE) == [Kept(VILLAGE, Decimal("180.00"), Decimal("120.00"))]
    with pytest.raises(SheetError, match="state"):
        books.enter_spending(book(place), USE, row, moment(CADRE, LATER))
    dear = use(place, "bridge", "180.01")
    with pytest.raises(Short):
        books.enter_spending(book(place), USE, dear, moment(CADRE, LATER))
    assert left() == Decimal("180.00") and proving.compare()[1] == []


def test_what_is_corrected_or_taken_back_stays_to_be_seen(place: Place) -> None:
    earned(place)
    filed(place)
    row = use(place, "road", "100.00")
    books.enter_spending(book(place), USE, row, moment(CADRE, LATER))
    correct(place, USE, row, amount=Decimal("150.00"))
    assert states(place, "goes") == ["differs"]
    books.enter_spending(book(place), USE, row, moment(CADRE, LATER))
    assert left() == Decimal("150.00")
    with pytest.raises(NoReason):
        books.take_back(book(place), USE, row, " ", moment(CADRE, LATER))
    books.take_back(book(place), USE, row, "凭证作废", moment(CADRE, LATER))
    with pytest.raises(SheetError, match="state"):
        books.take_back(book(place), USE, row, "凭证作废", moment(CADRE, LATER))
    assert left() == Decimal("300.00")
    income = next(one for one in book(place).items if one.way == "comes")
    correct(place, INCOME, income.row_id, amount=Decimal("250.00"))
    assert states(place, "comes") == ["differs"]
    assert books.enter_income(book(place), moment(FINANCE, LATER)) == 1
    assert left() == Decimal("250.00")
    kinds = list(rows.list_entries(PACK, FUND, VILLAGE).values_list("kind", flat=True))
    assert kinds == ["income", "reverse", "reverse", "spending", "reverse", "spending", "income"]
    assert proving.compare()[1] == []


def test_income_that_is_spent_already_is_not_taken_back(place: Place) -> None:
    earned(place)
    filed(place)
    books.enter_spending(book(place), USE, use(place, "road", "300.00"), moment(CADRE, LATER))
    income = next(one for one in book(place).items if one.way == "comes")
    correct(place, INCOME, income.row_id, amount=Decimal("250.00"))
    assert books.enter_income(book(place), moment(FINANCE, LATER)) == 0
    assert (left(), states(place, "comes")) == (0, ["differs"])


def test_what_was_brought_forward_is_entered_with_the_first_year(place: Place) -> None:
    correct(place, "solar_plan", place.ids["one-plan"], opening=Decimal("40.00"))
    place.put("next", "solar_plan", village=VILLAGE, year=2021, opening=Decimal("99.00"))
    assert books.enter_income(book(place), moment(FINANCE, LATER)) == 1
    assert left() == Decimal("40.00")


def test_a_row_moves_money_once_and_what_it_moved_is_not_rewritten(place: Place) -> None:
    earned(place)
    (entry,) = RowEntry.objects.filter(area=VILLAGE)
    facts = {name: getattr(entry, name) for name in rows.RowMoney.__dataclass_fields__ if name != "reason"}
    before = Entry.objects.count()
    with pytest.raises(WrongStep):
        rows.enter(rows.RowMoney(**facts, reason="again"), by="finance", now=LATER)
    assert Entry.objects.count() == before
    for change in (lambda: RowEntry.objects.update(amount=1), lambda: RowEntry.objects.filter(id=entry.id).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
