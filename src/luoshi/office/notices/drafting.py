"""A notice as it is asked for, and what follows from it: its days, and the lines that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from luoshi.office import workdays
from luoshi.office.notices.errors import WrongDraft
from luoshi.office.notices.masking import masked_name, showable
from luoshi.office.notices.models import FEWEST, Notice
from luoshi.office.notices.titles import public_title
from luoshi.rulebook.model.administration import Procedure, ProcedureStep
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

MOST_DAYS = 366
NAME = "name"
DEEPEST = 2


class Kind(StrEnum):
    """What a case is about; the name of a person is covered, that of an organisation or a place is not."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Subject:
    """All that a notice is ever given of a case. There is no place in it for anything else about anybody.

    `reference` is the caller's own word for the case and is never shown; `place` the name of a village or township;
    `measure` an id of the pack, or "".
    """

    reference: str
    kind: Kind
    name: str
    place: str
    measure: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Draft:
    """A notice as an office asks for it. Of a `step` it has days, their kind and names; without one it tells a result.

    `key` is unique for ever ("case:12/publish/1"); `area` the code of the area whose people are told; `days` and the
    `paper` that sets them only where the policy names no number; `follows` the notice whose result is told.
    """

    key: str
    pack: Pack
    procedure: str
    step: str
    heading: str
    office: str
    area: str
    subjects: tuple[Subject, ...]
    days: int | None = None
    paper: str = ""
    follows: Notice | None = None


@dataclass(frozen=True)
class Terms:
    """How long a notice is shown, and whether it names anybody."""

    days: int
    kind: str
    names: bool


@dataclass(frozen=True)
class Line:
    """What a notice shows, of the cases of these references."""

    references: tuple[str, ...]
    shown: str
    place: str
    title: str
    amount: Decimal | None


def kind_of(pack: Pack, register: str, deepest: int = DEEPEST) -> Kind:
    """Whether the rows of a register go by the names of persons: their own, or of what their key refers to.

    Where the pack does not tell, they are treated as persons.
    """
    found = pack.registers[register]
    if NAME in found.fields:
        return Kind.PERSON if found.fields[NAME].personal else Kind.ORGANISATION
    key = [found.fields[name].type for name in found.key if name in found.fields]
    about = [kind.register for kind in key if isinstance(kind, Ref) and kind.register in pack.registers]
    if not deepest or not about:
        return Kind.PERSON
    kinds = {kind_of(pack, one, deepest - 1) for one in about[:1]}
    return kinds.pop()


def terms_of(draft: Draft) -> Terms:
    """For how many days, of which kind, and whether with names, the pack has a notice shown; else `WrongDraft`."""
    step = find_step(draft)
    if step is None:
        return Terms(_typed(draft), Notice.Days.CALENDAR, names=False)
    notice = step.notice
    if notice is None:
        raise WrongDraft(f"step {draft.step} of {draft.procedure} has no notice", "no-notice", step=draft.step)
    if notice.days is None:
        if not draft.paper.strip():
            raise WrongDraft("the policy names no number of days, and no paper was given that does", "no-paper")
        return Terms(_typed(draft), notice.kind, notice.names)
    if draft.days not in (None, notice.days):
        raise WrongDraft(f"the policy sets {notice.days} days", "other-days", days=notice.days, seen=draft.days)
    return Terms(notice.days, notice.kind, notice.names)


def procedure_of(draft: Draft) -> Procedure:
    """The procedure that a notice belongs to."""
    found = draft.pack.procedures.get(draft.procedure)
    if found is None:
        raise WrongDraft(f"no procedure {draft.procedure}", "no-procedure", procedure=draft.procedure)
    return found


def find_step(draft: Draft) -> ProcedureStep | None:
    """The step that asks for the notice; None where a result is told."""
    if not draft.step:
        return None
    steps = {step.id: step for step in procedure_of(draft).steps}
    if draft.step not in steps:
        raise WrongDraft(f"no step {draft.step} in {draft.procedure}", "no-step", step=draft.step)
    return steps[draft.step]


def last_day(posted: date, terms: Terms) -> date:
    """The last day on which a notice is shown that was posted on a day, which itself is not counted."""
    return workdays.after(posted, terms.days, terms.kind)


def end_of(posted: date, terms: Terms) -> date:
    """The first day on which it is not shown any more."""
    return last_day(posted, terms) + timedelta(days=1)


def lines_of(draft: Draft, *, names: bool) -> list[Line]:
    """What is shown: with names a line for each case, in order; without a line for each place with enough of them."""
    for subject in draft.subjects:
        _check(draft.pack, subject)
    if names:
        return [_named(draft.pack, subject) for subject in draft.subjects]
    return list(_by_place(draft.subjects))


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where one is not known or there are none."""
    found = list(amounts)
    known = [amount for amount in found if amount is not None]
    return sum(known, Decimal(0)) if found and len(known) == len(found) else None


def _typed(draft: Draft) -> int:
    if draft.days is None or not 1 <= draft.days <= MOST_DAYS:
        raise WrongDraft(f"days must be 1 to {MOST_DAYS}, not {draft.days}", "days", seen=draft.days, most=MOST_DAYS)
    return draft.days


def _check(pack: Pack, subject: Subject) -> None:
    if subject.measure and subject.measure not in pack.measures:
        raise WrongDraft(f"no measure {subject.measure}", "no-measure", measure=subject.measure)
    if subject.amount is not None and subject.amount < 0:
        raise WrongDraft("an amount below zero", "amount", seen=str(subject.amount))


def _named(pack: Pack, subject: Subject) -> Line:
    shown = masked_name(subject.name) if subject.kind is Kind.PERSON else showable(subject.name, "name")
    if not shown:
        raise WrongDraft("a case without a name", "no-name")
    title = public_title(pack, subject.measure).zh if subject.measure else ""
    return Line((subject.reference,), shown, showable(subject.place, "place"), title, subject.amount)


def _by_place(subjects: Sequence[Subject]) -> Iterable[Line]:
    """A line for each place with enough cases; the few of all other places together, where these are enough.

    Where they are not, the smallest place joins them: otherwise the total would tell what the few get.
    """
    ordered = sorted(subjects, key=lambda one: one.place)
    places = {place: list(some) for place, some in groupby(ordered, key=lambda one: showable(one.place, "place"))}
    kept = {place: some for place, some in places.items() if place and len(some) >= FEWEST}
    others = [one for place, some in places.items() if place not in kept for one in some]
    while others and len(others) < FEWEST and kept:
        smallest = min(kept, key=lambda place: (len(kept[place]), place))
        others += kept.pop(smallest)
    for place, some in kept.items():
        yield _grouped(place, some)
    if len(others) >= FEWEST:
        yield _grouped("", others)


def _grouped(place: str, some: Sequence[Subject]) -> Line:
    return Line(tuple(one.reference for one in some), "", place, "", sum_of(one.amount for one in some))
