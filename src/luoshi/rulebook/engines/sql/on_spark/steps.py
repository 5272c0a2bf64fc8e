"""Spells the steps of a plan as Spark statements."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.given.reading import DECIMAL_TYPE
from luoshi.rulebook.engines.sql.layout.relations import Beside
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Kept
from luoshi.rulebook.engines.sql.on_spark.text import TYPES, WORDS, literal
from luoshi.rulebook.engines.sql.spelling import relations
from luoshi.rulebook.values.calendar import NEVER

MOST_PLAIN_DIGITS = 30
"""Digits of a scaled number that a product of decimals always holds before its point."""


class Spelling(relations.Spelling):
    """Relations as SELECT statements over the given tables."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(WORDS, kept)

    def taken_in(self, cell: str, column: Column) -> str:
        """A stored cell as it is used: numbers scaled to whole ones, blanks that mean never filled."""
        target = TYPES[column.kind]
        if column.ends_never and not column.known:
            return f"coalesce({cell}, {literal(Kind.DAY, NEVER)})"
        if column.kind not in {Kind.WHOLE, Kind.WIDE}:
            return f"CAST({cell} AS {target})"
        if DECIMAL_TYPE.fullmatch(column.stored):
            return _scaled(cell, column)
        return f"CAST({cell} AS {target}){_times(10**column.places, target)}"

    def beside(self, source: Beside) -> str:
        """Never asked for: Spark's rows have no position, so plans for it join by id."""
        raise NotImplementedError(source.table)

    def summed(self, of: str, kind: Kind) -> str:
        """The sum of a column, added up in a column that holds it."""
        return f"CAST(sum(CAST({of} AS {TYPES[kind]})) AS {TYPES[kind]})"


def _times(power: int, target: str) -> str:
    return "" if power == 1 else f" * CAST({power} AS {target})"


def _scaled(cell: str, column: Column) -> str:
    """A stored decimal × 10^places, its whole part and its places apart where a product would not hold both."""
    target, power = TYPES[column.kind], 10**column.places
    digits = max(len(str(max(abs(column.low), abs(column.high)))), column.places)
    if power == 1:
        return f"CAST({cell} AS {target})"
    if digits <= MOST_PLAIN_DIGITS:
        return f"CAST(CAST({cell} AS DECIMAL({digits},{column.places})) * {power} AS {target})"
    whole, rest = f"CAST({cell} - {cell} % 1 AS {target})", f"CAST({cell} % 1 * {power} AS {target})"
    return f"({whole} * {power} + {rest})"
