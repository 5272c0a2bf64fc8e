"""Cases are opened, filed and withdrawn, and go from step to step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from luoshi.office import workdays
from luoshi.office.audit import actions as audit
from luoshi.office.casework import telling
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.flow import DROPPED, Move, first, repeats
from luoshi.office.casework.joining import belong_together
from luoshi.office.casework.models import Case, Certificate, Claim, Task
from luoshi.office.casework.moments import Moment
from luoshi.office.casework.recommending import pack_of
from luoshi.office.casework.routing import Actor, desk_of
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.office.worklists.choosing import shut_measures
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Measure, Pack

PERIODS = {"yearly": "%Y", "monthly": "%Y-%m"}
"""How the period of a claim is written, by the frequency of its measure. Any other is told by the row itself."""
WRITTEN = {"%Y": "[12][0-9]{3}", "%Y-%m": "[12][0-9]{3}-(0[1-9]|1[0-2])"}


@dataclass(frozen=True)
class Wanted:
    """One thing that is claimed: a measure, for a row of the measure's register.

    `period` is the year or month that it is for, where the measure is given once in each; the day of filing tells it
    where nothing is said.
    """

    measure: str
    row_id: int
    period: str = ""


@dataclass(frozen=True)
class Opening:
    """A case that somebody wants to open: the row that it is about, and what is claimed. Chosen `key`: opened once."""

    key: str
    procedure: str
    register: str
    row_id: int
    claims: tuple[Wanted, ...]
    channel: Case.Channel
    certificate: Certificate | None = None


@transaction.atomic
def open_case(pack: Pack, wanted: Opening, actor: Actor, at: Moment) -> Case:
    """A case as a draft, at the step at which one applies; the one that was opened under the key before.

    `CaseError`: no such procedure (`procedure`); a row that is not there, beyond the area, or claimed for though no
    reference connects it with the row of the case (`row`); a measure that does not go through the procedure
    (`measure`), or that the text keeps closed (`closed`); nothing claimed where something is to be had (`nothing`);
    no such period (`period`).
    """
    found = Case.objects.filter(key=wanted.key).first()
    if found is not None:
        return found
    procedure = _procedure(pack, wanted, at.today)
    there = row(table_of(pack, wanted.register), actor.area, wanted.row_id)
    if there is None or there.area_code is None:
        raise CaseError("row", register=wanted.register)
    step, number = first(procedure), _next()
    try:
        with transaction.atomic():
            case = Case.objects.create(
                id=number,
                number=f"{at.today:%Y}-{number:06}",
                key=wanted.key,
                pack_id=pack.policy.id,
                pack_hash=pack.hash,
                procedure=procedure.id,
                register=wanted.register,
                row_id=wanted.row_id,
                area=there.area_code,
                channel=wanted.channel,
                opened_by=actor.name,
                opened_at=at.now,
                step=step.id,
                certificate=wanted.certificate,
                **_standing(step, at.today),
            )
    except IntegrityError:  # opened under the same key at this moment
        return Case.objects.get(key=wanted.key)
    for each in wanted.claims:
        _claim(case, pack, each, actor.area, at.today)
    open_tasks(case, pack, step, at)
    record("case.open", case, at)
    return case


@transaction.atomic
def discard(case: Case, at: Moment) -> None:
    """A draft is gone; `CaseError` (`filed`) for a case that was filed."""
    held = hold(case)
    if held.state != Case.State.DRAFT:
        raise CaseError("filed", number=case.number)
    record("case.discard", held, at)
    held.delete()


@transaction.atomic
def withdraw(case: Case, at: Moment) -> None:
    """The claimant takes the case back, as long as nothing was decided (`decided`). A second time changes nothing."""
    held = hold(case)
    if held.state == Case.State.WITHDRAWN:
        return
    if held.state != Case.State.RUNNING or held.end:
        raise CaseError("decided", number=case.number)
    held.claims.filter(state=Claim.State.ASKED).update(state=Claim.State.WITHDRAWN)
    close(held, Case.State.WITHDRAWN, at)
    record("case.withdraw", held, at)


def hold(case: Case) -> Case:
    """The case as it is, locked until the transaction ends: whatever is done in a case is done one after another."""
    return Case.objects.select_for_update().get(pk=case.pk)


def go(case: Case, pack: Pack, to: Move, at: Moment) -> None:
    """The case goes where a move leads: to its end, to a step for the first time, or back to one."""
    for step in to.beside:
        open_tasks(case, pack, step, at)
    if to.to is None:
        ends = {"granted": Case.State.GRANTED, "refused": Case.State.REFUSED}
        close(case, ends.get(case.end, Case.State.DONE), at)
        return
    if to.back:
        case.visit += 1
        case.end = ""
        if any(pack.offices[name].kind == "applicant" for name in to.to.by):
            telling.sent_back(case, at)
    case.step = to.to.id
    case.save(update_fields=["step", "visit", "end"])
    open_tasks(case, pack, to.to, at)


def close(case: Case, state: Case.State, at: Moment) -> None:
    """The case is at its end. What it left open is not asked for any more; what repeats goes on."""
    case.state, case.ended_on = state, at.today
    case.save(update_fields=["state", "ended_on"])
    left = case.tasks.filter(finished_at=None)
    if state in (Case.State.GRANTED, Case.State.DONE):
        left = left.filter(repeats=False)
    left.update(result=DROPPED, finished_at=at.now, finished_on=at.today, paused_on=None, pause_reason="")


def open_tasks(case: Case, pack: Pack, step: ProcedureStep, at: Moment) -> None:
    """A task for each office that acts at a step."""
    due = None
    if step.within is not None:
        due = workdays.next_working_day(workdays.after(at.today, step.within, step.days))
    for name in step.by:
        office = pack.offices[name]
        desk = desk_of(pack, office, case.area)
        Task.objects.get_or_create(
            case=case,
            step=step.id,
            visit=case.visit,
            office=name,
            defaults={
                "act": step.act or "record",
                "recorded_by": office.recorded_by or "",
                "by_claimant": office.kind == "applicant",
                "desk_area": desk.area,
                "department": desk.department,
                "repeats": repeats(step),
                "opened_at": at.now,
                "opened_on": at.today,
                "due": due,
            },
        )


def finish(task: Task, result: str, at: Moment) -> None:
    """The task is done with a result."""
    task.result, task.finished_at, task.finished_on = result, at.now, at.today
    task.paused_on, task.pause_reason = None, ""
    task.save(update_fields=["result", "finished_at", "finished_on", "paused_on", "pause_reason"])


def record(action: str, case: Case, at: Moment, **details: str) -> None:
    """What was done in a case is in the event log: its number and steps, and no word about anybody."""
    basis, subject = f"{case.pack_id}/{case.procedure}", f"case:{case.number}"
    audit.record(action, actor=at.by, subject=subject, area=case.area, basis=basis, origin=at.origin, details=details)


def procedure_of(case: Case) -> Procedure:
    """The procedure by which a case runs, as it was when the case was opened."""
    return pack_of(case).procedures[case.procedure]


def _procedure(pack: Pack, wanted: Opening, today: date) -> Procedure:
    procedure = pack.procedures.get(wanted.procedure)
    if procedure is None or not procedure.has_cases or wanted.register not in procedure.registers:
        raise CaseError("procedure", name=wanted.procedure)
    wrong = [each.measure for each in wanted.claims if not _goes_through(pack, each.measure, procedure)]
    if wrong:
        raise CaseError("measure", names=wrong)
    shut = shut_measures(pack, today) & {each.measure for each in wanted.claims}
    if shut:
        raise CaseError("closed", names=sorted(shut))
    through = [measure for measure in pack.measures.values() if measure.procedure == procedure.id]
    if through and not wanted.claims:
        raise CaseError("nothing", procedure=procedure.id)
    return procedure


def _goes_through(pack: Pack, name: str, procedure: Procedure) -> bool:
    return name in pack.measures and pack.measures[name].procedure == procedure.id


def _next() -> int:
    """The number of the next case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('casework_case', 'id'))")
        return int(cursor.fetchone()[0])


