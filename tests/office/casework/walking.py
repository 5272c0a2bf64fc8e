"""Lays the rows of a pack's worked cases into registers, and walks cases through their procedures desk by desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

from django.db import connection
from psycopg import sql

from luoshi.office.accounts.roles import Role
from luoshi.office.casework import acting, paying, publishing
from luoshi.office.casework.acting import Act
from luoshi.office.casework.checklist import bring, checklist
from luoshi.office.casework.models import Case, Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.opening import Opening, Wanted, open_case
from luoshi.office.casework.publishing import Posting, Shown
from luoshi.office.casework.recommending import pack_of, recommend
from luoshi.office.casework.routing import Actor
from luoshi.office.casework.settling import Outcome
from luoshi.office.registry.building import build, identifier
from luoshi.office.registry.loading import keep
from luoshi.office.registry.shape import AREA, table_of
from luoshi.office.registry.storing import stored
from luoshi.office.runs import actions, local
from luoshi.office.runs.actions import Adoption
from luoshi.office.treasury import budgets
from luoshi.office.treasury.budgets import Paper
from luoshi.office.treasury.funds import givers
from luoshi.rulebook.cases.examples import Example, read_examples
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.types import Ref, Type
from luoshi.rulebook.values.area_code import level_of, lineage
from luoshi.rulebook.values.calendar import NEVER
from tests.office.databases import beginning

VILLAGES = {"dingxi-2018": "621102103201", "lishui-draft": "331122101201"}
GOOD = {
    "apply": "handed_in", "check": "in_order", "opinion": "for", "meet": "passed", "decide": "granted",
    "tell": "told", "certify": "given", "record": "done",
}  # fmt: skip
CLAIMANT = "claimant"
KEYS = count(1)
PAPER = Paper("下达", "样财发〔2021〕1号")
ENOUGH = Decimal(10**9)


def moment(day: date, by: str = "tester") -> Moment:
    """Noon of a day."""
    return Moment(by, day, datetime.combine(day, time(12), UTC))


@cache
def whole(pack_id: str) -> Pack:
    """The pack with its examples."""
    return load_pack(pack_id)


@cache
def examples(pack_id: str, document: str) -> list[Example]:
    """The worked cases of a document that only say what registers can hold."""
    there = [one for one in whole(pack_id).examples if one.place.clause.partition("/")[0] == document]
    pack = replace(whole(pack_id), examples=tuple(there))
    return [one for one in read_examples(pack) if one.case is not None and one.on is not None and _is_plain(pack, one)]


def begin(pack_id: str) -> None:
    """A new database of a module's own begins with the registers of a pack."""
    beginning(f"registers-{pack_id}", lambda: lay_ground(whole(pack_id)))


def lay_ground(pack: Pack) -> None:
    """The registers of a pack, with the areas around its village; a draft is adopted."""
    build([pack])
    is_draft = pack.policy.status == "draft"
    actions.install(pack.policy.id, Adoption(date(2019, 1, 1), "样办发〔2019〕1号") if is_draft else None, by="tester")
    village = VILLAGES[pack.policy.id]
    lay_areas([village])


def lay_areas(codes: Iterable[str]) -> None:
    """Areas and those around them are in the register."""
    with connection.cursor() as cursor:
        for code in dict.fromkeys(part for each in codes for part in lineage(each)):
            cursor.execute(
                "INSERT INTO common.area (id, name, level, _area_code, _source, _changed_by)"
                " VALUES (%s, %s, %s, %s, 'test', 'tester') ON CONFLICT DO NOTHING",
                [code, f"样{level_of(code)}", level_of(code), code],
            )


