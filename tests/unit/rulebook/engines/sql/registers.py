"""Registers of some thousand rows, in files and in memory, and the files that a run over them has written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.engines.sql.answers import TITLE
from tests.unit.rulebook.packs import pack_of

FOR = "for: thing, frequency: once, discretion: may"
BLOCKS = f"""measure
m: {{{TITLE}, {FOR}, conditions: {{a: good, b: parts >= 1}}, amount: price, funds: [x, y]}}
n: {{{TITLE}, {FOR}, conditions: {{big: size > 50}}}}
--- limit
l: {{{TITLE}, of: part, holds: {{paid_for: paid > 0}}, force: soft}}
--- fact
parts: {{of: thing, {TITLE}, count: part, where: good}}
--- fund
x: {{{TITLE}, payer: county}}
y: {{{TITLE}, payer: city}}
"""


def pack() -> Pack:
    """Two measures for things, one of which looks at parts, and a limit of parts."""
    return pack_of(BLOCKS)


def registers(rows: int = 5000) -> dict[str, pa.Table]:
    """Things out of order, a part for most, firms in two counties and nowhere."""
    ids = [(at * 7919) % rows for at in range(rows)]
    things = {
        "id": ids,
        "good": [None if at % 11 == 0 else at % 3 > 0 for at in ids],
        "size": [at % 100 for at in ids],
        "price": pa.array([None if at % 13 == 0 else Decimal(at) / 100 for at in ids], pa.decimal128(18, 2)),
        "firm": [at % 4 for at in ids],
    }
    parts = {
        "id": list(range(rows)),
        "thing": [at * 2 % rows for at in range(rows)],
        "good": [at % 5 > 0 for at in range(rows)],
    }
    parts["paid"] = pa.array([Decimal(at % 3) for at in range(rows)], pa.decimal128(12, 2))
    firms = {"id": [0, 1, 2], "area": ["331102", "331121", None]}
    return {name: pa.table(columns) for name, columns in {"thing": things, "part": parts, "firm": firms}.items()}


def in_order(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with their rows in the order of ids."""
    return {name: table.sort_by("id") for name, table in tables.items()}


def with_text_ids(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with ids and references that are texts full of quotes, in another order than the numbers."""
    return {name: _with_texts(table, {"id", "thing", "firm"} & {*table.column_names}) for name, table in tables.items()}


def _with_texts(table: pa.Table, names: set[str]) -> pa.Table:
    for name in names:
        texts = [f"o'{number}\" ''号" for number in table.column(name).to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))
    return table


def written(folder: Path, tables: Mapping[str, pa.Table]) -> Path:
    """The tables as files of several row groups each."""
    folder.mkdir()
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=700)
    return folder


def given(tables: Mapping[str, pa.Table], folder: Path | None) -> Path | Mapping[str, pa.Table]:
    """The tables as they are, or as files of a new folder."""
    return tables if folder is None else written(folder, tables)


def digests(folder: Path) -> dict[str, str]:
    """What tells the bytes of the files of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def told(out: Path, register: str) -> dict[str, list[Any]]:
    """The rows of a result, file after file."""
    columns: dict[str, list[Any]] = pq.read_table(result_files(out, register)).to_pydict()
    return columns


def sizes(out: Path, register: str) -> list[int]:
    """How many rows each file of a result has."""
    return [pq.read_metadata(path).num_rows for path in result_files(out, register)]
