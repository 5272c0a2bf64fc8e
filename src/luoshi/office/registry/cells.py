"""Cells of a file as a field takes them: what does not fit is found, row by row, and left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from luoshi.office.registry.shape import DIVISIONS, Column
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER

WIDE = 38


@dataclass(frozen=True)
class Fitted:
    """A column of a file as it will be stored, and masks of the cells that were not of their kind, by problem."""

    cells: Any
    wrong: dict[str, Any]


def is_usable(column: Column, stored: Any) -> bool:
    """Whether a column of a file with this Arrow type can hold values of the field at all."""
    kind = column.type
    if pa.types.is_null(stored):
        return True
    if isinstance(kind, Number):
        return bool(pa.types.is_integer(stored) or pa.types.is_decimal(stored))
    if isinstance(kind, Bool):
        return bool(pa.types.is_boolean(stored))
    if isinstance(kind, Date):
        return bool(pa.types.is_date32(stored))
    if isinstance(kind, Ref) and kind.register != DIVISIONS:
        return bool(pa.types.is_integer(stored))
    return is_text(stored)


def is_text(stored: Any) -> bool:
    """Whether a type of Arrow holds texts, plain or by numbers of a list."""
    if pa.types.is_dictionary(stored):
        stored = stored.value_type
    return bool(pa.types.is_string(stored) or pa.types.is_large_string(stored))


def fitted(column: Column, given: Any) -> Fitted:
    """The cells of a usable column, those that do not fit replaced by unknown."""
    cells = given.cast(pa.string()) if is_text(given.type) else given
    wrong = {name: pc.fill_null(mask, False) for name, mask in _wrong(column, cells)}
    for mask in wrong.values():
        cells = pc.if_else(mask, pa.scalar(None, cells.type), cells)
    return Fitted(cells, {name: mask for name, mask in wrong.items() if pc.any(mask).as_py()})


def _wrong(column: Column, cells: Any) -> Iterator[tuple[str, Any]]:
    kind = column.type
    if pa.types.is_null(cells.type):
        return
    if isinstance(kind, Number):
        yield from _wrong_numbers(kind, cells)
    elif isinstance(kind, Date):
        inside = pc.and_(pc.greater_equal(cells, pa.scalar(FIRST)), pc.less_equal(cells, pa.scalar(LAST)))
        yield "day", pc.invert(pc.or_(inside, pc.equal(cells, pa.scalar(NEVER))))
    elif isinstance(kind, Code):
        known = pc.is_in(cells, value_set=pa.array(kind.codes, pa.string()))
        yield "code", pc.and_(pc.is_valid(cells), pc.invert(known))
    elif is_text(cells.type):
        yield "sign", pc.match_substring(cells, "\0")


def _wrong_numbers(kind: Number, cells: Any) -> Iterator[tuple[str, Any]]:
    if pa.types.is_decimal(cells.type) and cells.type.scale > kind.places:
        yield "places", pc.not_equal(pc.round(cells, kind.places), cells)
    border = Decimal(10 ** (kind.digits - kind.places))
    kept = pa.decimal128(WIDE, cells.type.scale) if pa.types.is_decimal(cells.type) else pa.int64()
    high, low = (pa.scalar(end if pa.types.is_decimal(kept) else int(end), kept) for end in (border, -border))
    yield "digits", pc.or_(pc.greater_equal(cells, high), pc.less_equal(cells, low))
