"""What a line can say in a file for a bank, by name of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.areas import areas_of
from luoshi.office.treasury.models import Batch, Line
from luoshi.office.treasury.payees import account_of, number_of
from luoshi.office.treasury.sealing import open_subject
from luoshi.rulebook.values.area_code import lineage

Cell = str | int | Decimal
BLANK = "blank"
"""A column that a bank wants and nobody fills."""


@dataclass(frozen=True)
class Opened:
    """A line with everything that is sealed in it, in clear. Only for files of banks."""

    line: Line
    subject: Mapping[str, Any]
    payee_id: str
    account: str
    village: str
    day: str

    def more(self, name: str) -> str:
        """A further column of a roster; empty where nobody has given it."""
        return str(self.subject["more"].get(name, ""))


FIELDS: Mapping[str, Callable[[Opened], Cell]] = {
    "number": lambda one: one.line.number,
    "head_name": lambda one: one.subject["head_name"] or one.subject["name"],
    "head_id": lambda one: one.subject["head_id"] or one.subject["id_number"],
    "payee_name": lambda one: one.line.payee.name,
    "payee_id": lambda one: one.payee_id,
    "account": lambda one: one.account,
    "bank": lambda one: one.line.payee.bank,
    "village": lambda one: one.village,
    "group": lambda one: one.more("group"),
    "subject_name": lambda one: one.subject["name"],
    "subject_id": lambda one: one.subject["id_number"],
    "phone": lambda one: one.more("phone"),
    "workplace": lambda one: one.more("workplace"),
    "transport": lambda one: one.more("transport"),
    "standard": lambda one: one.more("standard"),
    "amount": lambda one: one.line.amount,
    "day": lambda one: one.day,
    "remark": lambda one: one.more("remark"),
    BLANK: lambda one: "",
}
PRIVATE = frozenset({"head_id", "payee_id", "account", "subject_id", "phone"})
"""Numbers of people and accounts: shown masked wherever they do not go to the bank."""


def rows_of(batch: Batch, lines: Sequence[Line], fields: Iterable[str]) -> Iterator[list[Cell]]:
    """What each line says in these fields, in order."""
    keys, asked = secrecy(), [FIELDS[name] for name in fields]
    names = _places({line.commitment.area for line in lines})
    day = "" if batch.approved_at is None else f"{batch.approved_at:%Y-%m-%d}"
    for line in lines:
        opened = Opened(
            line=line,
            subject=open_subject(line.commitment.closed_subject, keys),
            payee_id=number_of(line.payee, keys),
            account=account_of(line.payee, keys),
            village=names.get(line.commitment.area, line.commitment.area),
            day=day,
        )
        yield [field(opened) for field in asked]


def _places(codes: set[str]) -> Mapping[str, str]:
    """Areas by their names in full, from the township down."""
    known = areas_of({each for code in codes for each in lineage(code)})
    return {code: "".join(known[each].name for each in reversed(lineage(code)[:2]) if each in known) for code in codes}
