"""What people enter for single cells, read as their field takes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.office.registry.errors import Problem
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Share, Text, Type
from luoshi.rulebook.values.calendar import NEVER

Value = bool | int | Decimal | date | str
Cells = Mapping[str, Value | None]
KINDS: Mapping[type[Type], str] = {
    Bool: "type", Number: "type", Share: "type", Code: "code", Date: "day", Text: "sign", Ref: "reference",
}  # fmt: skip
MOST_SIGNS = 2_000
GREATEST_ID = 2**63 - 1


class Unfit(ValueError):
    """A text that means no value of its column."""


def entered(column: Column, text: str) -> Value | None:
    """The value that a text means for a column, None for an empty one; `Unfit` where it means none.

    Full-width signs, blanks around it, and commas between thousands are taken as they are meant.
    """
    kind = column.type
    written = text.strip() if isinstance(kind, Text) else unicodedata.normalize("NFKC", text).strip()
    if not written:
        return None
    if isinstance(kind, Text):
        return _sound(written)
    if isinstance(kind, Ref) and kind.register != DIVISIONS:
        return _number(written)
    if isinstance(kind, Date) and written == NEVER.isoformat():
        return NEVER
    try:
        value = typed_value(kind, written.replace(",", "") if isinstance(kind, Number) else written)
    except Mismatch as problem:
        raise Unfit(column.name) from problem
    assert not isinstance(value, tuple)
    return value


def misfits(table: RegisterTable, cells: Cells) -> list[Problem]:
    """A problem for every cell that the register has no column for, or whose value is not one of its column."""
    unknown = [Problem("column", table.register, name) for name in cells if name not in table.columns]
    wrong = [
        Problem(KINDS[type(column.type)], table.register, name)
        for name, column in table.columns.items()
        if not fits(column, cells.get(name))
    ]
    return unknown + wrong


def fits(column: Column, value: Value | None) -> bool:
    """Whether a column can hold a value: nothing, or what its own text means."""
    if value is None:
        return True
    if isinstance(column.type, Text):
        return isinstance(value, str) and "\0" not in value
    if isinstance(column.type, Ref) and column.type.register != DIVISIONS and not isinstance(value, int):
        return False
    try:
        return entered(column, written(value)) == value
    except Unfit:
        return False


def written(value: Value) -> str:
    """A value as it is entered."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _sound(text: str) -> str:
    if "\0" in text or len(text) > MOST_SIGNS:
        raise Unfit(text[:1])
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text[:20]) > GREATEST_ID:
        raise Unfit(text[:1])
    return int(text)
