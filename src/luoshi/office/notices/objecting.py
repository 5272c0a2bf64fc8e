"""Objections of the public: made within the days of a notice, sealed, answered by somebody else than who posted it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luoshi.office import workdays
from luoshi.office.accounts.persons import is_same_person
from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.notices import limiting
from luoshi.office.notices.errors import WrongAnswer, WrongObjection
from luoshi.office.notices.masking import showable
from luoshi.office.notices.models import Notice, NoticeCase, NoticeLine, Objection
from luoshi.office.notices.queries import find_reception

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of receipts: none that is taken for another."""
HALF = 5
"""Signs of each half of a receipt."""
TEXT, NAME, CONTACT = "notices.objection.text", "notices.objection.name", "notices.objection.contact"
"""The columns that are sealed, as each cell is bound to."""
LONGEST_TEXT, LONGEST_NAME, LONGEST_CONTACT = 2000, 60, 100
PUBLIC = "public"
"""Who objects, in the event log. Nothing else about them is kept there, not even from where."""


@dataclass(frozen=True)
class Said:
    """An objection as somebody sends it. `key` is that of the form; `position` that of a line, None for the whole."""

    key: str
    text: str
    contact: str
    name: str = ""
    position: int | None = None


@transaction.atomic
def object_to(notice: Notice, said: Said, *, address: str, today: date, now: datetime) -> Objection:
    """The objection with its receipt; the one made before where its form was sent before."""
    there = Notice.objects.select_for_update().get(id=notice.id)
    found = there.objections.filter(key=said.key).first()
    if found is not None:
        return found
    if there.kind != Notice.Kind.PROPOSAL or not there.is_shown(today):
        raise WrongObjection("the notice is not shown any more", "over", end=there.end)
    line = _line(there, said.position)
    _check_said(said)
    limiting.count("objection", address, now)
    closing, reception = secrecy(), find_reception(there.area)
    objection = Objection.objects.create(
        notice=there,
        line=line,
        key=said.key,
        receipt=_receipt(),
        text=closing.close(said.text.strip(), TEXT),
        name=closing.close(said.name.strip(), NAME),
        contact=closing.close(said.contact.strip(), CONTACT),
        contact_index=closing.index(said.contact),
        handed_in_on=today,
        handed_in_at=now,
        due=workdays.after(today, reception.answer_days) if reception else None,
    )
    subject, details = f"objection:{objection.id}", {"notice": there.id, "due": str(objection.due or "")}
    audit.record("objection.make", actor=PUBLIC, subject=subject, area=there.area, details=details)
    return objection


@transaction.atomic
def answer(
    objection: Objection, *, upheld: bool, reasons: str, by: str, now: datetime, reference: str = "", origin: str = ""
) -> Objection:
    """The objection with its answer, for which reasons are needed and somebody other than who posted the notice.

    `reference` names the one case that it concerns, where it does not concern all. The same answer twice is one.
    """
    found = Objection.objects.select_for_update(of=("self",)).select_related("notice").get(id=objection.id)
    state, plain = (Objection.State.UPHELD if upheld else Objection.State.REJECTED), showable(reasons, "reasons")
    if found.state != Objection.State.OPEN:
        if (found.state, found.answer, found.answered_by) == (state, plain, by):
            return found
        raise WrongAnswer("it was answered before", "answered", by=found.answered_by)
    if is_same_person(by, found.notice.posted_by):
        raise WrongAnswer("whoever posted the notice does not answer objections to it", "own")
    if not plain or len(plain) > Objection.ANSWER:
        raise WrongAnswer("reasons are needed", "reasons", most=Objection.ANSWER)
    found.case = _case(found, reference)
    found.state, found.answer, found.answered_by, found.answered_at = state, plain, by, now
    found.save()
    subject, details = f"objection:{found.id}", {"notice": found.notice_id, "state": str(state)}
    audit.record("objection.answer", actor=by, subject=subject, area=found.notice.area, origin=origin, details=details)
    return found


@transaction.atomic
def read(objection: Objection, *, by: str, origin: str = "") -> Said:
    """What somebody said, opened; it is on record who has read it."""
    subject, opening = f"objection:{objection.id}", secrecy()
    audit.record("objection.read", actor=by, subject=subject, area=objection.notice.area, origin=origin)
    return Said(
        objection.key,
        opening.open(bytes(objection.text), TEXT),
        opening.open(bytes(objection.contact), CONTACT),
        opening.open(bytes(objection.name), NAME),
        objection.line.position if objection.line else None,
    )


def ask_answer(receipt: str, contact: str, *, address: str, now: datetime) -> Objection | None:
    """The objection of a receipt and of who made it; None where the two do not belong together. Each try counts."""
    limiting.count("answer", address, now)
    found = Objection.objects.filter(receipt=tidied(receipt), contact_index=secrecy().index(contact))
    return found.select_related("notice", "line").first()


def tidied(receipt: str) -> str:
    """A receipt as it is kept, however it was typed.

    >>> tidied(" abcde fghjk ")
    'ABCDE-FGHJK'
    """
    signs = "".join(sign for sign in receipt.upper() if sign.isalnum())
    return f"{signs[:HALF]}-{signs[HALF:]}"


def _line(notice: Notice, position: int | None) -> NoticeLine | None:
    if position is None:
        return None
    found = notice.lines.filter(position=position).first()
    if found is None:
        raise WrongObjection("no such line", "no-line", seen=position)
    return found


def _check_said(said: Said) -> None:
    if not said.text.strip() or len(said.text) > LONGEST_TEXT:
        raise WrongObjection("say what is wrong", "text", most=LONGEST_TEXT)
    if not said.contact.strip() or len(said.contact) > LONGEST_CONTACT:
        raise WrongObjection("say how to reach you", "contact", most=LONGEST_CONTACT)
    if len(said.name) > LONGEST_NAME or not 0 < len(said.key) <= Objection.KEY:
        raise WrongObjection("too long", "name", most=LONGEST_NAME)


def _case(objection: Objection, reference: str) -> NoticeCase | None:
    if not reference:
        return None
    cases = NoticeCase.objects.filter(notice=objection.notice, reference=reference)
    found = (cases.filter(line=objection.line) if objection.line_id else cases).first()
    if found is None:
        raise WrongAnswer("the objection cannot concern that case", "no-case")
    return found


def _receipt() -> str:
    return tidied("".join(SIGNS[byte % len(SIGNS)] for byte in os.urandom(2 * HALF)))
