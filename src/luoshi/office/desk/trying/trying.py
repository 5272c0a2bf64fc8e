"""What the policy decides with changed facts, beside what it decides now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from luoshi.office.desk.deciding import CheckView, DecidedReport, DecidedView, MeasureView, without
from luoshi.office.desk.naming import RowId
from luoshi.office.desk.trying.overlay import Changes, OverlayStore
from luoshi.office.desk.trying.proposals import proposal
from luoshi.office.desk.trying.questions import TRUTHS, Question, tried, written
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.steps import Decision
from luoshi.rulebook.model.types import BOOL

MOST_CLICKS = 20


@dataclass(frozen=True)
class Turned:
    """A condition whose state is another one now."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Altered:
    """A measure before and after, and the conditions that turned."""

    before: MeasureView
    after: MeasureView
    turned: tuple[Turned, ...]

    @property
    def is_altered(self) -> bool:
        """Whether outcome, amount or a condition is another one."""
        same = (self.before.outcome, self.before.amount) == (self.after.outcome, self.after.amount)
        return not same or bool(self.turned)


@dataclass(frozen=True)
class AlteredCheck:
    """A limit or target whose state is another one."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class OneClick:
    """A change that would meet a condition: the fields of the form with their values, and the same in words."""

    measure: str
    condition: str
    fields: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True)
class Trier:
    """Decides one subject, as it is and as somebody tries it."""

    pack: Pack
    settings: Settings
    on: date
    subject: tuple[str, RowId]
    lang: str

    @cached_property
    def _kept(self) -> OverlayStore:
        return OverlayStore(self.pack, {})

    @cached_property
    def _engine(self) -> CaseEngine:
        return CaseEngine(self.pack, self.on, self.settings)

    def decision(self, changes: Changes) -> Decision:
        """The decision with some changes. `TooManyRows` where only a run decides it."""
        return self._engine.decide(OverlayStore(self.pack, changes, self._kept), *self.subject)

    def view(self, decision: Decision) -> DecidedView:
        """A decision in words, its encrypted texts masked."""
        report = without(Reporter(self.pack, self.on).decision(decision), self._kept.unsealed)
        return DecidedReport(self.pack, self.lang).view(decision, report)

    def one_clicks(self, decision: Decision, view: DecidedView, asked: list[Question]) -> list[OneClick]:
        """Changes that meet a condition of a measure that is not met yet, each change once, at most `MOST_CLICKS`."""
        by_key, views = {one.key: one for one in asked}, {one.id: one for one in view.measures}
        found: dict[tuple[tuple[str, str], ...], OneClick] = {}
        for number, item in enumerate(decision.determinations):
            shown = views[item.measure.id]
            for place, (step, condition) in enumerate(zip(item.conditions, shown.conditions, strict=True)):
                proposed = proposal(step, by_key) if not step.value and len(found) < MOST_CLICKS else None
                fields = tuple((key, written(value)) for key, value in (proposed or {}).items())
                if fields and fields not in found and self._meets(asked, fields, number, place):
                    words = [f"{by_key[key].column.title.say(self.lang)} → {_said(by_key[key], text, self.lang)}"
                             for key, text in fields]  # fmt: skip
                    found[fields] = OneClick(shown.title, condition.title, fields, _("、").join(words))
        return list(found.values())

    def _meets(self, asked: list[Question], fields: Iterable[tuple[str, str]], number: int, place: int) -> bool:
        """Whether a condition, by the places of its measure and of itself, is met with these values too."""
        decision = self.decision(changes_of(tried(asked, dict(fields))))
        return decision.determinations[number].conditions[place].value is True


def changes_of(asked: list[Question]) -> Changes:
    """What is tried otherwise than it is kept, by row."""
    found: dict[tuple[str, RowId], dict[str, object]] = {}
    for one in asked:
        if one.is_changed and not one.wrong:
            found.setdefault((one.register, one.row_id), {})[one.column.name] = one.value
    return found


def compared(before: DecidedView, after: DecidedView) -> tuple[list[Altered], list[AlteredCheck]]:
    """Every measure before and after, the altered ones first; the checks that are altered."""
    then = {one.id: one for one in before.measures}
    measures = [Altered(then[one.id], one, _turned(then[one.id], one)) for one in after.measures]
    return sorted(measures, key=lambda one: not one.is_altered), _checks(before.checks, after.checks)


def _turned(before: MeasureView, after: MeasureView) -> tuple[Turned, ...]:
    pairs = zip(before.conditions, after.conditions, strict=True)
    return tuple(Turned(new.title, old.state, new.state) for old, new in pairs if old.state != new.state)


def _checks(before: tuple[CheckView, ...], after: tuple[CheckView, ...]) -> list[AlteredCheck]:
    then = {(one.kind, one.title, one.cited): one.state for one in before}
    pairs = ((one, then.get((one.kind, one.title, one.cited), one.state)) for one in after)
    return [AlteredCheck(one.title, state, one.state) for one, state in pairs if state != one.state]


def _said(one: Question, text: str, lang: str) -> str:
    if one.kind == "bool":
        return shown(TRUTHS[text], BOOL, lang)
    return one.codes[text].say(lang) if text in one.codes else text
