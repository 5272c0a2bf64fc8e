"""Which offices a sheet is entered and confirmed at, and who sits at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.office.accounts.roles import Role
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.offices import Office
from luoshi.rulebook.model.sheets import Sheet as Block
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
"""Roles that enter or confirm."""


@dataclass(frozen=True)
class Actor:
    """Who acts, with the appointment of the day."""

    name: str
    role: str | None
    area: str
    department: str = ""


def office_of(pack: Pack, office_id: str) -> Office:
    """The office that works in the system for another: itself, or whoever records what is done outside."""
    office = pack.offices[office_id]
    return pack.offices[office.recorded_by] if office.recorded_by else office


def length_of(pack: Pack, block: Block) -> int:
    """How long the codes of the areas are for which a sheet is kept: those of the office that enters it."""
    return LENGTHS.get(office_of(pack, block.by[0]).level or "", LENGTHS["county"])


def may_enter(pack: Pack, block: Block, area: str, actor: Actor) -> bool:
    """Whether somebody enters in the sheet of an area: the offices that do, and those that confirm in their stead."""
    return sits_at(pack, (*block.by, *block.confirmed_by), area, actor)


def may_confirm(pack: Pack, block: Block, area: str, actor: Actor) -> bool:
    """Whether somebody sits at an office that confirms the sheet of an area."""
    return sits_at(pack, block.confirmed_by, area, actor)


def sits_at(pack: Pack, offices: Iterable[str], area: str, actor: Actor) -> bool:
    """Whether somebody sits at one of these offices where they are responsible for an area."""
    return actor.role in HANDS and any(_at(office_of(pack, name), area, actor) for name in offices)


def _at(office: Office, area: str, actor: Actor) -> bool:
    is_there = actor.area == area[: LENGTHS.get(office.level or "", len(area))]
    return is_there and office.department in (None, actor.department)
