"""Which offices take a step of a round, and who works for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.office.accounts.roles import Role
from luoshi.office.awards.errors import NotAllowed
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.offices import Office
from luoshi.rulebook.values.area_code import LENGTHS

HANDS = frozenset({Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.FINANCE_OFFICER, Role.TOWNSHIP_CADRE})
TAKERS = frozenset({Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR, Role.DEPARTMENT_OFFICER})
"""Roles that take in what somebody hands in on paper."""


@dataclass(frozen=True)
class Actor:
    """Who acts, with the appointment of the day, and where from."""

    name: str
    role: str | None
    area: str
    department: str = ""
    origin: str = ""


def acts_in(pack: Pack, step: ProcedureStep, area: str, actor: Actor) -> bool:
    """Whether somebody takes a step in an area, for one of the offices that do."""
    return any(_works_for(pack, pack.offices[office], area, actor) for office in step.by)


def hold(pack: Pack, step: ProcedureStep, area: str, actor: Actor) -> None:
    """Nothing; `NotAllowed` for whoever does not take the step there."""
    if not acts_in(pack, step, area, actor):
        offices = _("、").join(pack.offices[office].title.zh for office in step.by)
        raise NotAllowed(_("这一步由%(offices)s办理，您的岗位不在其中。") % {"offices": offices})


def _works_for(pack: Pack, office: Office, area: str, actor: Actor) -> bool:
    if office.kind == "outside":
        return office.recorded_by is not None and _works_for(pack, pack.offices[office.recorded_by], area, actor)
    if office.kind == "applicant":
        return actor.role in TAKERS and area.startswith(actor.area)
    desk = area[: LENGTHS.get(office.level or "", len(area))]
    return actor.role in HANDS and (actor.area, actor.department) == (desk, office.department or "")
