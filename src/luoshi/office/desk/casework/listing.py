"""Lists of cases: the queue of a desk, one's own drafts, and all cases of an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from luoshi.office.casework import queries
from luoshi.office.casework.models import Case, Objection, Task
from luoshi.office.casework.queries import PAGE
from luoshi.office.desk.case_words import act_words
from luoshi.office.desk.casework.calling import Called, called, offices_called, procedure_of, step_of
from luoshi.office.desk.casework.clock import Clock, clock
from luoshi.office.desk.casework.seeing import Seat
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import readable_packs, root_of
from luoshi.office.desk.registers.listing import matches
from luoshi.office.desk.registers.question import Question
from luoshi.office.registry.filters import Sort
from luoshi.office.registry.finding import found_by
from luoshi.office.registry.shape import table_of
from luoshi.rulebook.model.blocks import Pack

MOST_FOUND = 200
"""So many rows of a register that a name means are looked for among cases."""
CONTESTED = "contested"
LONGEST_NUMBER = 20


@dataclass(frozen=True)
class TaskLine:
    """A task in the queue. `claimed` says which measures it is about, in words."""

    task: Task
    called: Called
    claimed: str
    step: str
    act: str
    clock: Clock | None
    holder: str


@dataclass(frozen=True)
class CaseLine:
    """A case in a list; `waits_at` is the step that it has come to, and the offices that are to act."""

    case: Case
    called: Called
    claimed: str
    step: str
    waits_at: str


@dataclass(frozen=True)
class Asked:
    """Which cases of an area are asked for; "" is any. `text` is a number's beginning, or a key of a subject."""

    state: str = ""
    text: str = ""
    pack_id: str = ""
    measure: str = ""
    after: int | None = None

    def query(self, **changed: object) -> str:
        """The end of an address that asks the same with some parts changed; the text is told by whoever seals it."""
        parts = {"state": self.state, "pack": self.pack_id, "measure": self.measure, **changed}
        return f"?{urlencode({name: value for name, value in parts.items() if value not in ('', None)})}"


def task_lines(seat: Seat, tasks: Iterable[Task], holders: Mapping[str, str]) -> list[TaskLine]:
    """Tasks as the queue shows them; `holders` are names of accounts."""
    tasks = list(tasks)
    words, claimed = called(seat, (task.case for task in tasks)), _claimed(seat, [task.case for task in tasks])
    return [
        TaskLine(
            task=task,
            called=words[task.case_id],
            claimed=claimed[task.case_id],
            step=step_of(procedure_of(seat, task.case), task.step).does.say(seat.lang),
            act=act_words(task.act),
            clock=clock(task, seat.today, step_of(procedure_of(seat, task.case), task.step).days),
            holder=holders.get(task.holder, task.holder),
        )
        for task in tasks
    ]


def case_lines(seat: Seat, cases: Iterable[Case]) -> list[CaseLine]:
    """Cases as lists show them."""
    cases = list(cases)
    words, claimed = called(seat, cases), _claimed(seat, cases)
    return [_case_line(seat, case, words[case.id], claimed[case.id]) for case in cases]


def area_page(seat: Seat, asked: Asked) -> tuple[list[Case], int | None]:
    """Cases of an area and below, the newest first, and where the next page goes on."""
    found = queries.within(seat.scope)
    if asked.state == CONTESTED:
        found = found.filter(_is_contested())
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.pack_id:
        found = found.filter(pack_id=asked.pack_id)
    if asked.measure:
        found = found.filter(claims__measure=asked.measure).distinct()
    if asked.text:
        found = _meant(seat, found, asked.text.strip())
    if asked.after is not None:
        found = found.filter(id__lt=asked.after)
    some = list(found.order_by("-id")[: PAGE + 1])
    return some[:PAGE], some[PAGE - 1].id if len(some) > PAGE else None


def area_counts(seat: Seat) -> list[tuple[str, str, int]]:
    """How many cases of an area stand how, in the order of their states: the state, its words, the number."""
    counts = queries.counts(seat.scope)
    contested = queries.within(seat.scope).filter(_is_contested()).count()
    states = [(state.value, str(state.label)) for state in Case.State if state != Case.State.DRAFT]
    found = [(state, words, counts.get(state, 0)) for state, words in states]
    return [("", _("全部"), sum(counts.values())), *found, (CONTESTED, _("有异议待答复"), contested)]


def _is_contested() -> Exists:
    return Exists(Objection.objects.filter(case=OuterRef("pk"), state=Objection.State.OPEN))


def _meant(seat: Seat, found: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Cases whose number begins so, or whose subject a register finds by the text."""
    is_number = text.replace("-", "").isdecimal() and len(text) <= LONGEST_NUMBER
    about = Q(number__startswith=text) if is_number else Q(pk=None)
    for pack in readable_packs(seat.scope):
        for register in sorted({each for one in pack.procedures.values() if one.has_cases for each in one.registers}):
            ids = _rows(seat, pack, register, text)
            if ids:
                about |= Q(pack_id=pack.policy.id, register=register, row_id__in=ids)
    return found.filter(about)


def _rows(seat: Seat, pack: Pack, register: str, text: str) -> list[int]:
    table, root = table_of(pack, register), root_of(pack, seat.scope)
    if root is None or not found_by(table):
        return []
    question = Question(table, text, (), Sort(), (), ())
    return [int(row_id) for row_id in matches(Names(pack, root, seat.lang), question, root, MOST_FOUND)]


def _case_line(seat: Seat, case: Case, words: Called, claimed: str) -> CaseLine:
    pack, procedure = seat.packs.of(case), procedure_of(seat, case)
    step = step_of(procedure, case.step)
    waits_at = "、".join(offices_called(pack, step.by, seat.lang)) if case.is_open else ""
    return CaseLine(case, words, claimed, step.does.say(seat.lang) if case.is_open else "", waits_at)


def _claimed(seat: Seat, cases: list[Case]) -> Mapping[int, str]:
    """The measures that are claimed in each case, in words."""
    prefetch_related_objects(cases, "claims")
    return {
        case.id: _("、").join(
            dict.fromkeys(
                seat.packs.of(case).measures[claim.measure].title.say(seat.lang)
                for claim in sorted(case.claims.all(), key=lambda one: one.id)
            )
        )
        for case in cases
    }
