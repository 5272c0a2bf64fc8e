"""Two things of a pack that reads all their columns, in memory or in a file, and what is learnt of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql.given.checking import Check, Look
from luoshi.rulebook.engines.sql.given.reading import given_columns
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.on_duckdb.looking import look
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from luoshi.rulebook.engines.sql.on_duckdb.text import WORDS
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.engines.sql.answers import TITLE
from tests.unit.rulebook.packs import BASE, pack_of

READS = {"size", "price", "ratio", "good", "born", "ended", "colour", "label", "firm"}
ALL_READ = pack_of(
    f'fact\nresult: {{of: thing, {TITLE}, value: "size > 0 and price > 0 and ratio > 0 and good and born < ended '
    "and colour = 'red' and label = label and firm = firm\"}\n",
    BASE.replace("label: {type: text,", "label: {type: text, sensitive: true,").replace(
        "price: {type: money,", "price: {type: money, sensitive: true,"
    ),
)


def things(**columns: Any) -> pa.Table:
    """Two things, with some columns their own."""
    rows: dict[str, Any] = {"a": {"size": 1, "price": Decimal("2.50"), "good": True, "born": date(2019, 1, 1)}, "b": {}}
    table = to_tables(ALL_READ, {"thing": rows})["thing"]
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def decimals(*texts: str | None, places: int = 2) -> pa.Array:
    """Decimals of thirty digits."""
    return pa.array([None if text is None else Decimal(text) for text in texts], pa.decimal128(30, places))


def checked(table: pa.Table, folder: Path | None = None) -> tuple[Look, Held]:
    """The look at things in memory, or at those in a file, and what is learnt of them."""
    noted = Findings()
    with small_session() as session:
        if folder is None:
            session.give_table("thing", table)
        else:
            pq.write_table(table, folder / "thing.parquet", row_group_size=1)
            session.give_file("thing", folder / "thing.parquet")
        given = given_columns(ALL_READ, "thing", session.stored_types("thing"), READS | {"id"}, noted)
        assert given is not None
        seen = look(session, "thing", given)
        learnt = Check(session.rows, WORDS, "thing", given, seen, noted).held()
    assert not noted
    return seen, learnt
