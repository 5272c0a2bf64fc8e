"""The way of a case through its procedure, as a line of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.office.casework.flow import DROPPED, repeats
from luoshi.office.casework.models import Case, Task
from luoshi.office.desk.case_words import act_words
from luoshi.office.desk.casework.calling import offices_called
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack


@dataclass(frozen=True)
class Stop:
    """A step on the line: done, now, ahead, or beside where it is done again and again. `day`: when it was done."""

    title: str
    act: str
    offices: str
    state: str
    day: date | None


def course(pack: Pack, procedure: Procedure, case: Case, tasks: Sequence[Task], lang: str) -> list[Stop]:
    """The steps a case has taken, the one it is at, and those ahead if it goes well."""
    days = _done(tasks)
    names = [step.id for step in procedure.steps]
    here = names.index(case.step)
    found = []
    for step in _expected(procedure, case):
        state = _state(step, case, days, names.index(step.id) - here)
        if state:
            offices = "、".join(offices_called(pack, step.by, lang))
            day = days.get(step.id) if state == "done" else None
            found.append(Stop(step.does.say(lang), act_words(step.act or "record"), offices, state, day))
    return found


def _done(tasks: Sequence[Task]) -> Mapping[str, date | None]:
    """The steps at which something was done, each with the last day."""
    return {task.step: task.finished_on for task in tasks if task.result and task.result != DROPPED}


def _expected(procedure: Procedure, case: Case) -> Iterator[ProcedureStep]:
    """The steps that a case takes: before it is decided, as if it were granted."""
    end = case.end or ("granted" if case.is_open else "")
    return (step for step in procedure.steps if step.end in (None, end))


def _state(step: ProcedureStep, case: Case, days: Mapping[str, date | None], away: int) -> str:
    """How a step stands; "" for one that the case has passed by, or will not come to any more."""
    if repeats(step):
        return "beside" if case.is_open or step.id in days else ""
    if not case.is_open:
        return "done" if step.id in days else ""
    if away == 0:
        return "now"
    if away < 0:
        return "done" if step.id in days else ""
    return "ahead"
