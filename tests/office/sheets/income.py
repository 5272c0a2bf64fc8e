"""A station's income on its way to villages, and what these spend of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from luoshi.office.registry import revising
from luoshi.office.registry.queries import page
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.sheets import actions
from luoshi.office.sheets.books import Book
from luoshi.office.treasury import rows
from tests.office.sheets.place import (
    COUNTY,
    FINANCE,
    NOW,
    PACK,
    POVERTY,
    POVERTY_TOO,
    QUARTER,
    SETTLEMENTS,
    SHARES,
    VILLAGE,
    Place,
    given,
    moment,
    opened,
)

LATER = datetime(2020, 5, 1, 3, tzinfo=UTC)
STATEMENT, FUND, INCOME, USE = "solar-village-year", "solar-village-money", "solar_village_income", "solar_use"


def book(place: Place, area: str = VILLAGE) -> Book:
    return Book(place.pack, place.pack.statements[STATEMENT], area, LATER.date())


def left(area: str = VILLAGE) -> Decimal:
    return sum((one.left for one in rows.list_kept(PACK, FUND, area)), Decimal(0))


def earned(place: Place) -> None:
    """A quarter's meter is read, settled and shared: a third of 900 yuan for the village, the rest for the other."""
    settled = opened(place, SETTLEMENTS, QUARTER, COUNTY)
    values = {
        "energy": "1200.00", "fee": "600.00", "fee_date": "2020-04-02", "subsidy": "300.00",
        "subsidy_date": "2020-04-03", "rent": "0", "rent_public": "true", "maintenance": "0",
        "maintenance_public": "true",
    }  # fmt: skip
    actions.enter(settled, [given(place.ids["station"], **values)], moment(POVERTY, LATER))
    actions.hand_in(settled, moment(POVERTY, LATER))
    actions.confirm(settled, moment(POVERTY_TOO, LATER))
    shares = opened(place, SHARES, QUARTER, COUNTY)
    entries = [given(place.ids[called], received_date="2020-04-20") for called in ("one", "two")]
    actions.enter(shares, entries, moment(POVERTY, LATER))
    actions.hand_in(shares, moment(POVERTY, LATER))
    actions.confirm(shares, moment(FINANCE, LATER))


def correct(place: Place, register: str, row_id: int, **cells: Any) -> None:
    table = table_of(place.pack, register)
    version = next(row.version for row in page(table, "").rows if row.id == row_id)
    basis = Basis("tester", NOW, "test", "test")
    revising.correct(
        table, tables_of([place.pack]), row_id, cells, basis, scope_prefix="", expected_version=version
    )  # fmt: skip


def filed(place: Place, called: str = "one-plan") -> None:
    """The year's plan is drafted, passed by the assembly, reviewed and filed."""
    correct(
        place, "solar_plan", place.ids[called], draft_date=date(2020, 1, 5), assembly_date=date(2020, 1, 10),
        passed=True, reviewed_date=date(2020, 1, 15), township_agrees=True, filed_date=date(2020, 1, 20),
    )  # fmt: skip


def use(place: Place, called: str, amount: str, paid: date = date(2020, 4, 25)) -> int:
    return place.put(
        called, USE, plan=place.ids["one-plan"], voucher=called, use="small_project", amount=Decimal(amount),
        paid_date=paid,
    )  # fmt: skip
