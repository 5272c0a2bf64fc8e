"""What is kept about a subject, as its page shows it: values in words, where they come from, what they were before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.wording import RATE, worded
from luoshi.office.registry import queries
from luoshi.office.registry.areas import area
from luoshi.office.registry.models import Merger
from luoshi.office.registry.queries import Former
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.office.registry.tracing import Since, traces
from luoshi.office.registry.uniting import find_merger, mergers_into
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
    `since` is the version that brought the value, where that is not the first.
    """

    title: str
    words: str
    judged: bool = False
    hidden: bool = False
    elsewhere: bool = False
    register: str = ""
    row: RowId | None = None
    column: str = ""
    since: Since | None = None


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
    absorbed: tuple[Merger, ...] = ()
    """Mergers through which other rows have become part of this one."""


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
        values=tuple(_traced(_values(names, table, row.cells), traces(table, names.root, row_id))),
        before=tuple(_before(names, table, row.cells, queries.history(table, names.root, row_id))),
        absorbed=tuple(mergers_into(table, row_id)) if isinstance(row_id, int) else (),
    )


@dataclass(frozen=True)
class Gone:
    """A row that has become part of another: what it was, the newest first; `kept_name` is what that one is called."""

    merger: Merger
    register: str
    kept_name: str
    before: tuple[Before, ...]


def find_gone(names: Names, register: str, written: str) -> Gone | None:
    """The row whose id was written in an address, where it was merged into another; None if not, or elsewhere."""
    definition, row_id = names.pack.registers.get(register), row_id_of(register, written)
    if definition is None or not isinstance(row_id, int):
        return None
    table = table_of(names.pack, register)
    formers, merger = queries.history(table, names.root, row_id), find_merger(table, row_id)
    if not formers or merger is None:
        return None
    named = names.of(register, [merger.kept])
    last = Before(formers[0], tuple(_known(names, table, formers[0].cells)))
    rest = _before(names, table, formers[0].cells, formers[1:])
    kept_name = named.get(merger.kept) or names.plain(register, merger.kept)
    return Gone(merger, definition.title.say(names.lang), kept_name, (last, *rest))


def _known(names: Names, table: RegisterTable, cells: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """The cells of the last version of a row that is there no longer."""
    for column in table.columns.values():
        if cells[column.name] is not None:
            yield column.title.say(names.lang), in_words(names, table, column, cells[column.name]), ""


def _traced(values: Iterable[Value], since: Mapping[str, Since]) -> Iterable[Value]:
    for value in values:
        found = since.get(value.column)
        yield replace(value, since=found) if found is not None and found.version > 1 else value


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
            words, hidden = in_words(names, table, column, cell), column.encrypted and cell is not None
            yield Value(title, words, column.judged, hidden, column=column.name)
            continue
        register = column.type.register
        name = called[register].get(cell)
        if name is not None:
            yield Value(title, name, column.judged, register=register, row=cell, column=column.name)
        else:
            yield Value(title, _beyond(names, register, cell), column.judged, elsewhere=True, column=column.name)


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


def in_words(names: Names, table: RegisterTable, column: Column, cell: Any) -> str:
    """A cell in words, "" for one that is not known; a reference by its number."""
    field = names.pack.registers[table.register].fields.get(column.name)
    if cell is None:
        return _("空白") if field and field.blank_never else ""
    if isinstance(column.type, Date) and str(cell) == NEVER.isoformat():
        return shown(NEVER, column.type, names.lang)
    return worded(cell, column.type, _unit(field), names.lang, _codes(field))


def _unit(field: RegisterField | None) -> str:
    """The unit of a rate; sums of money stand to the cent, as they were registered."""
    return RATE if field is not None and field.unit_label == RATE else ""


def _codes(field: RegisterField | None) -> dict[str, Any]:
    return dict(field.codes) if field else {}


def _before(names: Names, table: RegisterTable, now: Mapping[str, Any], formers: Iterable[Former]) -> Iterable[Before]:
    """Each former version with what the version after it changed."""
    after = now
    for former in formers:
        pairs = [
            (
                column.title.say(names.lang),
                *(in_words(names, table, column, cells[column.name]) for cells in (former.cells, after)),
            )
            for column in table.columns.values()
        ]
        yield Before(former, tuple((title, old, new) for title, old, new in pairs if old != new))
        after = former.cells
