"""A county with a loan whose interest is subsidised, money, and an official at each desk."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from luoshi.office.accounts.actions import Post, appoint, open_account
from luoshi.office.accounts.models import User
from luoshi.office.accounts.roles import Role
from luoshi.office.casework.models import Case, Task
from tests.office.casework import walking
from tests.office.casework.worked import found_example
from tests.office.databases import beginning
from tests.office.verified import let_in

PACK, MEASURE, PROCEDURE, REGISTER = "dingxi-2018", "individual-loan-subsidy", "loan-interest-claim", "guaranteed_loan"
CITY, COUNTY, TOWNSHIP, NEIGHBOUR = "6211", "621102", "621102103", "621123"
PAYEE = "样例收款人"
FIRST_DAY = date(2018, 1, 1)
STAFF = {
    "township": (Role.TOWNSHIP_CADRE, TOWNSHIP, ""),
    "poverty": (Role.DEPARTMENT_OFFICER, COUNTY, "poverty-relief"),
    "labour": (Role.DEPARTMENT_OFFICER, COUNTY, "human-resources"),
    "labour-2": (Role.DEPARTMENT_OFFICER, COUNTY, "human-resources"),
    "labour-3": (Role.DEPARTMENT_OFFICER, COUNTY, "human-resources"),
    "finance": (Role.FINANCE_OFFICER, COUNTY, "finance"),
    "finance-2": (Role.FINANCE_OFFICER, COUNTY, "finance"),
    "finance-3": (Role.FINANCE_OFFICER, COUNTY, "finance"),
    "auditor": (Role.AUDITOR, CITY, ""),
    "coordinator": (Role.CITY_COORDINATOR, CITY, ""),
    "neighbour": (Role.DEPARTMENT_OFFICER, NEIGHBOUR, "human-resources"),
    "village": (Role.VILLAGE_ADMINISTRATOR, walking.VILLAGES[PACK], ""),
}
"""Accounts by their names; who checks does not decide, so some desks have several people."""


def settle() -> None:
    """In a new database of the module's own the registers are there, the policy holds, and everybody has an account."""
    beginning("loan-county", _settle)


def _settle() -> None:
    walking.begin(PACK)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
            " VALUES (%s, '邻县', 'county', %s, 'test', 'tester')",
            [NEIGHBOUR, NEIGHBOUR],
        )
    for name, (role, area, department) in STAFF.items():
        user = open_account(name, f"姓名{name}", "a-long-sentence-7", by="tester")
        appoint(user, Post(role, area, department), FIRST_DAY, by="tester")


def sitting(name: str) -> Client:
    """The browser of somebody of the staff."""
    return let_in(Client(), User.objects.get(username=name))


def loans(number: int = 1) -> list[int]:
    """So many loans whose interest is subsidised today, and money for all of them; their rows."""
    pack = walking.whole(PACK)
    measure = pack.measures[MEASURE]
    example, subject = found_example(pack, measure)
    assert example.case is not None
    walking.set_locally(pack, example)
    walking.fund(pack, measure, timezone.localdate().year)
    return [walking.lay(pack, example.case.store.rows)[REGISTER, subject] for _ in range(number)]


def taken_in(row: int, by: str = "township") -> Case:
    """A case that was taken in and handed in over HTTP."""
    client = sitting(by)
    address = f"/cases/new/{PACK}/{PROCEDURE}/{REGISTER}/{row}/"
    given = {"key": f"{row:032x}", "channel": "desk", "claim": f"{MEASURE}~{row}"}
    assert client.post(address, given).status_code == 302
    case = Case.objects.get(key=f"desk:{row:032x}")
    assert do(client, task_at(case)).status_code == 302
    case.refresh_from_db()
    return case


def task_at(case: Case, office: str = "") -> Task:
    """The open task of a case where it stands, of an office where several act."""
    case.refresh_from_db()
    found = case.tasks.filter(step=case.step, visit=case.visit, finished_at=None)
    return found.filter(office=office).get() if office else found.order_by("id")[0]


def do(client: Client, task: Task, **given: str) -> Any:
    """The form of a task, sent."""
    address = f"/cases/{task.case.number}/tasks/{task.id}/"
    answer = client.post(address, {"turn": "0", **{f"task-{task.id}-{name}": value for name, value in given.items()}})
    return answer


def see_papers(client: Client, case: Case) -> None:
    """Everything that is asked for was seen in the original."""
    page = client.get(f"/cases/{case.number}/")
    for item, _words in page.context["items"]:
        if not item.papers:
            client.post(f"/cases/{case.number}/papers/", {"item": item.id, "seen": "yes"})


def check(case: Case, *people: str) -> None:
    """The case goes through its checks in order."""
    for name in people or ("finance",):
        client = sitting(name)
        see_papers(client, case)
        assert do(client, task_at(case), result="in_order").status_code == 302


def decide(name: str, case: Case, result: str = "granted", reason: str = "", **more: str) -> Any:
    """One person decides about the only claim."""
    claim = case.claims.get()
    given = {f"outcome_{claim.id}": result, "reason": reason, f"payee_{claim.id}": PAYEE}
    given |= {f"{key}_{claim.id}": value for key, value in more.items()}
    client, task = sitting(name), task_at(case)
    see_papers(client, case)
    return do(client, task, **given)
