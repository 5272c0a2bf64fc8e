"""What the engine says about rows of a tiny pack, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql import decide_tables
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import pack_of

ON = date(2019, 7, 14)
TITLE = "title: BOTH"


def fact_of(expression: str, of: str = "thing") -> Pack:
    """A pack with the one fact `result`."""
    return pack_of(f'fact\nresult: {{of: {of}, {TITLE}, value: "{expression}"}}\n')


def chain(length: int, first: str = "size", *more: str) -> Pack:
    """Facts from `first` to `result` that each mention the one before three times, and more facts.

    The loader would not take so many.
    """
    pack = pack_of("\n".join(["fact", f'result: {{of: thing, {TITLE}, value: "{first}"}}', *more, ""]))
    start = pack.facts["thing", "result"]
    found = {**pack.facts, ("thing", "f0"): start}
    for at in range(1, length):
        before = n.Fact(start.type, "thing", f"f{at - 1}")
        test = build.compare(">", before, build.literal(at))
        value = build.choose(((test, build.least((before, build.literal(900)))),), build.literal(at))
        found["thing", "result" if at == length - 1 else f"f{at}"] = replace(start, type=value.type, value=value)
    return replace(pack, facts=found)


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
