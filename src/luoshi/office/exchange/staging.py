"""The cells of a sheet in a table of the database, as a register would have them; nothing of the registers changes.

`raw` has a row for each row of the sheet: `_row`, its number there; the cells of the file's columns, encrypted where
the register encrypts them; for a reference the parts of the key that was written. `rows` is the same with the
references followed, as `registry.merging` takes it. Both are dropped when all is over.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv
from django.db import connection
from psycopg import sql

from luoshi.office.database.keys import secrecy
from luoshi.office.exchange.books import Cells, Field, Match, Parsed, Problem, Sheet, parse_cells, problems_of
from luoshi.office.exchange.books.parsing import NOTHING, Wrong
from luoshi.office.exchange.models import Import
from luoshi.office.exchange.progress import Progress
from luoshi.office.exchange.references import Leaf, Reference, lookups, split
from luoshi.office.registry.merging import ROW
from luoshi.office.registry.shape import DIVISIONS
from luoshi.rulebook.model.blocks import Pack

BATCH = 20_000
NO_HEADER = pyarrow.csv.WriteOptions(include_header=False)
Divisions = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Tables:
    """The names of the tables of an import."""

    raw: sql.Identifier
    rows: sql.Identifier
    plan: sql.Identifier


@dataclass(frozen=True)
class Stored:
    """A column of the raw table: its name, its type there, its cells as Arrow writes them into a copy."""

    name: str
    storage: str
    cells: pa.Array


def tables_of_import(work: Import) -> Tables:
    """Where the rows of an import stand."""
    return Tables(*(sql.Identifier("exchange", f"{kind}_{work.id}") for kind in ("raw", "rows", "plan")))


def drop(work: Import) -> None:
    """Nothing of the rows of an import is left."""
    tables = tables_of_import(work)
    _run("DROP TABLE IF EXISTS {}, {}, {}", tables.raw, tables.rows, tables.plan)


def columns_of(
    match: Match, reference: Reference | None, place: str, sheet: Sheet, divisions: Divisions
) -> tuple[list[Stored], tuple[Problem, ...]]:
    """What a column of the sheet comes to in the raw table, and what is wrong with its cells."""
    column, texts = match.field.column, match.column.cells
    if reference is not None:
        return _referring(match, reference, sheet, divisions)
    if match.field.target == DIVISIONS:
        codes, wrong = _codes(texts.texts.to_pylist(), divisions)
        stored = [Stored(column.name, column.storage, pa.array(codes, pa.string()))]
        return stored, problems_of(sheet, match, Parsed(stored[0].cells, tuple(wrong)))
    parsed = parse_cells(match.field, texts, match.factor)
    if not column.encrypted:
        stored = [Stored(column.name, column.storage, parsed.values)]
    else:
        keys, cells = secrecy(), parsed.values.to_pylist()
        closed = [None if cell is None else f"\\x{keys.close(cell, place).hex()}" for cell in cells]
        stored = [Stored(column.name, "bytea", pa.array(closed, pa.string())), _indexed(column.index, cells)]
    return stored, problems_of(sheet, match, parsed)


def copy(work: Import, sheet: Sheet, columns: Sequence[Stored], progress: Progress) -> None:
    """The raw table has the rows of the sheet."""
    raw, total = tables_of_import(work).raw, len(sheet.rows)
    listed = [Stored(ROW, "integer", sheet.rows), *columns]
    table = pa.Table.from_arrays([each.cells for each in listed], [each.name for each in listed])
    defined = [sql.SQL("{} ").format(sql.Identifier(each.name)) + sql.SQL(each.storage) for each in listed]
    _run("CREATE TABLE {} ({})", raw, sql.SQL(", ").join(defined))
    form = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(raw)
    for first in range(0, total, BATCH):
        progress.tell("stage", first, total)
        text = io.BytesIO()
        pyarrow.csv.write_csv(table.slice(first, BATCH), text, NO_HEADER)
        with connection.cursor() as cursor, cursor.copy(form) as into:
            into.write(text.getvalue())
    _run("ANALYZE {}", raw)


def follow(work: Import, pack: Pack, fields: Sequence[Field], references: Mapping[str, Reference]) -> None:
    """The table of rows is made anew, every reference followed within the area of the import."""
    tables, cells, joins = tables_of_import(work), [sql.SQL("r.{}").format(sql.Identifier(ROW))], sql.Composed([])
    for field in fields:
        reference = references.get(field.name)
        if reference is None:
            names = [field.name, field.column.index] if field.column.encrypted else [field.name]
            cells += [sql.SQL("r.{}").format(sql.Identifier(name)) for name in names]
            continue
        found = list(lookups(reference, pack, work.area, tables.raw))
        joins += sql.Composed([join for _, join in found])
        ids, hits = (
            sql.SQL("coalesce({})").format(
                sql.SQL(", ").join(sql.SQL("{}.{}").format(a, sql.Identifier(c)) for a, _ in found)
            )
            for c in ("id", "hits")
        )
        cells.append(sql.SQL("CASE WHEN {} = 1 THEN {} END AS {}").format(hits, ids, sql.Identifier(field.name)))
        cells.append(sql.SQL("{} AS {}").format(hits, sql.Identifier(reference.hits)))
    _run("DROP TABLE IF EXISTS {}", tables.rows)
    _run("CREATE TABLE {} AS SELECT {} FROM {} r{}", tables.rows, sql.SQL(", ").join(cells), tables.raw, joins)
    _run("CREATE INDEX ON {} ({})", tables.rows, sql.Identifier(ROW))
    _run("ANALYZE {}", tables.rows)


def _referring(
    match: Match, reference: Reference, sheet: Sheet, divisions: Divisions
) -> tuple[list[Stored], tuple[Problem, ...]]:
    texts = [None if text in NOTHING else text for text in match.column.cells.texts.to_pylist()]
    parts, too_many = split(texts, len(reference.leaves))
    stored, wrong = [], [Wrong(position, "reference") for position in too_many]
    for name, leaf, of_leaf in zip(reference.parts, reference.leaves, parts, strict=True):
        cells, unfit = _part(leaf, of_leaf, divisions)
        wrong += unfit
        stored.append(Stored(name, leaf.storage, cells))
    first = {each.position: each for each in reversed(wrong)}
    ordered = tuple(first[position] for position in sorted(first))
    return stored, problems_of(sheet, match, Parsed(match.column.cells.texts, ordered))


def _part(leaf: Leaf, texts: list[str | None], divisions: Divisions) -> tuple[pa.Array, list[Wrong]]:
    if leaf.is_division:
        codes, wrong = _codes(texts, divisions)
        return pa.array(codes, pa.string()), wrong
    parsed = parse_cells(leaf.field, Cells(pa.array(texts, pa.string())))
    if leaf.field.column.encrypted:
        return _indexed("", parsed.values.to_pylist()).cells, list(parsed.wrong)
    return parsed.values, list(parsed.wrong)


def _indexed(name: str, texts: Sequence[str | None]) -> Stored:
    keys = secrecy()
    cells = [None if text is None else f"\\x{keys.index(text).hex()}" for text in texts]
    return Stored(name, "bytea", pa.array(cells, pa.string()))


def _codes(texts: Sequence[str | None], divisions: Divisions) -> tuple[list[str | None], list[Wrong]]:
    """The codes of divisions that were written by code or name, and the cells that mean none, or more than one."""
    codes: list[str | None] = []
    wrong = []
    for position, text in enumerate(texts):
        written = "".join((text or "").split())
        meant = divisions.get(written, frozenset())
        codes.append(next(iter(meant)) if len(meant) == 1 else None)
        if written and written not in NOTHING and len(meant) != 1:
            wrong.append(Wrong(position, "ambiguous" if meant else "division"))
    return codes, wrong


def _run(form: str, *parts: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
