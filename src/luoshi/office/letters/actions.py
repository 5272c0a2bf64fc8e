"""Making letters, issuing and voiding them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.letters import numbers, queries
from luoshi.office.letters.contents import Content
from luoshi.office.letters.errors import NoSeries, NotAllowed
from luoshi.office.letters.filling import fill
from luoshi.office.letters.kinds import NUMBERED, Kind
from luoshi.office.letters.models import Letter, Template
from luoshi.office.letters.pages import as_pdf
from luoshi.office.letters.placeholders import Filled, filled, shown
from luoshi.office.letters.word import default_template

Form = Literal["pdf", "word"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES: dict[Form, tuple[str, str]] = {"pdf": ("application/pdf", "pdf"), "word": (WORD, "docx")}
DRAFT = "草稿：没有编号，没有登记，不作凭据。"
CODE = "校验码：{code}。凭文号和校验码可以核对这份公文。"
UNNUMBERED_CODE = "校验码：{code}。"
VOID = "已作废，不作凭据。"


@dataclass(frozen=True)
class File:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Order:
    """What a letter is issued for: `key` makes it once; `subject` is what it is about ("case:12"); `basis` a clause.

    `area` and `department` are those of the office that issues it.
    """

    key: str
    subject: str
    area: str
    department: str = ""
    basis: str = ""


def make(content: Content, area: str, form: Form, check: str = DRAFT) -> File:
    """A letter as it would look in an area. Nothing of it is kept; `check` is the line that says so on it."""
    return _file(content.kind, filled(content), check, form, queries.find_template(content.kind, area))


@transaction.atomic
def issue(content: Content, order: Order, *, by: str, now: datetime) -> Letter:
    """The letter with its number, on record; issued for the same key before, it is that one.

    `Incomplete` where the content is none, `NoSeries` where nobody has set how its numbers are worded.
    """
    with connection.cursor() as cursor:  # two that ask for the same at once: the second finds what the first has made
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letter {order.key}"])
    kept = Letter.objects.filter(key=order.key).first()
    if kept is not None:
        return kept
    kind, day = content.kind, timezone.localdate(now)
    written_on = content.day or day
    dated = replace(content, day=written_on)
    filled(dated)  # before a number is taken
    series, serial, number = _numbered(kind, order, day.year)
    words = filled(replace(dated, number=number))
    letter = Letter.objects.create(
        kind=kind,
        area=order.area,
        key=order.key,
        subject=order.subject,
        series=series,
        year=day.year,
        serial=serial,
        number=number,
        day=written_on,
        digest=digest_of(words, order.key),
        content=secrecy().close(_written(words), queries.CONTENT_PLACE),
        template=queries.find_template(kind, order.area),
        issued_by=by,
        issued_at=now,
    )
    facts = {"kind": kind.value, "number": number, "about": order.subject, "code": letter.check_code}
    subject = f"letter:{letter.id}"
    audit.record("letter.issue", actor=by, subject=subject, area=order.area, basis=order.basis, details=facts)
    return letter


@transaction.atomic
def void(letter: Letter, reason: str, *, by: str, now: datetime) -> None:
    """The letter does not hold any more; number and record stay. `NotAllowed` without a reason; twice is once."""
    if not reason.strip():
        raise NotAllowed(_("作废要写明理由。"))
    there = Letter.objects.filter(id=letter.id, voided_at=None)
    if there.update(voided_by=by, voided_at=now, voiding=reason.strip()[:200]):
        facts = {"kind": letter.kind, "number": letter.number}
        audit.record("letter.void", actor=by, subject=f"letter:{letter.id}", area=letter.area, details=facts)


def file_of(letter: Letter, form: Form) -> File:
    """An issued letter as a file: its words as they were, in Word in the template that held then."""
    words = queries.content_of(letter)
    said = CODE if letter.number else UNNUMBERED_CODE
    check = VOID if letter.voided_at else said.format(code=letter.check_code)
    return _file(Kind(letter.kind), words, check, form, letter.template)


def hand_out(letter: Letter, form: Form, *, by: str, origin: str = "") -> File:
    """The same, on record."""
    subject, facts = f"letter:{letter.id}", {"form": form}
    audit.record("letter.read", actor=by, subject=subject, area=letter.area, origin=origin, details=facts)
    return file_of(letter, form)


def digest_of(words: Filled, key: str) -> bytes:
    """What finds out whether the letter of a key was changed; nobody makes it without the key of the installation."""
    return secrecy().index(hashlib.sha256(f"{key}\n{_written(words)}".encode()).hexdigest())


def _numbered(kind: Kind, order: Order, year: int) -> tuple[str, int | None, str]:
    if kind not in NUMBERED:
        return "", None, ""
    series = queries.find_series(kind, order.area, order.department)
    if series is None:
        raise NoSeries(kind, order.area)
    serial = numbers.take(series, order.area, year)
    return series, serial, numbers.written(series, year, serial)


def _file(kind: Kind, words: Filled, check: str, form: Form, template: Template | None) -> File:
    media_type, ending = TYPES[form]
    said = shown(words, check)
    if form == "pdf":
        content = as_pdf(kind, said)
    else:
        content = fill(queries.content_of_template(template) if template else default_template(kind), said)
    return File(f"{said['标题']}.{ending}", media_type, content)


def _written(words: Filled) -> str:
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
