"""Rows that a measure is claimed for, where it is about another register than the case: references lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luoshi.office.desk.naming import RowId
from luoshi.office.registry import queries
from luoshi.office.registry.filters import Filter
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import DIVISIONS, table_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

DEEPEST = 3
MOST = 20


def rows_for(pack: Pack, root: str, register: str, row: Row, wanted: str) -> list[RowId]:
    """The rows of the register `wanted` that a case about a row may claim for: itself, or one that references join."""
    if wanted == register:
        return [row.id]
    return list(
        dict.fromkeys([*_ahead(pack, root, register, row, wanted), *_behind(pack, root, register, row, wanted)])
    )


def _ahead(pack: Pack, root: str, register: str, row: Row, wanted: str, depth: int = DEEPEST) -> Iterator[RowId]:
    """Rows that references of the row lead to."""
    for target, row_id in _references(pack, register, row.cells):
        if target == wanted:
            yield row_id
        elif depth > 1 and target != DIVISIONS and (there := queries.row(table_of(pack, target), root, row_id)):
            yield from _ahead(pack, root, target, there, wanted, depth - 1)


def _behind(pack: Pack, root: str, register: str, row: Row, wanted: str) -> Iterator[RowId]:
    """Rows that refer to the row."""
    table = table_of(pack, wanted)
    for column in table.references():
        if isinstance(column.type, Ref) and column.type.register == register:
            yield from (
                one.id for one in queries.page(table, root, [Filter(column.name, "is", row.id)], size=MOST).rows
            )


def _references(pack: Pack, register: str, cells: Any) -> Iterator[tuple[str, RowId]]:
    for column in table_of(pack, register).references():
        if isinstance(column.type, Ref) and cells.get(column.name) is not None:
            yield column.type.register, cells[column.name]
