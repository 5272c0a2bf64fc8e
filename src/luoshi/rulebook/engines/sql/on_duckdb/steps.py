"""Spells the steps of a plan as DuckDB statements."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.engines.sql.layout.relations import Beside
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held, Kept
from luoshi.rulebook.engines.sql.on_duckdb.text import TYPES, WORDS, literal, quoted
from luoshi.rulebook.engines.sql.spelling import relations
from luoshi.rulebook.engines.sql.spelling.relations import input_name
from luoshi.rulebook.values.calendar import NEVER

__all__ = ["ALL", "Part", "Spelling", "input_name", "parts_of", "taken_in"]


@dataclass(frozen=True)
class Part:
    """Rows whose ids, of a kind, come from `start` on and before `end`."""

    kind: Kind = Kind.WHOLE
    start: int | str | None = None
    end: int | str | None = None

    def where(self, cell: str) -> str:
        """What picks the rows by the id in `cell`."""
        bounds = [(">=", self.start), ("<", self.end)]
        tests = [f"{cell} {op} {literal(self.kind, bound)}" for op, bound in bounds if bound is not None]
        return f" WHERE {' AND '.join(tests)}" if tests else ""


ALL = Part()


def parts_of(held: Held) -> list[Part]:
    """The parts of a register, in order."""
    kind = held.columns["id"].kind
    return [Part(kind, start, end) for start, end in zip([None, *held.starts], [*held.starts, None], strict=True)]


class Spelling(relations.Spelling):
    """Relations as SELECT statements over the given tables. A result can be had by parts: it joins nothing any more."""

    def __init__(self, kept: Kept, part: Part = ALL) -> None:
        super().__init__(WORDS, kept)
        self.part = part

    def picked(self, cell: str) -> str:
        """The rows of the part."""
        return self.part.where(cell)

    def taken_in(self, cell: str, column: Column) -> str:
        """A stored cell as it is used."""
        return taken_in(cell, column)

    def beside(self, source: Beside) -> str:
        """Stored rows beside given ones: both keep their order."""
        stored = ", ".join(quoted(name) for name in source.columns)
        there = f"SELECT {stored} FROM {quoted(source.table)}{self.part.where('id')}"
        return f"SELECT * FROM ({self.raw(source.raw)}) POSITIONAL JOIN ({there})"


def taken_in(cell: str, column: Column) -> str:
    """A stored cell as it is used: numbers scaled to whole ones, blanks that mean never filled."""
    if column.ends_never and not column.known:
        return f"coalesce({cell}, {literal(Kind.DAY, NEVER)})"
    if column.kind in {Kind.WHOLE, Kind.WIDE}:
        return _scaled(cell, column)
    return cell if column.stored == TYPES[column.kind] else f"CAST({cell} AS {TYPES[column.kind]})"


def _scaled(cell: str, column: Column) -> str:
    """A stored number × 10^places. Decimals of 18 digits are machine words in DuckDB, wider ones are slow."""
    target = TYPES[column.kind]
    if not column.stored.startswith("DECIMAL"):
        whole = cell if column.stored == target else f"CAST({cell} AS {target})"
        return whole if column.places == 0 else f"({whole} * CAST({10**column.places} AS {target}))"
    most = max(abs(column.low), abs(column.high))
    width = 18 if most * 10**column.places < 10**18 else 38
    fitting = f"DECIMAL({width},{column.places})"
    exact = cell if column.stored == fitting else f"CAST({cell} AS {fitting})"
    if column.places == 0:
        return f"CAST({exact} AS {target})"
    return f"CAST({exact} * CAST({10**column.places} AS DECIMAL({column.places + 1}, 0)) AS {target})"