def _standing(step: ProcedureStep, today: date) -> dict[str, Any]:
    """Where nobody applies, a case runs as soon as it is opened."""
    return {} if step.act == "apply" else {"state": Case.State.RUNNING, "filed_on": today}


def _claim(case: Case, pack: Pack, wanted: Wanted, scope_prefix: str, today: date) -> None:
    measure = pack.measures[wanted.measure]
    there = row(table_of(pack, measure.register), scope_prefix, wanted.row_id)
    place, about = (measure.register, wanted.row_id), (case.register, case.row_id)
    if there is None or not belong_together(pack, place, about):
        raise CaseError("row", register=measure.register)
    Claim.objects.create(
        case=case,
        pack_id=case.pack_id,
        measure=measure.id,
        register=measure.register,
        row_id=wanted.row_id,
        period=_period(case, measure, wanted, today),
    )


def _period(case: Case, measure: Measure, wanted: Wanted, today: date) -> str:
    """For what a claim is: where the text is silent about how often, each case is for itself."""
    if measure.frequency == "silent":
        return f"#{case.id}"
    form = PERIODS.get(measure.frequency, "")
    if form and wanted.period and not re.fullmatch(WRITTEN[form], wanted.period):
        raise CaseError("period", seen=wanted.period)
    return (wanted.period or today.strftime(form)) if form else ""
