"""Notices posted, taken down and ended, and where objections are received; `objecting` writes the objections."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from luoshi.office.audit import actions as audit
from luoshi.office.notices.drafting import Draft, Line, Terms, end_of, lines_of, procedure_of, sum_of, terms_of
from luoshi.office.notices.errors import NoticeError, WrongDraft
from luoshi.office.notices.masking import showable
from luoshi.office.notices.models import FEWEST, Notice, NoticeCase, NoticeLine, Reception


@transaction.atomic
def publish(draft: Draft, *, by: str, today: date, now: datetime, origin: str = "") -> Notice:
    """The notice, shown from today; the one posted before where its key was used. Otherwise why it cannot be posted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notices {draft.area} {today.year}"])
    found = Notice.objects.filter(key=draft.key).first()
    if found is not None:
        return found
    terms = terms_of(draft)
    _check(draft)
    lines = lines_of(draft, names=terms.names)
    notice = _posted(draft, terms, by, today, now)
    _show(notice, lines, draft)
    details = {"cases": notice.number, "lines": len(lines), "end": str(notice.end), "paper": notice.paper}
    _record("notice.publish", notice, by, origin, details)
    return notice


@transaction.atomic
def take_down(notice: Notice, reason: str, *, by: str, today: date, now: datetime, origin: str = "") -> Notice:
    """The notice, shown no more. `NoticeError` where it has run its days; a second time changes nothing."""
    found = Notice.objects.select_for_update().get(id=notice.id)
    if found.state == Notice.State.TAKEN_DOWN:
        return found
    if not found.is_shown(today):
        raise NoticeError("it has run its days", "over", end=found.end)
    plain = showable(reason, "reason")
    if not plain or len(plain) > Notice.TEXT:
        raise NoticeError("a reason is needed", "reason", most=Notice.TEXT)
    found.state, found.reason = Notice.State.TAKEN_DOWN, plain
    found.taken_down_by, found.taken_down_at, found.taken_down_on = by, now, today
    found.save()
    _record("notice.take-down", found, by, origin, {"objections": found.objections.count()})
    return found


@transaction.atomic
def end(today: date) -> int:
    """Every notice that has run its days is put down as ended; how many."""
    over = Notice.objects.select_for_update(skip_locked=True).filter(state=Notice.State.SHOWN, end__lte=today)
    for notice in over:
        notice.state = Notice.State.ENDED
        notice.save(update_fields=["state"])
        _record("notice.end", notice, "system", "job", {"objections": notice.objections.count()})
    return len(over)


@transaction.atomic
def set_reception(area: str, contact: str, answer_days: int, *, by: str, now: datetime, origin: str = "") -> Reception:
    """Where and within how many working days objections of an area are answered, from now on."""
    facts = {"contact": contact.strip(), "answer_days": answer_days, "set_by": by, "set_at": now}
    found, _ = Reception.objects.update_or_create(area=area, defaults=facts)
    details = {"days": answer_days}
    audit.record("reception.set", actor=by, subject=f"reception:{area}", area=area, origin=origin, details=details)
    return found


def _check(draft: Draft) -> None:
    if not draft.subjects and draft.step:
        raise WrongDraft("a notice about no case", "no-case")
    references = [subject.reference for subject in draft.subjects]
    if len(set(references)) < len(references):
        raise WrongDraft("a case stands in it twice", "twice")
    if not (draft.heading.strip() and draft.office.strip() and draft.area):
        raise WrongDraft("a notice needs a heading, an office and an area", "blank")


def _posted(draft: Draft, terms: Terms, by: str, today: date, now: datetime) -> Notice:
    policy, procedure = draft.pack.policy, procedure_of(draft)
    last = Notice.objects.filter(area=draft.area, year=today.year).order_by("serial").last()
    few = not terms.names and len(draft.subjects) < FEWEST
    return Notice.objects.create(
        key=draft.key,
        kind=Notice.Kind.PROPOSAL if draft.step else Notice.Kind.RESULT,
        pack_id=policy.id,
        edition=draft.pack.hash,
        clause=procedure.clause,
        procedure=procedure.id,
        step=draft.step,
        heading=showable(draft.heading, "heading"),
        basis=f"《{policy.title.zh}》" + (f"（{policy.number}）" if policy.number else ""),
        office=showable(draft.office, "office"),
        area=draft.area,
        year=today.year,
        serial=last.serial + 1 if last else 1,
        names=terms.names,
        number=len(draft.subjects),
        total=None if few else sum_of(subject.amount for subject in draft.subjects),
        days=terms.days,
        days_kind=terms.kind,
        paper=showable(draft.paper, "paper"),
        first_day=today,
        end=end_of(today, terms),
        follows=draft.follows,
        posted_by=by,
        posted_at=now,
    )


def _show(notice: Notice, lines: list[Line], draft: Draft) -> None:
    kept = NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            position=position,
            shown=line.shown,
            place=line.place,
            title=line.title,
            number=len(line.references),
            amount=line.amount,
        )
        for position, line in enumerate(lines, 1)
    )
    shown = {reference: row for row, line in zip(kept, lines, strict=True) for reference in line.references}
    NoticeCase.objects.bulk_create(
        NoticeCase(notice=notice, reference=one.reference, line=shown.get(one.reference)) for one in draft.subjects
    )


def _record(action: str, notice: Notice, by: str, origin: str, details: dict[str, object]) -> None:
    audit.record(
        action,
        actor=by,
        subject=f"notice:{notice.id}",
        area=notice.area,
        basis=f"{notice.pack_id}/{notice.clause}",
        origin=origin,
        details=details,
    )
