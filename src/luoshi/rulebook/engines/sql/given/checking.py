"""Checks what a run will read, before anything is computed, and learns what the data are like.

What is learnt makes statements cheaper: columns without blanks need no care for the unknown, and narrow numbers stay in
machine words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from luoshi.rulebook.engines.sql.given.reading import Given
from luoshi.rulebook.engines.sql.meaning.dates import Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held
from luoshi.rulebook.engines.sql.spelling.relations import input_name
from luoshi.rulebook.engines.sql.spelling.words import Words
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import Code, Number
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER

SHOWN = 5

Query = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Look:
    """What a first look at a given table tells.

    How many rows there are; the least and the greatest cell of every column of numbers or days, days as text; which
    columns have blank cells, and which of codes have others than the listed; whether ids rise from row to row, and
    then at which ids later parts of the table start.
    """

    rows: int
    outermost: Mapping[str, tuple[Any, Any]]
    blank: Set[str]
    strange: Set[str]
    rises: bool = False
    starts: tuple[int | str, ...] = ()


class Check:
    """The check of one register after a look at it; `query` runs a statement in a dialect and returns its rows."""

    def __init__(
        self, query: Query, words: Words, register: str, columns: list[Given], look: Look, findings: Findings
    ) -> None:
        self.query, self.words, self.register, self.columns = query, words, register, columns
        self.look, self.findings = look, findings
        self.table = words.quoted(input_name(register))

    def held(self) -> Held:
        """The register as it is held, with every finding noted."""
        columns = {given.name: self._learnt(given, self.look.outermost.get(given.name)) for given in self.columns}
        self._check_ids()
        return Held(columns, max(self.look.rows, 1), self.look.starts)

    def _learnt(self, given: Given, outermost: tuple[Any, Any] | None) -> Column:
        """The column with what its cells tell."""
        column = replace(given.column, known=given.name not in self.look.blank)
        if given.name in self.look.strange and isinstance(given.type, Code):
            self._note("DATA-008", given, strange(self.words, given, given.type), expected=list(given.type.codes))
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
        cell = self.words.quoted(given.name)
        self._note("DATA-007", given, self._days_outside(cell))
        literals = [(op, self.words.literal(Kind.DAY, day)) for op, day in ((">=", FIRST), ("<=", LAST))]
        inside = " AND ".join(f"{cell} {op} {day}" for op, day in literals)
        first, last = self.query(f"SELECT min({cell}), max({cell}) FROM {self.table} WHERE {inside}")[0]
        return Span(first or FIRST, last or FIRST, never=True)

    def _days_outside(self, cell: str) -> str:
        first, last, never = (self.words.literal(Kind.DAY, day) for day in (FIRST, LAST, NEVER))
        return f"{cell} < {first} OR ({cell} > {last} AND {cell} <> {never})"

    def _bounds(self, given: Given, kind: Number, least: Any, most: Any) -> tuple[int, int]:
        """Between which scaled numbers the cells lie, with findings for those that have too many digits."""
        cell, border = self.words.quoted(given.name), 10 ** (kind.digits - kind.places)
        if least is None:
            return 0, 0
        if least <= -border or most >= border:
            digits = {"digits": kind.digits, "places": kind.places}
            self._note("DATA-005", given, f"{cell} <= -{border} OR {cell} >= {border}", **digits)
        if given.stored_places > kind.places:
            self._note("DATA-006", given, f"round({cell}, {kind.places}) <> {cell}", places=kind.places)
        power = 10**kind.places
        return floor(Fraction(least) * power), ceil(Fraction(most) * power)

    def _check_ids(self) -> None:
        """Only where ids do not rise from row to row is each of them looked for again."""
        where = Where(file=self.register, column="id")
        if "id" in self.look.blank:
            blank = self.query(f"SELECT count(*) FROM {self.table} WHERE id IS NULL")[0][0]
            self.findings.add("DATA-009", where, register=self.register, column="id", count=blank)
            return
        if self.look.rises:
            return
        several = f"SELECT id FROM {self.table} GROUP BY id HAVING count(*) > 1"
        ids = [row[0] for row in self.query(f"SELECT id FROM ({several}) ORDER BY id LIMIT {SHOWN}")]
        if ids:
            count = self.query(f"SELECT count(*) FROM ({several})")[0][0]
            facts = {"register": self.register, "column": "id", "count": count, "ids": [str(found) for found in ids]}
            self.findings.add("DATA-010", where, **facts)

    def _note(self, code: str, given: Given, wrong: str, **facts: object) -> None:
        """A finding for the cells for which `wrong` holds, if there are any. Sensitive values are not shown."""
        cell = self.words.quoted(given.name)
        count = self.query(f"SELECT count(*) FROM {self.table} WHERE {wrong}")[0][0]
        if not count:
            return
        texts = f"{self.words.as_text('id')} AS id, {self.words.as_text(cell)} AS cell"
        shown = self.query(
            f"SELECT * FROM (SELECT {texts} FROM {self.table} WHERE {wrong}) ORDER BY 1, 2 LIMIT {SHOWN}"
        )
        seen = [] if given.silent else [value for _, value in shown]
        ids = [row_id for row_id, _ in shown]
        common = {"register": given.register, "column": given.name, "count": count, "ids": ids, "seen": seen}
        self.findings.add(code, given.where, **common, **facts)


def strange(words: Words, given: Given, kind: Code) -> str:
    """What holds of the cells whose code is not listed."""
    codes = ", ".join(words.literal(Kind.TEXT, code) for code in kind.codes)
    return f"{words.as_text(words.quoted(given.name))} NOT IN ({codes})"


def _ordinary(day: str | None) -> date | None:
    """The day that a text means, if it is one that cells may hold; files also know infinity and years beyond 9999."""
    found = date.fromisoformat(day) if day is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    return found if found is not None and FIRST <= found <= LAST else None
