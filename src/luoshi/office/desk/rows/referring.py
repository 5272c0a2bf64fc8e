"""References as people write them: a name, pinyin or a number, and the rows that it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.registry import queries
from luoshi.office.registry.areas import area
from luoshi.office.registry.filters import MEANT, Filter, Sort
from luoshi.office.registry.finding import row_number
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.types import Ref

MOST = 12


@dataclass(frozen=True)
class Candidate:
    """A row that may be meant, and what tells it from others of its name."""

    id: RowId
    words: str


def label(names: Names, register: str, row_id: RowId) -> str:
    """What stands in the field of a reference: the name of the row, and its number where it is not a division."""
    named = names.of(register, [row_id]).get(row_id)
    if register == DIVISIONS:
        place = area(str(row_id))
        return named or (place.name if place else str(row_id))
    return f"{named} #{row_id}" if named else f"#{row_id}"


def candidates(names: Names, table: RegisterTable, column: Column, text: str) -> list[Candidate]:
    """The rows within reach that a text may mean; at most a dozen.

    Any division may be named where it does not say where the row itself belongs.
    """
    assert isinstance(column.type, Ref)
    register = column.type.register
    beyond = register == DIVISIONS and column.name not in table.area
    reach = Names(names.pack, "" if beyond else names.root, names.lang)
    target = table_of(names.pack, register)
    rows = list(queries.page(target, reach.root, [Filter("id", MEANT, text)], Sort("id"), size=MOST).rows)
    number = row_number(text.rpartition("#")[2])
    if number is not None and not target.of_divisions:
        exact = queries.row(target, reach.root, number)
        rows = [*([exact] if exact else []), *(row for row in rows if row.id != number)]
    named = reach.of_rows(target, rows)
    places = reach.of(DIVISIONS, [row.area_code for row in rows if row.area_code])
    return [Candidate(row.id, _told(register, row.id, named[row.id], places.get(row.area_code or ""))) for row in rows]


def _told(register: str, row_id: RowId, name: str, place: str | None) -> str:
    number = str(row_id) if register == DIVISIONS else f"#{row_id}"
    return f"{name} {number}" + (f" · {place}" if place and place != name else "")
