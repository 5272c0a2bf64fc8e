"""Keeping the lists of people that other offices give. Of a person only the keyed index of the number is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.treasury.errors import WrongFile
from luoshi.office.treasury.models import ListedPerson, PersonList
from luoshi.office.treasury.uploads import first_sheet
from luoshi.rulebook.values.citizen_id import BadCitizenId, CitizenId

TITLES = ("身份证号", "身份证号码", "公民身份号码", "居民身份证号")
AT_ONCE = 5_000


@dataclass(frozen=True)
class Given:
    """A list as an office gives it: who stands on it, for which area, from where, as of when."""

    kind: str
    area: str
    source: str
    as_of: date


def keep(given: Given, content: bytes, name: str, *, by: str, now: datetime) -> PersonList:
    """The list, which counts from now on. `WrongFile` refuses it whole, with the first row that is wrong."""
    numbers = read_numbers(content, name)
    keys = secrecy()
    with transaction.atomic():
        kept = PersonList.objects.create(**vars(given), rows=len(numbers), by=by, at=now)
        people = (ListedPerson(list=kept, id_index=keys.index(number)) for number in numbers)
        ListedPerson.objects.bulk_create(people, batch_size=AT_ONCE)
        details = {"kind": given.kind, "rows": len(numbers), "as_of": str(given.as_of)}
        audit.record("people.list", actor=by, subject=f"people:{kept.id}", area=given.area, details=details)
    return kept


def read_numbers(content: bytes, name: str) -> list[str]:
    """The id numbers in the column that has one of the titles for them, each once."""
    sheet = first_sheet(content, name, TITLES)
    column = next((each for each in sheet.columns if each.title in TITLES), None)
    if column is None:
        raise WrongFile("column", sheet.header, ", ".join(each.title for each in sheet.columns), TITLES[0])
    pairs = zip(sheet.rows.to_pylist(), column.cells.texts.to_pylist(), strict=True)
    return list(dict.fromkeys(_number(row, text) for row, text in pairs))


def _number(row: int, text: str | None) -> str:
    try:
        return CitizenId.parse(text or "").text
    except BadCitizenId as wrong:
        raise WrongFile("id", row, wrong.reason) from None
