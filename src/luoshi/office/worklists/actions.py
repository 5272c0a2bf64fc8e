"""Everything that is written: contacts with the entitled, and what people do about findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from os.path import commonprefix

from django.db import transaction

from luoshi.office.audit import actions as audit
from luoshi.office.worklists.errors import WrongContact, WrongHandling
from luoshi.office.worklists.models import Contact, Finding, FindingEvent

WITH_REASON = (Finding.State.CORRECTED, Finding.State.MEASURE_TAKEN, Finding.State.NO_PROBLEM)
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Told:
    """One contact: when and how a subject was told, when it applied, when it is asked again; nothing else."""

    on: date | None = None
    how: str = ""
    applied_on: date | None = None
    ask_again_on: date | None = None


@dataclass(frozen=True)
class Entitlement:
    """A subject and the measure that it is entitled to."""

    pack_id: str
    measure: str
    register: str
    row_id: int
    area: str


@dataclass(frozen=True)
class Handling:
    """What somebody does about a finding: the state it is moved to, why, and until when."""

    state: str
    note: str = ""
    due: date | None = None


@transaction.atomic
def record_contact(of: Entitlement, told: Told, *, by: str, today: date, origin: str = "") -> Contact:
    """The contact as it stands now; what was recorded before is replaced. `WrongContact` if it cannot be so."""
    _check_contact(told, today)
    facts = {"told_on": told.on, "how": told.how, "applied_on": told.applied_on, "ask_again_on": told.ask_again_on}
    found, _ = Contact.objects.update_or_create(
        pack_id=of.pack_id, measure=of.measure, row_id=of.row_id, defaults=facts | {"area": of.area, "by": by}
    )
    audit.record(
        "contact.record",
        actor=by,
        subject=f"{of.register}:{of.row_id}",
        area=of.area,
        basis=f"{of.pack_id}/{of.measure}",
        origin=origin,
    )
    return found


@transaction.atomic
def tell_by_notice(
    pack_id: str, measure: str, rows: Iterable[tuple[int, str]], on: date, *, by: str, today: date
) -> int:
    """Record that subjects (ids with areas) were told by a notice; how many. Who was told before stays as recorded."""
    told = Told(on, Contact.How.NOTICE)
    _check_contact(told, today)
    given = dict(rows)
    known = {one.row_id: one for one in Contact.objects.filter(pack_id=pack_id, measure=measure, row_id__in=given)}
    new = [
        Contact(pack_id=pack_id, measure=measure, row_id=row, area=area, told_on=on, how=told.how, by=by)
        for row, area in given.items()
        if row not in known
    ]
    Contact.objects.bulk_create(new)
    older = [one.id for one in known.values() if one.told_on is None]
    changed = Contact.objects.filter(id__in=older).update(told_on=on, how=told.how, by=by)
    if new or changed:
        details = {"rows": len(new) + changed, "on": str(on)}
        subject, place = f"measure:{pack_id}/{measure}", commonprefix(list(given.values()))
        audit.record("contact.notice", actor=by, subject=subject, area=place, details=details)
    return len(new) + changed


@transaction.atomic
def handle(finding: Finding, handling: Handling, *, by: str, now: datetime, origin: str = "") -> Finding:
    """Move an open finding on, or open again one that people have closed. `WrongHandling` if it cannot be so.

    The same step twice is taken once.
    """
    found = Finding.objects.select_for_update().get(id=finding.id)
    _check_handling(found, handling)
    note = handling.note.strip()
    if (found.state, found.due, note) == (handling.state, handling.due, ""):
        return found
    found.state, found.due, found.handled_at = handling.state, handling.due, now
    found.holder = by if handling.state != Finding.State.NEW else ""
    found.save()
    kind = FindingEvent.Kind.MOVED
    FindingEvent.objects.create(finding=found, kind=kind, state=handling.state, note=note, by=by, at=now)
    _record("finding.handle", found, by, origin, {"state": handling.state})
    return found


@transaction.atomic
def note_check(finding: Finding, still: str, *, by: str, now: datetime, origin: str = "") -> None:
    """Keep what the policy said when the finding was checked again: `found`, `clear`, `unknown` or `gone`."""
    kind = FindingEvent.Kind.CHECKED
    FindingEvent.objects.create(finding=finding, kind=kind, still=still, by=by, at=now)
    _record("finding.check", finding, by, origin, {"still": still})


def _record(action: str, finding: Finding, by: str, origin: str, details: dict[str, str]) -> None:
    subject, basis = f"finding:{finding.id}", f"{finding.pack_id}/{finding.check_id}"
    audit.record(action, actor=by, subject=subject, area=finding.area, basis=basis, origin=origin, details=details)


def _check_contact(told: Told, today: date) -> None:
    if (told.on is None) != (told.how == "") or (told.how and told.how not in Contact.How.values):
        raise WrongContact("how")
    if max(told.on or today, told.applied_on or today) > today:
        raise WrongContact("to come")
    if told.ask_again_on is not None and told.ask_again_on <= today:
        raise WrongContact("ask again")


def _check_handling(finding: Finding, handling: Handling) -> None:
    if handling.state not in Finding.State.values:
        raise WrongHandling("state")
    if finding.settled_id is not None:
        raise WrongHandling("settled")
    if handling.state in WITH_REASON and not handling.note.strip():
        raise WrongHandling("reason")
    if len(handling.note) > LONGEST_NOTE:
        raise WrongHandling("long")
