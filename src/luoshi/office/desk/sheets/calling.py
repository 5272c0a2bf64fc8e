"""What the owners of a sheet are called, so that they are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.queries import MOST_ROWS, Row, page
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.types import Ref


def called(names: Names, register: str, ids: Sequence[int]) -> Mapping[RowId, str]:
    """What rows are called: by all that their key refers to, where that has a name; else as everywhere."""
    table = table_of(names.pack, register)
    rows, found = list(_rows(names, table, ids)), defaultdict[RowId, list[str]](list)
    for column in table.references():
        if column.name in table.key and not _is_place(column):
            known = _known(names, column, rows)
            for row in rows:
                if row.cells[column.name] in known:
                    found[row.id].append(known[row.cells[column.name]])
    plain = names.of_rows(table, rows)
    return {row.id: " · ".join(found[row.id]) or plain[row.id] for row in rows}


def _known(names: Names, column: Column, rows: Sequence[Row]) -> Mapping[RowId, str]:
    """The names of the rows that a column refers to, of those that have one."""
    assert isinstance(column.type, Ref)
    register = column.type.register
    wanted = {row.cells[column.name] for row in rows if row.cells[column.name] is not None}
    found = names.of(register, wanted)
    return {row_id: name for row_id, name in found.items() if name != names.plain(register, row_id)}


def _is_place(column: Column) -> bool:
    return isinstance(column.type, Ref) and column.type.register == DIVISIONS


def _rows(names: Names, table: RegisterTable, ids: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(ids), MOST_ROWS):
        some = tuple(ids[start : start + MOST_ROWS])
        yield from page(table, names.root, [Filter("id", "any", some)], Sort("id"), size=MOST_ROWS).rows
