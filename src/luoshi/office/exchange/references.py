"""References as people write them in a cell: the key of the row that is meant, its parts apart by `|`.

The key of a row that refers to others goes on with theirs, down to texts, days and divisions. Parts at the end may be
left out as long as one row only fits within the area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psycopg import sql

from luoshi.office.exchange.books import Field, form_of
from luoshi.office.registry.building import identifier
from luoshi.office.registry.filters import after_all
from luoshi.office.registry.shape import AREA, DIVISIONS, DOUBLE, RegisterTable, table_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref

SEPARATORS = str.maketrans({"｜": "|"})


@dataclass(frozen=True)
class Leaf:
    """A part of a key in life: the references that lead to it from the row, and the field that holds it."""

    path: tuple[str, ...]
    field: Field

    @property
    def is_division(self) -> bool:
        """Whether it is a division, written by code or name."""
        return self.field.target == DIVISIONS

    @property
    def storage(self) -> str:
        """The type of PostgreSQL in which it is compared."""
        return "bytea" if self.field.column.encrypted else self.field.column.storage


@dataclass(frozen=True)
class Reference:
    """A field of the file that refers to rows of another register; its parts are staged in columns of their own."""

    field: Field
    target: RegisterTable
    leaves: tuple[Leaf, ...]

    @property
    def name(self) -> str:
        """The column that it fills."""
        return self.field.name

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns of the parts."""
        return tuple(f"_{place}_of_{self.name}"[:63] for place in range(1, len(self.leaves) + 1))

    @property
    def hits(self) -> str:
        """The column that says how many rows fit."""
        return f"_hits_of_{self.name}"[:63]


def reference_of(pack: Pack, field: Field) -> Reference | None:
    """How a field refers; None for one that refers to divisions or to nothing."""
    if not field.target or field.target == DIVISIONS:
        return None
    return Reference(field, table_of(pack, field.target), tuple(_leaves(pack, field.target)))


def _leaves(pack: Pack, register: str) -> Iterator[Leaf]:
    for field in form_of(pack, register).fields:
        if not field.key:
            continue
        if field.target and field.target != DIVISIONS:
            for leaf in _leaves(pack, field.target):
                yield Leaf((field.name, *leaf.path), leaf.field)
        else:
            yield Leaf((), field)


def split(texts: Sequence[str | None], parts: int) -> tuple[list[list[str | None]], list[int]]:
    """The parts of each text, as columns; and the positions of texts with too many of them.

    >>> split(["安定车间|河口镇", None, "a｜b|c"], 2)
    ([['安定车间', None, None], ['河口镇', None, None]], [2])
    """
    rows: list[list[str | None]] = []
    wrong = []
    for position, text in enumerate(texts):
        found: list[str | None] = [part.strip() or None for part in (text or "").translate(SEPARATORS).split("|")]
        if len(found) > parts:
            wrong.append(position)
            found = []
        rows.append((found + [None] * parts)[:parts])
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(parts)], wrong


def lookups(
    reference: Reference, pack: Pack, area: str, raw: sql.Identifier
) -> Iterator[tuple[sql.Identifier, sql.Composed]]:
    """For each count of parts given: a name, and the join to the rows of the area that fit; `id` and `hits` in it."""
    for count in range(1, len(reference.leaves) + 1):
        alias = sql.Identifier(f"{reference.name}_{count}"[:63])
        columns = [sql.SQL("r.{}").format(sql.Identifier(name)) for name in reference.parts]
        same = [sql.SQL("{} = {}.{}").format(columns[i], alias, _part(i)) for i in range(count)]
        if count < len(columns):
            same.append(sql.SQL("{} IS NULL").format(columns[count]))
        yield (
            alias,
            sql.SQL(" LEFT JOIN ({}) {} ON {}").format(
                _fitting(reference, pack, count, area, raw), alias, sql.SQL(" AND ").join(same)
            ),
        )


def _fitting(reference: Reference, pack: Pack, count: int, area: str, raw: sql.Identifier) -> sql.Composed:
    """The rows of the area by the first parts of their keys, as far as the file names them."""
    joins = sql.Composed([])
    aliases: dict[tuple[str, ...], sql.Identifier] = {(): sql.Identifier("t")}
    table_at: dict[tuple[str, ...], RegisterTable] = {(): reference.target}
    cells = []
    for leaf in reference.leaves[:count]:
        for depth in range(1, len(leaf.path) + 1):
            path = leaf.path[:depth]
            if path in aliases:
                continue
            aliases[path] = sql.Identifier(f"t{len(aliases)}")
            column = table_at[path[:-1]].columns[path[-1]]
            assert isinstance(column.type, Ref)
            table_at[path] = table_of(pack, column.type.register)
            joins += sql.SQL(" JOIN {0} {1} ON {1}.id = {2}.{3}").format(
                identifier(table_at[path].name), aliases[path], aliases[path[:-1]], sql.Identifier(path[-1])
            )
        cells.append(sql.SQL("{}.{}").format(aliases[leaf.path], sql.Identifier(leaf.field.column.found_by)))
    facts = {
        "cells": sql.SQL(", ").join(sql.SQL("{} AS {}").format(cell, _part(i)) for i, cell in enumerate(cells)),
        "target": identifier(reference.target.name), "joins": joins, "own": sql.Identifier(AREA), "area": area,
        "end": after_all(area), "double": sql.Identifier(DOUBLE), "first": cells[0],
        "given": sql.Identifier(reference.parts[0]), "raw": raw,
        "grouped": sql.SQL(", ").join(cells),
    }  # fmt: skip
    return sql.SQL(
        "SELECT {cells}, min(t.id) AS id, count(*) AS hits FROM {target} t{joins}"
        " WHERE t.{own} >= {area} AND t.{own} < {end} AND NOT t.{double} AND {first} IN (SELECT {given} FROM {raw})"
        " GROUP BY {grouped}"
    ).format(**facts)


def _part(place: int) -> sql.Identifier:
    return sql.Identifier(f"part_{place}")
