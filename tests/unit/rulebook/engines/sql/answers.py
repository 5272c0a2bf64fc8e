"""What the engine says about rows of a tiny pack, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql import decide_tables
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import pack_of

ON = date(2019, 7, 14)
TITLE = "title: BOTH"


def fact_of(expression: str, of: str = "thing") -> Pack:
    """A pack with the one fact `result`."""
    return pack_of(f'fact\nresult: {{of: {of}, {TITLE}, value: "{expression}"}}\n')


def answers(
    pack: Pack,
    rows: Mapping[str, Mapping[Any, Mapping[str, Any]]],
    of: str = "thing",
    *,
    on: date = ON,
    local: Iterable[LocalValue] = (),
) -> dict[Any, Any]:
    """The fact `result` of every row of a register."""
    tables = decide_tables(pack, to_tables(pack, rows), on, facts=[(of, "result")], local=local)
    return {row["id"]: row["result"] for row in tables[of].to_pylist()}
