"""Policies in plain words: who can have what, on which conditions, how one gets it. From the packs only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luoshi.office.desk import numbering
from luoshi.office.desk.document import documents
from luoshi.office.desk.wording import Text, in_language
from luoshi.office.runs import actions, library, queries
from luoshi.office.worklists.choosing import opened
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.model.administration import ProcedureStep
from luoshi.rulebook.model.blocks import Measure, Pack

AREA = "area"
"""Measures about divisions are between offices; nobody of the public is one."""
NOT_LED = ("plan", "administration")


@dataclass(frozen=True)
class Cited:
    """A clause as it is cited, and its id."""

    clause: str
    words: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure in a list."""

    pack_id: str
    id: str
    title: str
    who: str
    what: str
    cited: Cited


@dataclass(frozen=True)
class DocumentLines:
    """The measures of one document."""

    title: str
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class PolicyLines:
    """The measures of a policy. `adopted`: from which day a draft holds here, as a demonstration; None for no draft."""

    pack_id: str
    title: str
    number: str
    issuer: str
    since: date | None
    adopted: date | None
    documents: tuple[DocumentLines, ...]


@dataclass(frozen=True)
class StepTold:
    """A step on the way to a measure: who does what, with which papers, within how many days."""

    who: str
    does: str
    papers: tuple[str, ...]
    within: int | None
    days: str
    is_own: bool


@dataclass(frozen=True)
class MeasureTold:
    """Everything that the text says of a measure, for whoever wants it."""

    line: MeasureLine
    register: str
    discretion: str
    conditions: tuple[str, ...]
    papers: tuple[str, ...]
    decided_by: str
    frequency: str
    stacking: str
    steps: tuple[StepTold, ...]
    procedure: str
    text: Text


@dataclass(frozen=True)
class ClauseTold:
    """A clause in the words of the library, with the measures under it."""

    cited: Cited
    title: str
    document: str
    text: Text
    below: tuple[MeasureLine, ...]


def packs(today: date) -> list[Pack]:
    """The policies that hold today, with what is open of them; a draft only where it was adopted."""
    found = [actions.adopted(pack, queries.adoption_of(pack.policy.id)) for pack in library.packs()]
    return [opened(pack, today) for pack in found if pack.policy.in_force(today)]


def find_pack(pack_id: str, today: date) -> Pack | None:
    """A policy that holds today."""
    return next((pack for pack in packs(today) if pack.policy.id == pack_id), None)


def offered(pack: Pack, today: date) -> Iterator[Measure]:
    """The measures that somebody of the public can have today."""
    return (item for item in pack.measures.values() if item.register != AREA and pack.in_force(item, today))


def policies(found: Iterable[Pack], today: date, lang: str, words: str = "") -> list[PolicyLines]:
    """The policies with their measures; with words, those measures in whose text all of them stand."""
    return [policy for policy in (_policy(pack, today, lang, words.split()) for pack in found) if policy.documents]


def _policy(pack: Pack, today: date, lang: str, words: list[str]) -> PolicyLines:
    by_document: dict[str, list[MeasureLine]] = {}
    for measure in offered(pack, today):
        if _has(pack, measure, words):
            by_document.setdefault(numbering.document(measure.clause), []).append(line(pack, measure, lang))
    own = [
        DocumentLines(clause.title.say(lang), tuple(by_document[clause.id]))
        for clause in documents(pack)
        if clause.id in by_document
    ]
    policy, adopted = pack.policy, queries.adopted_on(library.pack(pack.policy.id))
    return PolicyLines(
        policy.id, policy.title.say(lang), policy.number or "", policy.issuer.say(lang), policy.in_force_from,
        adopted, tuple(own),
    )  # fmt: skip


def _has(pack: Pack, measure: Measure, words: list[str]) -> bool:
    clause = pack.clauses.get(measure.clause)
    register = pack.registers[measure.register]
    told = [measure.title, measure.benefit, register.row, register.title, *(item.title for item in measure.conditions)]
    text = " ".join([*(f"{each.zh} {each.en}" for each in told if each), *(clause.text if clause else ())]).lower()
    return all(word.lower() in text for word in words)


def line(pack: Pack, measure: Measure, lang: str) -> MeasureLine:
    """A measure in a list."""
    return MeasureLine(
        pack_id=pack.policy.id,
        id=measure.id,
        title=measure.title.say(lang),
        who=pack.registers[measure.register].row.say(lang),
        what=_what(pack, measure, lang),
        cited=cited(pack, measure.clause, lang),
    )


def _what(pack: Pack, measure: Measure, lang: str) -> str:
    if measure.benefit:
        return measure.benefit.say(lang)
    return Phrases(pack, lang).phrase(measure.amount) if measure.amount is not None else ""


def cited(pack: Pack, clause: str, lang: str) -> Cited:
    """A clause as people cite it."""
    words = numbering.number(clause, lang) or (pack.clauses[clause].title.say(lang) if clause in pack.clauses else "")
    if len(documents(pack)) > 1 and ":" not in clause:
        words = _("第%(number)s件 %(clause)s") % {"number": numbering.document(clause), "clause": words}
    return Cited(clause, words)


def told(pack: Pack, measure: Measure, lang: str) -> MeasureTold:
    """A measure as its page tells it."""
    phrases, procedure = Phrases(pack, lang), pack.procedures.get(measure.procedure or "")
    clause = pack.clauses.get(measure.clause)
    is_led = procedure is not None and procedure.kind not in NOT_LED
    note = measure.stacking.note if measure.stacking else None
    return MeasureTold(
        line=line(pack, measure, lang),
        register=measure.register,
        discretion=measure.discretion,
        conditions=tuple(
            item.title.say(lang) if item.title else phrases.phrase(item.test) for item in measure.conditions
        ),
        papers=tuple(paper.say(lang) for paper in measure.evidence),
        decided_by=measure.decided_by.say(lang) if measure.decided_by else "",
        frequency=measure.frequency,
        stacking=note.say(lang) if note else "",
        steps=tuple(_step(pack, step, lang) for step in procedure.steps) if procedure and is_led else (),
        procedure=procedure.title.say(lang) if procedure and is_led else "",
        text=in_language(clause.text if clause else (), lang),
    )


def _step(pack: Pack, step: ProcedureStep, lang: str) -> StepTold:
    offices = [pack.offices[name] for name in step.by if name in pack.offices]
    between = _("或") if step.any_of else _("、")
    return StepTold(
        who=between.join(office.title.say(lang) for office in offices) or step.actor.say(lang),
        does=step.does.say(lang),
        papers=tuple(paper.say(lang) for paper in step.evidence),
        within=step.within,
        days=step.days or "",
        is_own=any(office.kind == "applicant" for office in offices),
    )


def find_clause(pack: Pack, clause: str, today: date, lang: str) -> ClauseTold | None:
    """A clause of the policy's own documents, None where there is none."""
    found = pack.clauses.get(clause)
    if found is None or ":" in clause:
        return None
    title = pack.clauses.get(numbering.document(clause), found).title.say(lang)
    below = [line(pack, item, lang) for item in offered(pack, today) if item.clause == clause]
    own = found.title.say(lang)
    return ClauseTold(cited(pack, clause, lang), own, title, in_language(found.text, lang), tuple(below))