def lay(pack: Pack, rows: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> dict[tuple[str, Any], int]:
    """The rows are in the registers of the village; their ids by register and the id they had."""
    ids = {(register, old): next(KEYS) for register, found in rows.items() for old in found if register != "area"}
    village = VILLAGES[pack.policy.id]
    lay_areas(
        cell
        for register, found in rows.items()
        for row in found.values()
        for name, cell in row.items()
        if isinstance(kind := _kinds(pack, register)[name], Ref) and kind.register == "area" and cell is not None
    )
    for register, found in rows.items():
        table = table_of(pack, register)
        for old, row in found.items():
            if register == "area":
                _put(table, {"id": old, **_cells(pack, register, row, ids), AREA: old})
            else:
                cells = stored(table, _cells(pack, register, row, ids))
                _put(table, {"id": ids[register, old], **cells, AREA: village})
    keep(pack, rows, by="tester")
    return ids


def set_locally(pack: Pack, example: Example) -> None:
    """What localities have set in a worked case holds."""
    assert example.case is not None and example.on is not None
    local.keep(pack, [replace(value, start=example.on) for value in example.case.local], by="tester")


def fund(pack: Pack, measure: Measure, year: int) -> None:
    """Every fund of a measure has enough, at the level that is charged for a case of the village."""
    for name in measure.funds:
        charge = paying.charge(pack, name, VILLAGES[pack.policy.id], date(year, 1, 1))
        tier = next(iter(givers(pack.funds[name])))
        budgets.give(pack.policy.id, charge, tier, ENOUGH, PAPER, by="finance", now=datetime.now(UTC))


def take_in(pack: Pack, measure: Measure, register: str, row_id: int, own_row: int, on: date) -> Case:
    """A case about a row in which a measure is claimed for `own_row`, as a draft."""
    village = VILLAGES[pack.policy.id]
    key = f"test:{next(KEYS)}"
    wanted = Opening(
        key, measure.procedure or "", register, row_id, (Wanted(measure.id, own_row),), Case.Channel.PORTAL
    )
    return open_case(pack, wanted, Actor(CLAIMANT, None, village), moment(on, CLAIMANT))


@dataclass
class Walker:
    """Walks a case; every office is another person, and nobody does two things."""

    case: Case
    day: date
    amount: Decimal | None = None
    """What is granted where the system recommends nothing."""

    def to_end(self, stop: str = "pay") -> None:
        """Everything is done in the best way, until an act, or until the case is over."""
        for _ in range(60):
            self.case.refresh_from_db()
            tasks = self.waiting()
            if not self.case.is_open or not tasks or tasks[0].act == stop:
                return
            for task in tasks:
                self.do(task)
        raise AssertionError(f"{self.case} does not come to an end")

    def waiting(self) -> list[Task]:
        """The tasks of the step at which the case is."""
        open_tasks = self.case.tasks.filter(step=self.case.step, visit=self.case.visit, finished_at=None)
        return list(open_tasks.select_related("case").order_by("id"))

    def do(self, task: Task, result: str = "", reason: str = "", **details: Any) -> None:
        """One task is done, as whoever sits at its desk would; a departure by two people."""
        if task.act == "notice":
            self.show(task)
            return
        self.papers(task)
        result = result or GOOD[task.act]
        outcomes = self.outcomes(result) if task.act == "decide" else {}
        details = details or ({"number": f"样{task.case_id}"} if task.act == "certify" else {})
        if task.act == "decide":
            details |= {"payees": {str(claim): "样例收款人" for claim in outcomes}}
        for person in ("", "second"):
            if Task.objects.get(pk=task.pk).is_open:
                done = Act(result, reason or "样例理由", outcomes, details)
                acting.act(task, done, seat(task, person), moment(self.day, seat(task, person).name))

    def outcomes(self, result: str) -> dict[int, Outcome]:
        """What is recommended, and the amount of the walker where that is nothing."""
        claims = list(self.case.claims.filter(state="asked"))
        found = recommend(self.case, claims, self.day)
        if result == "refused":
            return {claim.id: Outcome("refused") for claim in claims}
        pack = pack_of(self.case)
        outcomes = {}
        for claim in claims:
            measure = pack.measures[claim.measure]
            amount = None if measure.amount is None else found[claim.id].amount or self.amount
            outcomes[claim.id] = Outcome("granted", amount, measure.funds[0] if amount is not None else "")
        return outcomes

    def papers(self, task: Task) -> None:
        """Whoever does the task has seen everything that is asked for."""
        step = acting.step_of(pack_of(self.case).procedures[self.case.procedure], task.step)
        for item in checklist(self.case, pack_of(self.case), step):
            if not item.papers:
                bring(self.case, item.id, None, moment(self.day, seat(task).name))

    def show(self, task: Task) -> None:
        """A notice is posted and has run its days, and nobody objected."""
        step = acting.step_of(pack_of(self.case).procedures[self.case.procedure], task.step)
        silent = step.notice is not None and step.notice.days is None
        wanted = Posting(
            f"post:{task.id}", "样例公示", "样例办公室", self.case.area[:6],
            7 if silent else None, "样办发〔2021〕2号" if silent else "",
        )  # fmt: skip
        notice = publishing.post([(task, Shown("样例", "样村"))], wanted, seat(task), moment(self.day, "poster"))
        self.day = notice.end - timedelta(days=1)
        assert not publishing.follow(Task.objects.select_related("case").get(pk=task.pk), moment(self.day))
        self.day = notice.end
        assert publishing.follow(Task.objects.select_related("case").get(pk=task.pk), moment(self.day))


def seat(task: Task, person: str = "") -> Actor:
    """Somebody at the desk of a task; the claimant where it is theirs."""
    if task.by_claimant:
        return Actor(CLAIMANT, None, task.desk_area)
    name = f"{task.office}-{task.act}{person}"
    return Actor(name, Role.DEPARTMENT_OFFICER, task.desk_area, task.department)


def _is_plain(pack: Pack, one: Example) -> bool:
    """Whether registers can hold all that a worked case says: fields and judgements, and no given fact."""
    assert one.case is not None
    rows = one.case.store.rows
    return all(name in _kinds(pack, register) for register in rows for row in rows[register].values() for name in row)


def _kinds(pack: Pack, register: str) -> Mapping[str, Type]:
    return _kinds_in(pack.policy.id, register)


@cache
def _kinds_in(pack_id: str, register: str) -> Mapping[str, Type]:
    pack = whole(pack_id)
    fields = {name: field.type for name, field in pack.registers[register].fields.items()}
    return fields | {column.name: column.type for column in table_of(pack, register).columns.values()}


def _cells(pack: Pack, register: str, row: Mapping[str, Any], ids: Mapping[tuple[str, Any], int]) -> dict[str, Any]:
    kinds, found = _kinds(pack, register), {}
    for name, value in row.items():
        kind = kinds[name]
        if value is None or value == NEVER:
            continue
        if isinstance(kind, Ref) and kind.register != "area":
            value = ids.get((kind.register, value))
        found[name] = value
    return {name: value for name, value in found.items() if value is not None}


def _put(table: Any, cells: Mapping[str, Any]) -> None:
    told = {**cells, "_source": "test", "_changed_by": "tester"}
    names = sql.SQL(", ").join(map(sql.Identifier, told))
    signs = sql.SQL(", ").join(sql.SQL("%s") for _ in told)
    new = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in told if name != "id"
    )
    form = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({}) ON CONFLICT (id) DO UPDATE SET {}"
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(identifier(table.name), names, signs, new), list(told.values()))
