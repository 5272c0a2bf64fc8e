"""Which desk works for an office, and who sits at it."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.office.accounts.roles import Role
from luoshi.office.casework.models import Task
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.offices import Office
from luoshi.rulebook.values.area_code import LENGTHS

HANDS = frozenset(
    {
        Role.CITY_COORDINATOR,
        Role.DEPARTMENT_OFFICER,
        Role.FINANCE_OFFICER,
        Role.TOWNSHIP_CADRE,
        Role.VILLAGE_ADMINISTRATOR,
    }
)
"""Roles that do something in cases."""
TAKERS = frozenset({Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR, Role.DEPARTMENT_OFFICER})
"""Roles that take in what somebody hands in on paper."""


@dataclass(frozen=True)
class Actor:
    """Who acts: an account with the appointment of the day, or the one concerned (`role` None, area of their own)."""

    name: str
    role: str | None
    area: str
    department: str = ""
    stands_in_for: str = ""

    @property
    def is_claimant(self) -> bool:
        """Whether it is the one concerned, or who was given power to act for them."""
        return self.role is None


@dataclass(frozen=True)
class Desk:
    """Where officials of one area and department sit; without a department, those of the area's government."""

    area: str
    department: str


def desk_of(pack: Pack, office: Office, area: str) -> Desk:
    """The desk that works for an office in a case of an area.

    What an office does outside the system, and what an applicant does, is done at the desk of whoever records it. An
    office below the area works where the area lies: in a case about a row of the county, what a township does elsewhere
    the government of the county does, and for a fair of the city, what a county does elsewhere that of the city.
    """
    if office.kind == "outside" and office.recorded_by:
        return desk_of(pack, pack.offices[office.recorded_by], area)
    if office.kind == "applicant":
        return Desk(area, "")
    return Desk(area[: LENGTHS.get(office.level or "", len(area))], office.department or "")


def works_at(actor: Actor, task: Task) -> bool:
    """Whether somebody works at the desk of a task; for what an applicant does, whoever takes in paper in the area."""
    if task.by_claimant:
        return actor.role in TAKERS and task.desk_area.startswith(actor.area)
    return actor.role in HANDS and (actor.area, actor.department) == (task.desk_area, task.department)


def seats_of(actor: Actor) -> Desk | None:
    """The desk at which somebody works; None for whoever has none."""
    return Desk(actor.area, actor.department) if actor.role in HANDS else None
