"""Rows in memory as Arrow tables, in the layout of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from luoshi.rulebook.inputs.store import Rows
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Bool, Date, Number, Type
from luoshi.rulebook.values.calendar import NEVER

WIDEST = 38


def to_tables(pack: Pack, rows: Mapping[str, Rows]) -> dict[str, pa.Table]:
    """One table per kept register: `id`, its fields, and the facts that were given."""
    return {register: _table(pack, register, content) for register, content in rows.items()}


def _table(pack: Pack, register: str, rows: Rows) -> pa.Table:
    fields = pack.registers[register].fields
    kinds = {name: field.type for name, field in fields.items()}
    given = {name for row in rows.values() for name in row if name not in fields}
    kinds |= {name: pack.facts[register, name].type for name in sorted(given)}
    columns: dict[str, pa.Array] = {"id": pa.array([str(row_id) for row_id in rows], pa.string())}
    for name, kind in kinds.items():
        never_blank = name in fields and fields[name].blank_never
        values = [_blank(row.get(name), never_blank) for row in rows.values()]
        columns[name] = pa.array(values, arrow_type(kind))
    return pa.table(columns)


def _blank(value: Any, never_blank: bool) -> Any:
    """How a value is stored: what has not ended is blank."""
    return None if never_blank and value == NEVER else value


def arrow_type(kind: Type) -> pa.DataType:
    """The stored type of a value."""
    if isinstance(kind, Bool):
        return pa.bool_()
    if isinstance(kind, Date):
        return pa.date32()
    if isinstance(kind, Number):
        return pa.decimal128(WIDEST, kind.places) if kind.places else pa.int64()
    return pa.string()
