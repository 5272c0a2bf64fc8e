"""What a policy decides about one subject as it is kept now, with the reasons, in one language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.database.secrecy import masked
from luoshi.office.desk import numbering
from luoshi.office.desk.document import documents
from luoshi.office.desk.naming import RowId
from luoshi.office.registry.store import KeptStore, TooManyRows
from luoshi.office.runs import local
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.report import Reporter
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.steps import Decision, Determination

SHORTEST_MASKED = 4
ORDER = ("eligible", "undetermined", "ineligible", "not_in_force")
CHECK_ORDER = ("unmet", "unknown", "met", "not_applicable")
DUTY_ORDER = ("not_done", "unknown", "done")
FEW = 3
"""So many measures are shown with their conditions open; of more, only those that come to something."""


@dataclass(frozen=True)
class Cited:
    """A clause as it is cited; `document` is where it stands, "" for a clause of a text that has no page."""

    words: str
    document: str
    anchor: str


@dataclass(frozen=True)
class ConditionView:
    """A condition with its state: what it asks, and what was found."""

    title: str
    state: str
    reason: str
    workings: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class MeasureView:
    """A measure: outcome and amount, each condition, what is missing, what would change it, the readings in use."""

    id: str
    title: str
    cited: Cited
    outcome: str
    amount: str
    arithmetic: str
    benefit: str
    conditions: tuple[ConditionView, ...]
    missing: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    is_open: bool


@dataclass(frozen=True)
class CheckView:
    """A limit, a target or a duty that the row tells of, and its state."""

    title: str
    kind: str
    cited: Cited
    state: str
    conditions: tuple[ConditionView, ...]


@dataclass(frozen=True)
class DecidedView:
    """Everything decided about a subject: what comes to something first."""

    measures: tuple[MeasureView, ...]
    checks: tuple[CheckView, ...]
    duties: tuple[CheckView, ...] = ()


def decide(pack: Pack, settings: Settings, on: date, subject: tuple[str, RowId], lang: str) -> DecidedView:
    """The decision about a row, its encrypted texts masked. `TooManyRows` where only a run decides it."""
    store = KeptStore(pack)
    engine, reporter = CaseEngine(pack, on, settings), Reporter(pack, on)
    run = engine.start(store)
    decision = engine.decide(store, *subject, run=run)
    duties = [reporter.duty(item) for item in engine.duties(run, *subject)]
    report = without(reporter.decision(decision) | {"duties": duties}, store.unsealed)
    return DecidedReport(pack, lang).view(decision, report)


def find_decided(pack: Pack, on: date, subject: tuple[str, RowId], lang: str) -> DecidedView | None:
    """The decision as of a day under what localities have set; None where only a run decides it."""
    try:
        return decide(pack, local.settings_of(pack, on), on, subject, lang)
    except TooManyRows:
        return None


def without(report: Any, texts: Iterable[str]) -> Any:
    """A report in which each of these texts is masked wherever it stands."""
    written = json.dumps(report, ensure_ascii=False)
    for text in sorted(texts, key=len, reverse=True):
        if len(text) >= SHORTEST_MASKED and (inside := json.dumps(text, ensure_ascii=False)[1:-1]) in written:
            written = written.replace(inside, json.dumps(masked(text), ensure_ascii=False)[1:-1])
    return json.loads(written)


@dataclass(frozen=True)
class DecidedReport:
    """Makes the views of a report in one language."""

    pack: Pack
    lang: str

    def view(self, decision: Decision, report: Mapping[str, Any]) -> DecidedView:
        """The whole decision."""
        pairs = zip(decision.determinations, report["measures"], strict=True)
        many = len(decision.determinations) > FEW
        measures = [self._measure(item, told, many) for item, told in pairs]
        checks = [self._check(told) for told in report["checks"]]
        duties = [self._check(told) for told in report.get("duties", ()) if told["state"] in DUTY_ORDER]
        return DecidedView(
            measures=tuple(sorted(measures, key=lambda item: ORDER.index(item.outcome))),
            checks=tuple(sorted(checks, key=lambda item: CHECK_ORDER.index(item.state))),
            duties=tuple(sorted(duties, key=lambda item: DUTY_ORDER.index(item.state))),
        )

    def _measure(self, item: Determination, told: Mapping[str, Any], many: bool) -> MeasureView:
        is_open = not many or told["outcome"] in ORDER[:2]
        return self.measure(item.measure, item.amount, told, is_open=is_open)

    def measure(self, measure: Measure, amount: Any, told: Mapping[str, Any], *, is_open: bool = True) -> MeasureView:
        """One measure as a report tells it, with the amount that it came to."""
        pays = amount is not None and measure.amount is not None
        return MeasureView(
            id=measure.id,
            title=measure.title.say(self.lang),
            cited=self.cited(measure.clause),
            outcome=told["outcome"],
            amount=shown(amount, measure.amount.type, self.lang) if pays and measure.amount else "",
            arithmetic=self._said(told["arithmetic"]) if pays else "",
            benefit=self._said(told["benefit"]),
            conditions=tuple(map(self._condition, told["conditions"])),
            missing=tuple((self._missing(one), one["kind"]) for one in told["missing"]),
            changes=tuple(map(self._said, told["changes"])),
            readings=tuple((self._said(one["title"]), self._said(one["reading"])) for one in told["assumptions"]),
            is_open=is_open,
        )

    def _check(self, told: Mapping[str, Any]) -> CheckView:
        conditions = tuple(map(self._condition, told["conditions"]))
        title, cited = self._said(told["title"]), self.cited(told["clause"])
        return CheckView(title, told["kind"], cited, told["state"], conditions)

    def _condition(self, told: Mapping[str, Any]) -> ConditionView:
        """Without a title of its own a condition is its requirement, which then is not said twice."""
        title, reason = self._said(told["title"]), self._said(told["reason"])
        if told["title"] == told["requirement"]:
            known = told["values"][self.lang]
            found = [f"{one['title']} {one['value']}" for one in known if one["title"] != title]
            reason = _("；").join(found)
        workings = tuple(map(str, told["workings"][self.lang]))
        missing = tuple(map(self._missing, told["missing"]))
        return ConditionView(title, told["state"], reason, workings, missing)

    def _missing(self, told: Mapping[str, Any]) -> str:
        """What is missing, with the register that it belongs to where that is another's."""
        owner, title = str(told["name"]).rpartition(".")[0], self._said(told["title"])
        return f"{self.pack.registers[owner].title.say(self.lang)} · {title}" if owner in self.pack.registers else title

    def cited(self, clause: str) -> Cited:
        """A clause as it is cited."""
        if clause not in self.pack.clauses or ":" in clause:
            return Cited(clause, "", "")
        words = numbering.number(clause, self.lang) or self.pack.clauses[clause].title.say(self.lang)
        document = numbering.document(clause)
        if len(documents(self.pack)) > 1 and document != "0":
            words = _("第%(number)s件 %(clause)s") % {"number": document, "clause": words}
        return Cited(words, document, numbering.anchor(clause))

    def _said(self, both: Mapping[str, str] | None) -> str:
        return both[self.lang] if both else ""
