"""A village with posts and a solar station, and the people who fill in and confirm its sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import connection

from luoshi.office.accounts.roles import Role
from luoshi.office.registry import revising
from luoshi.office.registry.building import build
from luoshi.office.registry.shape import table_of, tables_of
from luoshi.office.registry.storing import Basis
from luoshi.office.runs import actions as runs
from luoshi.office.runs import library
from luoshi.office.sheets import opening, queries
from luoshi.office.sheets.actions import Given
from luoshi.office.sheets.desks import Actor
from luoshi.office.sheets.models import Sheet
from luoshi.office.sheets.periods import Period, period_of
from luoshi.office.sheets.recording import Moment
from luoshi.rulebook.model.blocks import Pack

PACK = "dingxi-2018"
COUNT = count()
VILLAGE, NEIGHBOUR, TOWNSHIP, COUNTY, CITY = "621102103201", "621102103202", "621102103", "621102", "6211"
AREAS = {CITY: "city", COUNTY: "county", TOWNSHIP: "township", VILLAGE: "village", NEIGHBOUR: "village"}
NOW = datetime(2020, 3, 31, 10, tzinfo=UTC)
MARCH = period_of("month", date(2020, 3, 31))
QUARTER = period_of("quarter", date(2020, 3, 31))
ATTENDANCE, SETTLEMENTS, SHARES = "post-attendance", "solar-settlements", "solar-village-shares"
_AREA = (
    "INSERT INTO common.area (id, name, level, poor_status, _area_code, _source, _changed_by)"
    " VALUES (%s, %s, %s, 'registered', %s, 'test', 'tester')"
)
_KEPT = "INSERT INTO registry.kept_register VALUES (%s, %s, %s, now(), 'tester') ON CONFLICT DO NOTHING"

VILLAGER = Actor("village", Role.VILLAGE_ADMINISTRATOR, VILLAGE)
CADRE = Actor("cadre", Role.TOWNSHIP_CADRE, TOWNSHIP)
LABOUR = Actor("labour", Role.DEPARTMENT_OFFICER, COUNTY, "human-resources")
POVERTY = Actor("poverty", Role.DEPARTMENT_OFFICER, COUNTY, "poverty-relief")
POVERTY_TOO = Actor("poverty-too", Role.DEPARTMENT_OFFICER, COUNTY, "poverty-relief")
FINANCE = Actor("finance", Role.FINANCE_OFFICER, COUNTY, "finance")


@dataclass
class Place:
    """What was registered, by what it is called here."""

    pack: Pack
    ids: dict[str, Any] = field(default_factory=dict)

    def put(self, called: str, register: str, **cells: Any) -> int:
        """A row of a register."""
        basis = Basis("tester", NOW, "test", "test")
        table = table_of(self.pack, register)
        self.ids[called] = revising.add(table, tables_of([self.pack]), cells, basis, scope_prefix="")
        return int(self.ids[called])


def settle() -> Place:
    """The registers of the policy, and the areas."""
    found = Place(library.pack(PACK))
    build([found.pack])
    runs.install(PACK, by="tester")
    with connection.cursor() as cursor:
        for code, level in AREAS.items():
            cursor.execute(_AREA, [code, f"样例〔{code}〕", level, code])
        for register in found.pack.registers:
            name = table_of(found.pack, register).name
            cursor.execute(_KEPT, [name.schema, name.name, CITY])
    return found


def person(place: Place, called: str, number: str, village: str = VILLAGE) -> int:
    """A poor household with one member and an account."""
    household = place.put(
        f"{called}-home", "household", register_number=f"H{number}", area=village, registered_poor=True
    )
    who = place.put(called, "person", citizen_id=number, household=household, name=f"姓名{called}")
    place.put(f"{called}-account", "post_account", number=f"62{number}", owner=who)
    return who


def with_posts(place: Place, holders: dict[str, str], start: date = date(2020, 1, 1), village: str = VILLAGE) -> None:
    """Posts of city money in a village, each with its holder (name and id number)."""
    approved = {"approved_province": 3, "approved_city": 5, "approved_date": date(2019, 1, 1)}
    there = place.put(f"village-{village}", "post_village", area=village, **approved)
    for position, (called, number) in enumerate(holders.items()):
        who = person(place, called, number, village)
        post = place.put(
            f"{called}-post", "public_post", village=there, number=f"{village[-3:]}-{position}", fund="city",
            category="litter_warden", approved_date=date(2019, 6, 1),
        )  # fmt: skip
        chosen = place.put(
            f"{called}-chosen", "post_candidate", person=who, village=there, listed_date=date(2019, 6, 2),
            confirmed_date=date(2019, 12, 1),
        )  # fmt: skip
        place.put(
            f"{called}-holding", "post_holding", person=who, post=post, candidate=chosen, start_date=start,
            planned_end_date=date(start.year + 3, 1, 1), account=place.ids[f"{called}-account"],
        )  # fmt: skip


IDS = {"an": "621102198001010019", "bo": "621102198001010035"}
"""Two holders with sound id numbers."""


def with_station(place: Place) -> None:
    """A joint station of two villages: a third and two thirds."""
    station = place.put(
        "station", "solar_station", number="GF1", name="样例电站", area=VILLAGE, form="joint", tariff=Decimal("0.7500"),
        grid_date=date(2019, 1, 1),
    )  # fmt: skip
    for called, village, parts in (("one", VILLAGE, 1), ("two", NEIGHBOUR, 2)):
        place.put(
            called, "solar_title", station=station, village=village, parts=parts, whole=3, deed_date=date(2019, 2, 1)
        )  # fmt: skip
        place.put(f"{called}-plan", "solar_plan", village=village, year=2020)


def opened(place: Place, block: str = ATTENDANCE, period: Period = MARCH, area: str = VILLAGE) -> Sheet:
    """The sheet of an area, opened with those of all others."""
    opening.open_sheets(place.pack, place.pack.sheets[block], period, NOW)
    return queries.list_sheets(PACK, area, start=period.start, block=block).get()


def given(owner: int, at: int = 0, /, **values: str) -> Given:
    """An entry, seen against the entry number `at`."""
    return Given(owner, values, at, uuid5(NAMESPACE_URL, str(next(COUNT))), NOW)


def moment(actor: Actor, now: datetime = NOW) -> Moment:
    """Somebody acts."""
    return Moment(actor, now)
