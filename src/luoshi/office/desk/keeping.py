"""What is kept about a subject, as its page shows it: values in words, where they come from, what they were before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.registry import queries
from luoshi.office.registry.areas import area
from luoshi.office.registry.queries import Former
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.blocks import RegisterField
from luoshi.rulebook.model.types import Date, Ref
from luoshi.rulebook.values.area_code import is_area_code
from luoshi.rulebook.values.calendar import NEVER

MOST_SIGNS = 18


@dataclass(frozen=True)
class Value:
    """A field with its value in words, "" when it is not known. `register` and `row` are where a reference leads.

    `hidden` ones are shown with most of their signs covered; a reference beyond the area is `elsewhere`.
    """

    title: str
    words: str
    judged: bool = False
    hidden: bool = False
    elsewhere: bool = False
    register: str = ""
    row: RowId | None = None


@dataclass(frozen=True)
class Before:
    """What a row was until it was replaced: the fields that were different from the version after it."""

    former: Former
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Kept:
    """A row as it is kept now, and what it was before, the newest first."""

    name: str
    register: str
    keeper: str
    area: str
    row: queries.Row
    values: tuple[Value, ...]
    before: tuple[Before, ...]


def find_kept(names: Names, register: str, written: str) -> Kept | None:
    """The row whose id was written in an address; None for an id of the wrong form and for rows beyond the area."""
    definition = names.pack.registers.get(register)
    row_id = row_id_of(register, written)
    if definition is None or row_id is None:
        return None
    table = table_of(names.pack, register)
    row = queries.row(table, names.root, row_id)
    if row is None:
        return None
    place = area(row.area_code) if row.area_code else None
    return Kept(
        name=names.of_rows(table, [row])[row.id],
        register=definition.title.say(names.lang),
        keeper=definition.keeper.say(names.lang) if definition.keeper else "",
        area=place.name if place else row.area_code or "",
        row=row,
        values=tuple(_values(names, table, row.cells)),
        before=tuple(_before(names, table, row.cells, queries.history(table, names.root, row_id))),
    )


def row_id_of(register: str, written: str) -> RowId | None:
    """The id that an address names: a division code, else a number written in one way only; None for anything else."""
    if register == DIVISIONS:
        return written if is_area_code(written) else None
    is_number = written.isascii() and written.isdecimal() and len(written) <= MOST_SIGNS
    return int(written) if is_number and str(int(written)) == written else None


def _values(names: Names, table: RegisterTable, cells: Mapping[str, Any]) -> Iterable[Value]:
    called = {register: names.of(register, ids) for register, ids in _referred(table, cells).items()}
    for column in table.columns.values():
        title, cell = column.title.say(names.lang), cells[column.name]
        if not isinstance(column.type, Ref) or cell is None:
            yield Value(title, _words(names, table, column, cell), column.judged, column.encrypted and cell is not None)
            continue
        register = column.type.register
        name = called[register].get(cell)
        if name is not None:
            yield Value(title, name, column.judged, register=register, row=cell)
        else:
            yield Value(title, _beyond(names, register, cell), column.judged, elsewhere=True)


def _referred(table: RegisterTable, cells: Mapping[str, Any]) -> Mapping[str, list[RowId]]:
    """The rows that a row refers to, by their register."""
    found: dict[str, list[RowId]] = {}
    for column in table.references():
        if isinstance(column.type, Ref) and cells[column.name] is not None:
            found.setdefault(column.type.register, []).append(cells[column.name])
    return found


def _beyond(names: Names, register: str, row_id: RowId) -> str:
    """What is said of a row beyond the area: of a division its name, of anything else its number only."""
    place = area(str(row_id)) if register == DIVISIONS else None
    return place.name if place else names.plain(register, row_id)


def _words(names: Names, table: RegisterTable, column: Column, cell: Any) -> str:
    field = names.pack.registers[table.register].fields.get(column.name)
    if cell is None:
        return _("空白") if field and field.blank_never else ""
    if isinstance(column.type, Date) and str(cell) == NEVER.isoformat():
        return shown(NEVER, column.type, names.lang)
    return shown(cell, column.type, names.lang, _codes(field))


def _codes(field: RegisterField | None) -> dict[str, Any]:
    return dict(field.codes) if field else {}


def _before(names: Names, table: RegisterTable, now: Mapping[str, Any], formers: Iterable[Former]) -> Iterable[Before]:
    """Each former version with what the version after it changed."""
    after = now
    for former in formers:
        pairs = [
            (
                column.title.say(names.lang),
                *(_words(names, table, column, cells[column.name]) for cells in (former.cells, after)),
            )
            for column in table.columns.values()
        ]
        yield Before(former, tuple((title, old, new) for title, old, new in pairs if old != new))
        after = former.cells
