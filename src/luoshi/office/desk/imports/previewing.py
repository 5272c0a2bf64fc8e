"""What an import would do to a register, row by row, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.office.desk.naming import Names
from luoshi.office.desk.wording import RATE, worded
from luoshi.office.exchange.queries import Line
from luoshi.office.registry.areas import area
from luoshi.office.registry.shape import DIVISIONS, RegisterTable, table_of
from luoshi.rulebook.model.types import Ref

Found = Mapping[str, Mapping[int | str, str]]


@dataclass(frozen=True)
class Cell:
    """A field before and after; `before` is "" for a new row and for what was not known."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """A row of a file: its number there, what it is called, its new or changed fields, and those in conflict."""

    row: int
    id: int | None
    name: str
    cells: tuple[Cell, ...]
    conflicts: tuple[Cell, ...]


def shown_lines(names: Names, register: str, lines: list[Line]) -> list[Shown]:
    """The lines in words."""
    table = table_of(names.pack, register)
    found = {target: names.of(target, ids) for target, ids in _referred(table, lines).items()}
    called = names.of(register, [line.id for line in lines if line.id is not None])
    return [_shown(names, table, line, found, called) for line in lines]


def _shown(names: Names, table: RegisterTable, line: Line, found: Found, called: Mapping[int | str, str]) -> Shown:
    key = [_words(names, table, name, line.new.get(name), found) for name in table.key]
    name = called.get(line.id) if line.id is not None else None
    columns = line.changes if line.old is not None else tuple(line.new)
    return Shown(
        row=line.row,
        id=line.id,
        name=name or " · ".join(filter(None, key)),
        cells=tuple(cell for cell in _cells(names, table, line, columns, found) if line.old is not None or cell.after),
        conflicts=tuple(_cells(names, table, line, line.conflicts, found)),
    )


def _cells(names: Names, table: RegisterTable, line: Line, columns: tuple[str, ...], found: Found) -> Iterator[Cell]:
    for name in columns:
        title = table.columns[name].title.say(names.lang)
        before = "" if line.old is None else _words(names, table, name, line.old[name], found)
        yield Cell(title, before, _words(names, table, name, line.new[name], found))


def _referred(table: RegisterTable, lines: list[Line]) -> dict[str, list[int | str]]:
    """The rows that the lines refer to, before and after, by their register."""
    wanted: dict[str, list[int | str]] = {}
    for column in table.references():
        assert isinstance(column.type, Ref)
        ids = wanted.setdefault(column.type.register, [])
        for line in lines:
            ids += [side[column.name] for side in (line.new, line.old) if side and side.get(column.name) is not None]
    return {register: ids for register, ids in wanted.items() if ids}


def _words(names: Names, table: RegisterTable, name: str, cell: Any, found: Found) -> str:
    column = table.columns[name]
    if cell is None:
        return ""
    if isinstance(column.type, Ref):
        known = found.get(column.type.register, {}).get(cell)
        place = area(str(cell)) if known is None and column.type.register == DIVISIONS else None
        return known or (place.name if place else names.plain(column.type.register, cell))
    field = names.pack.registers[table.register].fields.get(name)
    unit = RATE if field is not None and field.unit_label == RATE else ""
    return worded(cell, column.type, unit, names.lang, dict(field.codes) if field else {})
