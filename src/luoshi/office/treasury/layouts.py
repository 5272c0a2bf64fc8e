"""Layouts of banks: drawn up by one person, in use from a day by another's word, and never changed from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.audit import actions as audit
from luoshi.office.database.secrecy import masked
from luoshi.office.treasury.answers import NEEDED
from luoshi.office.treasury.errors import Busy, SamePerson, WrongFile, WrongStep
from luoshi.office.treasury.fields import BLANK, FIELDS, PRIVATE, Cell, rows_of
from luoshi.office.treasury.models import BankLayout, Batch, Line

ROLES = (*NEEDED, "reason", "account")
"""What a file that comes back may say of a line."""
NEEDED_FIELDS = frozenset({"number", "amount", "account"})
SHOWN = 5
"""So many lines of a batch are shown when a layout is tried."""


@dataclass(frozen=True)
class Shape:
    """What a layout says; as the model of it."""

    title: str
    form: str
    separator: str
    encoding: str
    columns: Sequence[tuple[str, str]]
    has_header: bool
    has_control: bool
    back: Mapping[str, str]
    paid_words: Sequence[str]


@transaction.atomic
def draft(code: str, shape: Shape, *, by: str) -> BankLayout:
    """A further layout of a code, which nothing uses yet. Whatever batches use stays as it is."""
    last = BankLayout.objects.filter(code=code).aggregate(Max("number"))["number__max"] or 0
    try:
        with transaction.atomic():
            made = BankLayout.objects.create(code=code, number=last + 1, made_by=by, **_facts(shape))
    except IntegrityError:
        raise Busy(code) from None
    audit.record("layout.draft", actor=by, subject=_subject(made))
    return made


@transaction.atomic
def change(layout_id: int, shape: Shape, *, by: str) -> BankLayout:
    """A draft says something else; it is from then on the draft of whoever changed it."""
    found = BankLayout.objects.select_for_update().get(id=layout_id)
    if found.start is not None:
        raise WrongStep("in use")
    for name, value in _facts(shape).items():
        setattr(found, name, value)
    found.made_by = by
    found.save()
    audit.record("layout.change", actor=by, subject=_subject(found))
    return found


@transaction.atomic
def use(layout_id: int, start: date, *, by: str) -> BankLayout:
    """The layout is in use from a day, instead of the one before. `SamePerson` for whoever drew it up, `WrongFile` for
    columns that do not suffice."""
    found = BankLayout.objects.select_for_update().get(id=layout_id)
    if found.start is not None:
        raise WrongStep("in use")
    if is_same_person(by, found.made_by):
        raise SamePerson(by)
    check(found)
    found.start, found.confirmed_by = start, by
    found.save(update_fields=["start", "confirmed_by"])
    audit.record("layout.use", actor=by, subject=_subject(found), details={"from": str(start)})
    return found


def check(layout: BankLayout) -> None:
    """`WrongFile` where columns cannot be, or do not suffice."""
    names = [field for field, _title in layout.columns]
    if set(names) - FIELDS.keys() or not set(names) >= NEEDED_FIELDS:
        raise WrongFile("column", None, ", ".join(names), ", ".join(sorted(NEEDED_FIELDS)))
    if any(not layout.back.get(role) for role in NEEDED) or not layout.paid_words:
        raise WrongFile("back")


def list_in_use(today: date) -> list[BankLayout]:
    """The layouts that batches are made in on a day: of each code the newest that has begun."""
    found = BankLayout.objects.filter(start__lte=today).order_by("code", "-start", "-number").distinct("code")
    return sorted(found, key=lambda one: one.id)


def find_in_use(code: str, today: date) -> BankLayout | None:
    """The layout of a code that is in use on a day."""
    return next((one for one in list_in_use(today) if one.code == code), None)


def preview(layout: BankLayout, batch: Batch) -> list[list[Cell]]:
    """The first lines of a batch as the layout writes them, numbers of people and accounts masked."""
    fields = [field if field in FIELDS else BLANK for field, _title in layout.columns]
    lines = Line.objects.filter(batch=batch).exclude(state=Line.State.STOPPED).select_related("commitment", "payee")
    shown = list(lines.order_by("number")[:SHOWN])
    return [
        [masked(str(cell)) if field in PRIVATE else cell for field, cell in zip(fields, row, strict=True)]
        for row in rows_of(batch, shown, fields)
    ]


def _facts(shape: Shape) -> dict[str, object]:
    return vars(shape) | {"columns": [list(each) for each in shape.columns], "back": dict(shape.back)}


def _subject(layout: BankLayout) -> str:
    return f"layout:{layout.code}/{layout.number}"
