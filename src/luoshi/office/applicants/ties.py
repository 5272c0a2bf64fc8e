"""Which rows of registers belong together: people by their number, and what leads to them by references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.office.registry import queries
from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref, Text

NAME = "name"
MOST_OF_ONE = 20
EVERYWHERE = ""


@dataclass(frozen=True, order=True)
class Own:
    """A row that belongs to somebody; `how` is the register through which it does, "" for the row they are."""

    register: str
    row_id: int
    how: str = ""


def number_column(table: RegisterTable) -> Column | None:
    """The encrypted text by which a row of the register is told apart: the number on somebody's card; None without."""
    key = [table.columns[name] for name in table.key if name in table.columns]
    return next((column for column in key if column.encrypted), None)


def list_people(pack: Pack) -> list[str]:
    """The registers whose rows have a number and a name: those that an account can be tied to."""
    found = []
    for register in pack.registers:
        table = table_of(pack, register)
        if number_column(table) is not None and isinstance(getattr(table.columns.get(NAME), "type", None), Text):
            found.append(register)
    return found


def list_dealt(pack: Pack) -> list[str]:
    """The registers whose rows somebody else may deal for: cases can be about them, and they are no people.

    What belongs to a person or to their household is reached through the person, and never opened to somebody else.
    """
    led = {measure.register for measure in pack.measures.values() if measure.procedure}
    led |= {name for one in pack.procedures.values() if one.has_cases for name in one.registers}
    people = list_people(pack)
    private = {DIVISIONS, *people, *(name for person in people for name in _path(pack, person))}
    return [
        name
        for name in pack.registers
        if name in led - private and private.isdisjoint(_path(pack, name)) and not _is_of_many(pack, name, private)
    ]


def _path(pack: Pack, register: str) -> Iterator[str]:
    """The registers on the way from a row to its area."""
    for name in pack.registers[register].area:
        kind = pack.registers[register].fields[name].type
        if not isinstance(kind, Ref) or kind.register == DIVISIONS:
            return
        register = kind.register
        yield register


def _is_of_many(pack: Pack, register: str, private: set[str]) -> bool:
    """Whether a row is one of many that a person or household has: its key names them, and something more."""
    table = table_of(pack, register)
    kinds = [table.columns[name].type for name in table.key if name in table.columns]
    named = [kind for kind in kinds if isinstance(kind, Ref) and kind.register in private - {DIVISIONS}]
    return bool(named) and len(kinds) > 1


def find_row(pack: Pack, register: str, number: str, name: str) -> queries.Row | None:
    """The one row with this number and this name; None where either differs, or several have them."""
    table = table_of(pack, register)
    column = number_column(table)
    if column is None or not number.strip() or not name.strip():
        return None
    asked = [Filter(column.name, "is", number), Filter(NAME, "is", name.strip())]
    rows = queries.page(table, EVERYWHERE, asked, Sort("id"), size=2).rows
    return rows[0] if len(rows) == 1 else None


def own_rows(pack: Pack, register: str, row_id: int) -> list[Own]:
    """Every row that is about a row: itself, those it stands under, and those that are about either.

    Of somebody who is a person, a row is about them where the path to its area, or its key, names them; never where
    its key names another. Who else lives in the household is another's row.
    """
    found = {Own(register, row_id), *_above(pack, register, row_id)}
    people = list_people(pack)
    person = row_id if register in people else None
    for other in pack.registers:
        if other != DIVISIONS and other not in people:
            found |= set(_about(pack, other, found, people, person))
    return sorted(found)


def _above(pack: Pack, register: str, row_id: int) -> Iterator[Own]:
    """The rows on the way from a row to its area: a person's household."""
    for name in pack.registers[register].area:
        kind = pack.registers[register].fields[name].type
        row = queries.row(table_of(pack, register), EVERYWHERE, row_id)
        if row is None or not isinstance(kind, Ref) or kind.register == DIVISIONS or row.cells[name] is None:
            return
        register, row_id = kind.register, row.cells[name]
        yield Own(register, row_id, register)


def _about(pack: Pack, register: str, mine: set[Own], people: list[str], person: int | None) -> Iterator[Own]:
    """The rows of a register that refer to one of mine where they say whose they are."""
    table = table_of(pack, register)
    refs = [table.columns[name] for name in dict.fromkeys((*table.key, *table.area[:1])) if name in table.columns]
    named = [column for column in refs if isinstance(column.type, Ref) and column.type.register in people]
    by_register = {own.register: own.row_id for own in mine if not own.how or own.how == own.register}
    for column in named or refs:
        kind = column.type
        if not isinstance(kind, Ref) or kind.register not in by_register:
            continue
        asked = [Filter(column.name, "is", by_register[kind.register])]
        for row in queries.page(table, EVERYWHERE, asked, Sort("id"), size=MOST_OF_ONE).rows:
            if isinstance(row.id, int) and all(row.cells[one.name] in (None, person) for one in named):
                yield Own(register, row.id, kind.register)
