"""A first look at a given table. Where a file tells the least, the greatest and the blank cells of its columns, it is
believed."""

from __future__ import annotations

from typing import Any

from luoshi.rulebook.engines.sql.given.checking import Look
from luoshi.rulebook.engines.sql.given.reading import Given
from luoshi.rulebook.engines.sql.on_duckdb.ordering import starts
from luoshi.rulebook.engines.sql.on_duckdb.session import Session
from luoshi.rulebook.engines.sql.on_duckdb.steps import taken_in
from luoshi.rulebook.engines.sql.on_duckdb.text import quoted
from luoshi.rulebook.engines.sql.spelling.relations import input_name
from luoshi.rulebook.model.types import Code, Date, Number


def look(session: Session, register: str, columns: list[Given]) -> Look:
    """What a given table tells."""
    table = quoted(input_name(register))
    blank = session.blank_columns(register, [given.name for given in columns])
    rows, outermost = _outermost(session, table, columns)
    strange = {given.name for given in columns if isinstance(given.type, Code) and _has_strange(session, table, given)}
    row_id = next(given for given in columns if given.name == "id")
    order = starts(session.rows, table, taken_in("id", row_id.column), rows)
    return Look(rows, outermost, blank, strange, order is not None, order or ())


def _outermost(session: Session, table: str, columns: list[Given]) -> tuple[int, dict[str, tuple[Any, Any]]]:
    """How many rows there are, and the least and the greatest cell of every column of days or numbers.

    Files tell that of themselves, as long as nothing else is asked in the same breath.
    """
    asked = [given for given in columns if isinstance(given.type, Date | Number)]
    probes = [f"{function}({quoted(given.name)})" for given in asked for function in ("min", "max")]
    named = ", ".join(["count(*) AS n", *(f"{probe} AS a{place}" for place, probe in enumerate(probes))])
    told = ", ".join(["n", *(_told(asked[place // 2], f"a{place}") for place in range(len(probes)))])
    rows, *cells = session.rows(f"SELECT {told} FROM (SELECT {named} FROM {table})")[0]
    return rows, {given.name: (cells[2 * place], cells[2 * place + 1]) for place, given in enumerate(asked)}


def _told(given: Given, cell: str) -> str:
    """A cell as it is fetched: days as text, since Python has no infinity and no years beyond 9999."""
    return f"CAST({cell} AS VARCHAR)" if isinstance(given.type, Date) else cell


def _has_strange(session: Session, table: str, given: Given) -> bool:
    """Whether there are codes that are not listed. Different values are counted no further than there are codes."""
    assert isinstance(given.type, Code)
    cell, codes = quoted(given.name), given.type.codes
    seen = session.rows(f"SELECT DISTINCT CAST({cell} AS VARCHAR) FROM {table} LIMIT {len(codes) + 2}")
    return any(code is not None and code not in codes for (code,) in seen)
