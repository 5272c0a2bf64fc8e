"""Rows by any of their keys: name, pinyin, id number, telephone number, register number. Exact but for names."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from luoshi.office.database.secrecy import Secrecy, normalised
from luoshi.office.registry.shape import Column, RegisterTable
from luoshi.office.registry.sounding import is_name, named
from luoshi.rulebook.model.types import Text

LONGEST = 60
"""Longer texts are no key of anything."""
MOST_SIGNS = 18


def found_by(table: RegisterTable) -> tuple[Column, ...]:
    """The columns that a text is looked for in."""
    first = table.key[:1]
    return tuple(
        column
        for column in table.columns.values()
        if isinstance(column.type, Text) and (column.encrypted or is_name(column) or column.name in first)
    )


def meant(table: RegisterTable, text: str, keys: Secrecy) -> sql.Composable:
    """The rows that a text means. A text that can mean nothing finds nothing."""
    text = text.strip()
    if not text or len(text) > LONGEST or "\0" in text:
        return sql.SQL("false")
    parts = list(_parts(table, text, keys))
    return sql.SQL("({})").format(sql.SQL(" OR ").join(parts)) if parts else sql.SQL("false")


def _parts(table: RegisterTable, text: str, keys: Secrecy) -> Iterator[sql.Composable]:
    for column in found_by(table):
        if column.encrypted:
            yield sql.SQL("{} = {}").format(sql.Identifier(column.index), keys.index(text))
            continue
        if is_name(column):
            yield named(column.name, text)
        if column.name in table.key[:1]:
            yield sql.SQL("{} = ANY({})").format(sql.Identifier(column.name), list({text, normalised(text)}))
    if table.of_divisions:
        yield sql.SQL("id = {}").format(text)


def row_number(text: str) -> int | None:
    """The number of a row, where a text can be one."""
    text = normalised(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_SIGNS else None
