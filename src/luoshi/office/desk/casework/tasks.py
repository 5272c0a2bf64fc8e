"""The tasks of a case that wait: those at one's own desk with the form for each, and those at others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luoshi.office.casework import paying
from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.flow import results_of
from luoshi.office.casework.models import Case, Task, Vote
from luoshi.office.desk.case_words import act_words
from luoshi.office.desk.casework.calling import Called, offices_called, step_of
from luoshi.office.desk.casework.claims import ClaimView
from luoshi.office.desk.casework.clock import Clock, clock
from luoshi.office.desk.casework.colleagues import colleagues_at
from luoshi.office.desk.casework.forms import ActForm, HolderForm, PauseForm, PostingForm
from luoshi.office.desk.casework.history import Event, Teller
from luoshi.office.desk.casework.seeing import Seat, new_key
from luoshi.office.notices import queries as notices
from luoshi.office.notices.models import Notice
from luoshi.office.registry.areas import area
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack

APART = frozenset(
    frozenset(pair)
    for pair in (("apply", "check"), ("apply", "decide"), ("apply", "review"), ("check", "decide"), ("check", "review"))
)
"""Acts that the database keeps from being one person's: said beforehand, so that nobody fills in a form in vain."""
POSTED, FREE, PAY, SECOND, HAND = "posted", "free", "pay", "second", "hand"


@dataclass(frozen=True)
class TaskView:
    """A task that is open. `kind` says what is shown for it: a form (free), or why there is none.

    `before` are the votes at it that wait for a second person who says the same.
    """

    task: Task
    title: str
    act: str
    office: str
    recorded_for: str
    clock: Clock | None
    holder: str
    kind: str
    results: tuple[str, ...] = ()
    before: tuple[Event, ...] = ()
    form: forms.Form | None = None
    holder_form: forms.Form | None = None
    pause_form: forms.Form | None = None
    notice: Notice | None = None
    turn: int = 0
    """So often a task that repeats was done already."""


@dataclass(frozen=True)
class Desk:
    """Makes the views of the tasks of one case for who sits at a desk."""

    seat: Seat
    case: Case
    pack: Pack
    procedure: Procedure
    teller: Teller
    votes: Sequence[Vote]
    claims: Sequence[ClaimView]
    called: Called
    bound: Mapping[str, forms.Form] = field(default_factory=dict)
    """Forms that were filled in and could not be taken, by their prefix."""

    def own(self, tasks: Sequence[Task]) -> list[TaskView]:
        """The open tasks at one's desk."""
        return [self._own(task) for task in self._open(tasks) if self.seat.works_at(task)]

    def others(self, tasks: Sequence[Task]) -> list[TaskView]:
        """The open tasks that others have to do."""
        return [self._view(task, FREE) for task in self._open(tasks) if not self.seat.works_at(task)]

    def form(self, task: Task, data: Any = None) -> forms.Form:
        """The form of a task, filled in with what came."""
        step = step_of(self.procedure, task.step)
        if task.act == "notice":
            return self._posting(task, step, data)
        asked = [view for view in self.claims if view.is_open]
        results = results_of(self.procedure, step)
        return ActForm(data, prefix=f"task-{task.id}", act=task.act, results=results, claims=asked,
                       payees=self._payees(asked) if task.act == "decide" else None)  # fmt: skip

    def _payees(self, asked: Sequence[ClaimView]) -> Mapping[int, str]:
        """To whom the money of each claim goes, as far as the registers know."""
        if not paying.is_paid(self.pack, self.case):
            return {}
        return {one.claim.id: self._payee(one) for one in asked if one.measure.amount is not None}

    def _payee(self, one: ClaimView) -> str:
        try:
            return paying.known(self.pack, one.claim)[1].name
        except CaseError:  # the path to the payee ends in a row that is not known
            return ""

    def _open(self, tasks: Sequence[Task]) -> Iterator[Task]:
        return (task for task in tasks if task.is_open and (self.case.is_open or task.repeats))

    def _own(self, task: Task) -> TaskView:
        kind, prefix = self._kind(task), f"task-{task.id}"
        people = colleagues_at(task, self.seat.today)
        form = (self.bound.get(prefix) or self.form(task)) if kind == FREE else None
        holder = HolderForm(prefix=f"holder-{task.id}", people=people, initial={"holder": task.holder})
        pause = self.bound.get(f"pause-{task.id}") or PauseForm(prefix=f"pause-{task.id}")
        is_due = task.due is not None and not task.repeats
        shown = None if self.case.state == Case.State.DRAFT else holder
        return self._view(task, kind, form, shown, pause if is_due else None)

    def _kind(self, task: Task) -> str:
        if task.act == "pay":
            return PAY
        if task.notice:
            return POSTED
        own = [vote for vote in self.votes if vote.person == self.seat.actor.name]
        if not task.repeats and any((vote.step, vote.visit) == (task.step, task.visit) for vote in own):
            return SECOND
        return HAND if any(frozenset((vote.act, task.act)) in APART for vote in own) else FREE

    def _view(
        self,
        task: Task,
        kind: str,
        form: forms.Form | None = None,
        holder: forms.Form | None = None,
        pause: forms.Form | None = None,
    ) -> TaskView:
        step, lang = step_of(self.procedure, task.step), self.seat.lang
        votes = [vote for vote in self.votes if vote.task_id == task.id]
        before = [] if task.repeats else votes
        return TaskView(
            task=task,
            title=step.does.say(lang),
            act=act_words(task.act),
            office=offices_called(self.pack, [task.office], lang)[0],
            recorded_for=offices_called(self.pack, [task.recorded_by], lang)[0] if task.recorded_by else "",
            clock=clock(task, self.seat.today, step.days),
            holder=self.teller.people.get(task.holder, task.holder),
            kind=kind,
            results=results_of(self.procedure, step) if task.act in ("decide", "apply") else (),
            before=tuple(map(self.teller.vote, before)),
            form=form,
            holder_form=holder,
            pause_form=pause,
            notice=notices.find_by_key(task.notice) if task.notice else None,
            turn=len(votes),
        )

    def _posting(self, task: Task, step: ProcedureStep, data: Any) -> PostingForm:
        heading = _("%(procedure)s公示") % {"procedure": self.procedure.title.zh}
        given = {"heading": heading, "office": office_of(self.pack, task), "key": f"desk:{new_key()}"}
        is_silent = step.notice is not None and step.notice.days is None
        return PostingForm(data, prefix=f"task-{task.id}", initial=given, is_silent=is_silent)


def office_of(pack: Pack, task: Task) -> str:
    """The name of the office of a task as papers give it, as far as the registers know it: its place and its branch."""
    place = area(task.desk_area)
    branch = pack.departments[task.department].title.zh if task.department in pack.departments else ""
    return f"{place.name if place else ''}{branch}"
