"""How a locality sets a value: drafted, tried out, submitted; where money rests on it a second person confirms it.

Nothing is written over: a value that ends, or gives way to another, stays in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.attachments.models import Attachment
from luoshi.office.audit import actions as audit
from luoshi.office.runs import local
from luoshi.office.runs.errors import NotAllowed
from luoshi.office.runs.models import LocalSetting, Preview, Run
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused
from luoshi.rulebook.simulating.resting import Resting
from luoshi.rulebook.values.area_code import level_of

State = LocalSetting.State
SETTABLE = frozenset({"parameters", "assumptions"})
READING_LEVELS = ("city", "county")
"""At which levels a reading may be chosen: the text names no level, and below the county nobody issues such a paper."""


@dataclass(frozen=True)
class Document:
    """The paper by which a value is adopted, or ended."""

    title: str = ""
    number: str = ""
    day: date | None = None
    file: Attachment | None = None


@dataclass(frozen=True)
class Wanted:
    """A value for an area from a day on, as it is written in files; an empty one ends what is set there."""

    name: str
    value: str
    area: str
    start: date
    reason: str = ""


def levels(pack: Pack, name: str) -> tuple[str, ...]:
    """The levels of the areas that may set a parameter or a reading; none where nobody may."""
    definition = pack.parameters.get(name)
    if definition is not None:
        return definition.local.set_by if definition.local else ()
    return READING_LEVELS if pack.assumptions[name].type is not None else ()


def resting(pack: Pack, name: str) -> tuple[str, ...]:
    """The measures whose outcome or amount rests on a parameter or reading, in the order of the pack."""
    return tuple(all_resting(pack).get(name, ()))


def all_resting(pack: Pack) -> Mapping[str, list[str]]:
    """By parameter and reading the measures that rest on it; what no measure rests on is left out."""
    found, behind = dict[str, list[str]](), Resting(pack)
    for measure in pack.measures:
        for kind, name in behind.behind_measure(measure):
            if kind in SETTABLE:
                found.setdefault(name, []).append(measure)
    return found


def needs_second(pack: Pack, name: str) -> bool:
    """Whether a second person confirms a value: where a measure that pays money rests on it."""
    return any(pack.measures[measure].amount is not None for measure in resting(pack, name))


@transaction.atomic
def draft(pack: Pack, wanted: Wanted, document: Document, *, by: str) -> LocalSetting:
    """The draft of a value, which holds nowhere yet; it takes the place of the same person's draft for the same area.

    `Refused` with the rulebook's findings if the value does not fit, `NotAllowed` if the area's level may not set it.
    """
    if level_of(wanted.area) not in levels(pack, wanted.name):
        raise NotAllowed(_("这一级不能设定这个值。请选择文件允许的级别。"))
    key = {"pack_id": pack.policy.id, "name": wanted.name, "area": wanted.area, "set_by": by, "state": State.DRAFTED}
    said = {
        "value": wanted.value,
        "start": wanted.start,
        "by": "" if wanted.name in pack.assumptions else level_of(wanted.area),
        "document": document.title,
        "document_number": document.number,
        "document_date": document.day,
        "file": document.file,
        "reason": wanted.reason,
    }
    findings = Findings()
    local.read(LocalSetting(**key, **said), pack, findings)
    if findings:
        raise Refused(findings.sorted())
    drafts = LocalSetting.objects.select_for_update(of=("self",)).filter(**key)
    same = drafts.filter(**said).first()
    if same is not None:
        return same
    drafts.update(state=State.WITHDRAWN, settled_at=Now())
    return LocalSetting.objects.create(**key, **said)


@transaction.atomic
def submit(setting: LocalSetting, pack: Pack, *, by: str) -> LocalSetting:
    """The draft is set at once where no money rests on it, else it waits for a second person.

    `NotAllowed` for somebody else's draft, before it was tried out, and while another value for the area waits. One
    that was submitted already stays as it is.
    """
    found = _locked(setting)
    if found.set_by != by:
        raise NotAllowed(_("只有起草的人能提交。"))
    if found.state != State.DRAFTED:
        return found
    if not Preview.objects.filter(setting=found, state__in=[Run.State.FINISHED, Run.State.FAILED]).exists():
        raise NotAllowed(_("试算还没有完成。请等试算完成再提交。"))
    if not needs_second(pack, found.name):
        return _set(found, by)
    others = LocalSetting.objects.filter(pack_id=found.pack_id, name=found.name, area=found.area)
    if others.filter(state=State.PROPOSED).exists():
        raise NotAllowed(_("这个地区已有一个值在等复核。请先办完那一个。"))
    return _move(found, State.PROPOSED, "parameter.propose", by)


@transaction.atomic
def confirm(setting: LocalSetting, *, by: str) -> LocalSetting:
    """What was proposed holds from its day on. `NotAllowed` for whoever proposed it."""
    found = _locked(setting)
    _by_another(found, by)
    if found.state != State.PROPOSED:
        return found
    found.confirmed_by = by
    return _set(found, by)


@transaction.atomic
def refuse(setting: LocalSetting, reason: str, *, by: str) -> LocalSetting:
    """What was proposed is not set, and it is on record why. `NotAllowed` for whoever proposed it."""
    found = _locked(setting)
    _by_another(found, by)
    if found.state != State.PROPOSED:
        return found
    found.confirmed_by, found.reason = by, "\n".join(filter(None, [found.reason, reason]))
    return _move(found, State.REFUSED, "parameter.refuse", by)


@transaction.atomic
def withdraw(setting: LocalSetting, *, by: str) -> LocalSetting:
    """A draft or a proposal is taken back by whoever made it; what holds already stays."""
    found = _locked(setting)
    if found.set_by != by:
        raise NotAllowed(_("只有起草的人能撤回。"))
    if found.state not in {State.DRAFTED, State.PROPOSED}:
        return found
    return _move(found, State.WITHDRAWN, "parameter.withdraw", by)


def _set(found: LocalSetting, by: str) -> LocalSetting:
    """What is set for the same area and day gives way and stays in the record."""
    same = LocalSetting.objects.filter(pack_id=found.pack_id, name=found.name, area=found.area, start=found.start)
    same.filter(state=State.SET).update(state=State.REPLACED)
    return _move(found, State.SET, "parameter.end" if found.is_ending else "parameter.set", by)


def _move(found: LocalSetting, state: str, action: str, by: str) -> LocalSetting:
    found.state = state
    found.save()
    if state != State.PROPOSED:
        LocalSetting.objects.filter(id=found.id).update(settled_at=Now())
    details = {"value": found.value, "start": str(found.start), "made_by": found.set_by}
    audit.record(
        action,
        actor=by,
        subject=f"parameter:{found.pack_id}/{found.name}",
        area=found.area,
        basis=f"{found.document} {found.document_number}".strip(),
        details=details,
    )
    return found


def _locked(setting: LocalSetting) -> LocalSetting:
    """The row as it is now; nobody else changes it meanwhile."""
    return LocalSetting.objects.select_for_update(of=("self",)).get(id=setting.id)


def _by_another(found: LocalSetting, by: str) -> None:
    if is_same_person(by, found.set_by):
        raise NotAllowed(_("起草的人不能自己复核。请另一位有权的人复核。"))
