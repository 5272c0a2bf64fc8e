"""Looks at what a run will read, before anything is computed, and learns what the data are like.

Where a file tells the least, the greatest and the blank cells of its columns, it is believed.

What is learnt makes statements cheaper: columns without blanks need no care for the unknown, and narrow numbers stay in
machine words.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from luoshi.rulebook.engines.sql.meaning.dates import Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.engines.sql.on_duckdb.ordering import Query, starts
from luoshi.rulebook.engines.sql.on_duckdb.reading import Given
from luoshi.rulebook.engines.sql.on_duckdb.steps import input_name, taken_in
from luoshi.rulebook.engines.sql.on_duckdb.text import literal, quoted
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import Code, Date, Number
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER

SHOWN = 5


class Check:
    """The check of one register; `query` runs a statement and returns its rows, `blank` are columns with blank cells.

    `rises` tells afterwards whether ids rise from row to row.
    """

    def __init__(self, query: Query, register: str, columns: list[Given], blank: Set[str], findings: Findings) -> None:
        self.query, self.register, self.columns = query, register, columns
        self.blank, self.findings = blank, findings
        self.table = quoted(input_name(register))
        self.rises = False

    def held(self) -> Held:
        """The register as it is held, with every finding noted."""
        rows, outermost = self._outermost()
        columns = {given.name: self._learnt(given, outermost.get(given.name)) for given in self.columns}
        order = starts(self.query, self.table, taken_in("id", columns["id"]), rows)
        self.rises = order is not None
        self._check_ids()
        return Held(columns, max(rows, 1), order or ())

    def _outermost(self) -> tuple[int, dict[str, tuple[Any, Any]]]:
        """How many rows there are, and the least and the greatest cell of every column of days or numbers.

        Files tell that of themselves, as long as nothing else is asked in the same breath.
        """
        asked = [given for given in self.columns if isinstance(given.type, Date | Number)]
        probes = [f"{function}({quoted(given.name)})" for given in asked for function in ("min", "max")]
        named = ", ".join(["count(*) AS n", *(f"{probe} AS a{place}" for place, probe in enumerate(probes))])
        told = ", ".join(["n", *(_told(asked[place // 2], f"a{place}") for place in range(len(probes)))])
        rows, *cells = self.query(f"SELECT {told} FROM (SELECT {named} FROM {self.table})")[0]
        return rows, {given.name: (cells[2 * place], cells[2 * place + 1]) for place, given in enumerate(asked)}

    def _learnt(self, given: Given, outermost: tuple[Any, Any] | None) -> Column:
        """The column with what its cells tell."""
        column = replace(given.column, known=given.name not in self.blank)
        if isinstance(given.type, Code):
            self._check_codes(given, given.type)
        if outermost is None:
            return column
        if isinstance(given.type, Number):
            low, high = self._bounds(given, given.type, *outermost)
            return replace(column, low=low, high=high)
        return replace(column, span=self._span(given, column.known, *outermost))

    def _span(self, given: Given, known: bool, least: str | None, most: str | None) -> Span:
        """Among which days the cells lie; only where the outermost are no ordinary days are all looked at again."""
        blank_is_never = given.column.ends_never and not known
        first, last = _ordinary(least), _ordinary(most)
        if first is not None and last is not None:
            return Span(first, last, blank_is_never)
        if least is None:
            return Span(FIRST, FIRST, blank_is_never)
        cell = quoted(given.name)
        self._note("DATA-007", given, _days_outside(cell))
        inside = " AND ".join(f"{cell} {op} {literal(Kind.DAY, day)}" for op, day in ((">=", FIRST), ("<=", LAST)))
        first, last = self.query(f"SELECT min({cell}), max({cell}) FROM {self.table} WHERE {inside}")[0]
        return Span(first or FIRST, last or FIRST, never=True)

    def _bounds(self, given: Given, kind: Number, least: Any, most: Any) -> tuple[int, int]:
        """Between which scaled numbers the cells lie, with findings for those that have too many digits."""
        cell, border = quoted(given.name), 10 ** (kind.digits - kind.places)
        if least is None:
            return 0, 0
        if least <= -border or most >= border:
            digits = {"digits": kind.digits, "places": kind.places}
            self._note("DATA-005", given, f"{cell} <= -{border} OR {cell} >= {border}", **digits)
        if given.stored_places > kind.places:
            self._note("DATA-006", given, f"round({cell}, {kind.places}) <> {cell}", places=kind.places)
        power = 10**kind.places
        return floor(Fraction(least) * power), ceil(Fraction(most) * power)

    def _check_codes(self, given: Given, kind: Code) -> None:
        """Different values are counted no further than there are codes."""
        cell, most = quoted(given.name), len(kind.codes) + 2
        seen = self.query(f"SELECT DISTINCT CAST({cell} AS VARCHAR) FROM {self.table} LIMIT {most}")
        if any(code is not None and code not in kind.codes for (code,) in seen):
            codes = ", ".join(literal(Kind.TEXT, code) for code in kind.codes)
            self._note("DATA-008", given, f"CAST({cell} AS VARCHAR) NOT IN ({codes})", expected=list(kind.codes))

    def _check_ids(self) -> None:
        """Only where ids do not rise from row to row is each of them looked for again."""
        where = Where(file=self.register, column="id")
        if "id" in self.blank:
            blank = self.query(f"SELECT count(*) FROM {self.table} WHERE id IS NULL")[0][0]
            self.findings.add("DATA-009", where, register=self.register, column="id", count=blank)
            return
        if self.rises:
            return
        several = f"SELECT id FROM {self.table} GROUP BY id HAVING count(*) > 1"
        ids = [row[0] for row in self.query(f"SELECT id FROM ({several}) ORDER BY id LIMIT {SHOWN}")]
        if ids:
            count = self.query(f"SELECT count(*) FROM ({several})")[0][0]
            facts = {"register": self.register, "column": "id", "count": count, "ids": [str(found) for found in ids]}
            self.findings.add("DATA-010", where, **facts)

    def _note(self, code: str, given: Given, wrong: str, **facts: object) -> None:
        """A finding for the cells for which `wrong` holds, if there are any. Sensitive values are not shown."""
        cell = quoted(given.name)
        count = self.query(f"SELECT count(*) FROM {self.table} WHERE {wrong}")[0][0]
        if not count:
            return
        sample = f"SELECT CAST(id AS VARCHAR), CAST({cell} AS VARCHAR) FROM {self.table} WHERE {wrong}"
        shown = self.query(f"SELECT * FROM ({sample}) ORDER BY 1, 2 LIMIT {SHOWN}")
        seen = [] if given.silent else [value for _, value in shown]
        ids = [row_id for row_id, _ in shown]
        common = {"register": given.register, "column": given.name, "count": count, "ids": ids, "seen": seen}
        self.findings.add(code, given.where, **common, **facts)


def _told(given: Given, cell: str) -> str:
    """A cell as it is fetched: days as text, since Python has no infinity and no years beyond 9999."""
    return f"CAST({cell} AS VARCHAR)" if isinstance(given.type, Date) else cell


def _ordinary(day: str | None) -> date | None:
    """The day that a text means, if it is one that cells may hold; DuckDB also knows infinity and years beyond 9999."""
    found = date.fromisoformat(day) if day is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    return found if found is not None and FIRST <= found <= LAST else None


def _days_outside(cell: str) -> str:
    first, last, never = (literal(Kind.DAY, day) for day in (FIRST, LAST, NEVER))
    return f"{cell} < {first} OR ({cell} > {last} AND {cell} <> {never})"
