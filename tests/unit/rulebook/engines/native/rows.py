"""What the native engine says about rows of a tiny pack, and that the other engine says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines import sql
from luoshi.rulebook.engines.native import decide_tables
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.sql.answers import ON, TITLE

RESULT = ("thing", "result")
Rows = Mapping[str, Mapping[Any, Mapping[str, Any]]]

__all__ = ["ON", "TITLE", "answers", "same"]


def answers(pack: Pack, rows: Rows, of: str = "thing", *, local: Sequence[LocalValue] = ()) -> dict[Any, Any]:
    """The fact `result` of every row of a register."""
    table = decide_tables(pack, to_tables(pack, rows), ON, facts=[(of, "result")], local=local)[of]
    return {row["id"]: row["result"] for row in table.to_pylist()}


def same(pack: Pack, tables: Mapping[str, pa.Table], **asked: Any) -> dict[str, pa.Table]:
    """What both engines for whole registers give: the same columns of the same types with the same cells."""
    found, wanted = (engine(pack, tables, ON, **asked) for engine in (decide_tables, sql.decide_tables))
    assert set(found) == set(wanted)
    for name, table in wanted.items():
        assert found[name].schema.names == table.schema.names
        differing = [column for column in table.column_names if not _equal(found[name][column], table[column])]
        assert differing == [], name
    return found


def _equal(found: pa.ChunkedArray, wanted: pa.ChunkedArray) -> bool:
    return found.type == wanted.type and found.to_pylist() == wanted.to_pylist()
