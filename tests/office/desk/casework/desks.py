"""Three people at every desk that a pack's procedures know in a village, its township, county and city."""

from collections.abc import Iterable

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.roles import Role
from luoshi.office.casework.models import Task
from luoshi.office.casework.routing import Desk, desk_of
from luoshi.rulebook.model.blocks import Pack
from tests.office.casework import walking
from tests.office.databases import beginning
from tests.office.desk.casework.place import FIRST_DAY

PACKS = ("dingxi-2018", "lishui-draft")
SEATS = 3
"""Whoever has checked does not decide, and against what is recommended two decide: three people do for all of it."""
ROLES = {4: Role.CITY_COORDINATOR, 9: Role.TOWNSHIP_CADRE, 12: Role.VILLAGE_ADMINISTRATOR}


def people_at(desk: Desk) -> list[str]:
    """The accounts of those who sit at a desk."""
    return [f"{desk.area}-{desk.department or 'hall'}-{seat}" for seat in range(1, SEATS + 1)]


def people_for(task: Task) -> list[str]:
    """Those who do a task; what an applicant does, the township takes in. Whoever checks is the last to decide."""
    first, *others = people_at(Desk(task.desk_area[: 9 if task.by_claimant else None], task.department))
    return [*others, first] if task.act == "decide" else [first, *others]


def settle() -> None:
    """A new database of the module's own begins with the registers of both packs, and people at every desk."""
    beginning("every-desk", _settle)


def _settle() -> None:
    packs = [walking.whole(pack_id) for pack_id in PACKS]
    for pack in packs:
        walking.lay_ground(pack)
    _open_accounts(packs)


def _open_accounts(packs: Iterable[Pack]) -> None:
    for desk in sorted(
        {desk for pack in packs for desk in _desks(pack)}, key=lambda desk: (desk.area, desk.department)
    ):
        for name in people_at(desk):
            user = open_account(name, f"姓名{name}", "a-long-sentence-7", by="tester")
            appoint(user, Post(_role(desk), desk.area, desk.department), FIRST_DAY, by="tester")


def _desks(pack: Pack) -> set[Desk]:
    village = walking.VILLAGES[pack.policy.id]
    acting = {name for procedure in pack.procedures.values()
              if procedure.has_cases or procedure.list_by_act("pay") for step in procedure.steps
              for name in step.by}  # fmt: skip
    return {Desk(village[:9], ""), *(desk_of(pack, pack.offices[name], village) for name in acting)}


def _role(desk: Desk) -> Role:
    if desk.department:
        return Role.FINANCE_OFFICER if desk.department == "finance" else Role.DEPARTMENT_OFFICER
    return ROLES.get(len(desk.area), Role.DEPARTMENT_OFFICER)
