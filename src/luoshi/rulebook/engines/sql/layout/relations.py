"""The few shapes of table that a plan is made of, free of any dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind


@dataclass(frozen=True)
class Raw:
    """The table of a register as it was given, with the columns that are needed, as they are used."""

    register: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """A table that an earlier statement has made."""

    table: str


@dataclass(frozen=True)
class Beside:
    """The given rows of a register with the row of `table` beside each, as both stand in the order of the same ids."""

    raw: Raw
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Join:
    """The one row of `source`, if any, whose id equals the column `on`. `as_text`: the two differ in kind."""

    source: Source
    on: str
    columns: tuple[tuple[str, str], ...]
    as_text: bool = False


Level = tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, eq=False)
class Rows:
    """One row per row of `base`: joined columns, then levels of computed columns, then the columns that go out.

    An expression of a level may name columns of the levels below; `names` says which expressions have one. `in_order`:
    by their ids, although joins disturb the order.
    """

    base: Source
    columns: tuple[str, ...]
    joins: tuple[Join, ...]
    levels: tuple[Level, ...]
    outputs: tuple[tuple[str, Expr], ...]
    names: Mapping[Expr, str]
    in_order: bool = False


@dataclass(frozen=True, eq=False)
class Codes:
    """Every area code that occurs in columns of registers, once, as `id`."""

    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """A figure of gathered rows: `function` of the column `of`, in a column of a kind."""

    name: str
    function: str
    of: str
    kind: Kind


@dataclass(frozen=True, eq=False)
class Gather:
    """One row per value of the column `key` of `rows`: figures of the rows that have it. Rows without it are dropped.

    `within_areas`: one row per area code that a key lies in. `spread`: the figures count different values.
    """

    rows: Rows
    key: str
    figures: tuple[Figure, ...]
    within_areas: bool = False
    spread: bool = False


Source = Raw | Stored | Beside | Rows | Codes
Relation = Rows | Gather


@dataclass(frozen=True, eq=False)
class Step:
    """A table to make (or, without `table`, a result to write), and the tables it reads that others have made."""

    stage: int
    register: str
    table: str | None
    relation: Relation
    reads: tuple[str, ...]


MERGED = {"count": "sum", "sum": "sum", "min": "min", "max": "max", "some": "some"}


def step(stage: int, register: str, table: str | None, relation: Relation) -> Step:
    """A step, with the tables that it reads."""
    return Step(stage, register, table, relation, tuple(dict.fromkeys(tables_read(relation))))


def tables_read(source: Source | Relation) -> Iterator[str]:
    """The tables made by others that something reads, as often as it reads them."""
    if isinstance(source, Stored | Beside):
        yield source.table
    elif isinstance(source, Gather):
        yield from tables_read(source.rows)
    elif isinstance(source, Rows):
        yield from tables_read(source.base)
        for join in source.joins:
            yield from tables_read(join.source)
