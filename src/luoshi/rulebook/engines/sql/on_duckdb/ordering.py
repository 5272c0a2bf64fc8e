"""Rows in the order of their ids: results come in it, and stored rows can be put beside given ones without a join."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi.rulebook.bulk.sizes import part_size

Query = Callable[[str], list[tuple[Any, ...]]]
Starts = tuple[int | str, ...]


def starts(query: Query, table: str, cell: str, rows: int) -> Starts | None:
    """The ids (in `cell`) at which second and later parts of a table start; None unless ids rise from row to row."""
    size = part_size(rows)
    numbered = f"SELECT {cell} AS id, lag({cell}) OVER () AS before, row_number() OVER () - 1 AS place FROM {table}"
    first = f"list(id ORDER BY place) FILTER (WHERE place > 0 AND place % {size} = 0)"
    falls, found = query(f"SELECT bool_or(id <= before), {first} FROM ({numbered})")[0]
    return None if falls else tuple(found or ())
