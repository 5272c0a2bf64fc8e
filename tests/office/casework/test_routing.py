"""Which desk works for an office, also where the case lies above the level of the office."""

from dataclasses import replace

import pytest

from luoshi.office.accounts.roles import Role
from luoshi.office.casework.models import Task
from luoshi.office.casework.routing import Actor, Desk, desk_of, works_at
from luoshi.rulebook.model.blocks import Pack
from tests.office.casework.walking import whole

CITY, COUNTY, TOWNSHIP, VILLAGE = "3311", "331122", "331122101", "331122101201"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return whole("lishui-draft")


@pytest.mark.parametrize(
    ("office", "area", "desk"),
    [
        ("village-committee", VILLAGE, Desk(VILLAGE, "")),
        ("township", VILLAGE, Desk(TOWNSHIP, "")),
        ("county-finance", VILLAGE, Desk(COUNTY, "finance")),
        ("city-finance", VILLAGE, Desk(CITY, "finance")),
        ("applicant", VILLAGE, Desk(VILLAGE, "")),
        ("award-panel", VILLAGE, Desk(CITY, "coordination")),  # recorded by the office of the group
        ("township", COUNTY, Desk(COUNTY, "")),  # a broker of the county: its government does what a township does
        ("village-committee", TOWNSHIP, Desk(TOWNSHIP, "")),
        ("county-womens-federation", CITY, Desk(CITY, "womens-federation")),  # a fair of the city
        ("fair-organiser", CITY, Desk(CITY, "")),
        ("fair-organiser", COUNTY, Desk(COUNTY, "")),
        ("applicant", COUNTY, Desk(COUNTY, "")),
    ],
)
def test_an_office_works_at_its_level_or_where_the_case_lies(pack: Pack, office: str, area: str, desk: Desk) -> None:
    assert desk_of(pack, pack.offices[office], area) == desk


@pytest.mark.parametrize(
    ("role", "area", "department", "works"),
    [
        (Role.DEPARTMENT_OFFICER, COUNTY, "", True),
        (Role.DEPARTMENT_OFFICER, COUNTY, "womens-federation", False),
        (Role.TOWNSHIP_CADRE, TOWNSHIP, "", False),
        (Role.AUDITOR, COUNTY, "", False),
    ],
)
def test_who_works_for_a_township_in_a_case_of_the_county(
    pack: Pack, role: Role, area: str, department: str, works: bool
) -> None:
    desk = desk_of(pack, pack.offices["township"], COUNTY)
    task = Task(desk_area=desk.area, department=desk.department)
    assert works_at(Actor("somebody", role, area, department), task) is works


def test_what_the_county_takes_in_any_of_its_departments_takes_in(pack: Pack) -> None:
    desk = desk_of(pack, pack.offices["applicant"], COUNTY)
    task = Task(desk_area=desk.area, by_claimant=True)
    officer = Actor("somebody", Role.DEPARTMENT_OFFICER, COUNTY, "commerce")
    assert works_at(officer, task)
    assert not works_at(replace(officer, area="331123"), task)
    assert not works_at(replace(officer, role=Role.TOWNSHIP_CADRE, area=TOWNSHIP, department=""), task)
