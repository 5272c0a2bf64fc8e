"""What is wrong with the staged rows as a whole, and what each would do: set by set, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from luoshi.office.exchange.books import Match
from luoshi.office.exchange.models import Fault, Import
from luoshi.office.exchange.references import Reference
from luoshi.office.exchange.staging import tables_of_import
from luoshi.office.registry.filters import after_all
from luoshi.office.registry.merging import ROW, Incoming
from luoshi.office.registry.shape import RegisterTable
from luoshi.rulebook.model.types import Ref

MOST_KEPT = 20_000
"""Faults that are kept of one import; all are counted."""


@dataclass(frozen=True)
class Place:
    """A column as the user sees it."""

    letter: str = ""
    title: str = ""


@dataclass(frozen=True)
class Finding:
    """A kind of fault in a column, the query of its rows (`_row`, `seen`), and what was expected."""

    kind: str
    place: Place
    rows: sql.Composable


def incoming_of(work: Import, table: RegisterTable) -> Incoming:
    """The rows of an import as `registry.merging` takes them."""
    tables = tables_of_import(work)
    columns = tuple(table.columns[name] for name in work.columns)
    return Incoming(table, tables.rows, tables.plan, columns, work.clears)


def judge_rows(
    work: Import, table: RegisterTable, matches: Sequence[Match], references: Mapping[str, Reference]
) -> None:
    """Faults of references and keys are kept; the rows were followed before."""
    places = {match.field.name: Place(match.column.letter, match.column.title) for match in matches}
    _keep(work, [*_lost(work, places, references), *_without_key(work, table, places), *_doubles(work, table, places)])


def judge_plan(work: Import, table: RegisterTable, places: Mapping[str, Place], jurisdiction: str) -> None:
    """Faults of rows that would go where the giver may not write are kept; the plan was made before."""
    _keep(work, _beyond(work, table, places, jurisdiction))


def fingerprint(incoming: Incoming) -> str:
    """What tells a plan from any other: the same rows, in the same versions, with the same changes."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(
            "SELECT coalesce(md5(string_agg(md5(p::text || s::text), '' ORDER BY {row})), '')"
            " FROM {plan} p JOIN {rows} s USING ({row})"
        ).format(row=sql.Identifier(ROW), plan=incoming.plan, rows=incoming.rows))  # fmt: skip
        return str(cursor.fetchone()[0])


def _lost(work: Import, places: Mapping[str, Place], references: Mapping[str, Reference]) -> Iterator[Finding]:
    tables = tables_of_import(work)
    for name, reference in references.items():
        first = reference.leaves[0]
        is_open = not (reference.field.column.personal or first.field.column.personal or first.field.column.encrypted)
        seen = sql.SQL("r.{}::text").format(sql.Identifier(reference.parts[0])) if is_open else sql.SQL("''")
        for kind, hits in (("reference", "IS NULL"), ("ambiguous", "> 1")):
            yield Finding(kind, places[name], sql.SQL(
                "SELECT {row} AS _row, {seen} AS seen FROM {raw} r JOIN {rows} s USING ({row})"
                " WHERE r.{part} IS NOT NULL AND s.{hits} " + hits
            ).format(
                row=sql.Identifier(ROW), seen=seen, raw=tables.raw, rows=tables.rows,
                part=sql.Identifier(reference.parts[0]), hits=sql.Identifier(reference.hits),
            ))  # fmt: skip


def _without_key(work: Import, table: RegisterTable, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Rows that nothing names: a part of the key is empty. Of several references, one is enough."""
    rows = tables_of_import(work).rows
    referring = [name for name in table.key if isinstance(table.columns[name].type, Ref)]
    empty = sql.SQL("{} IS NULL")
    form = sql.SQL("SELECT {row} AS _row, '' AS seen FROM {rows} WHERE {empty}")
    for name in table.key:
        among = referring if name in referring else [name]
        if name in referring[1:]:
            continue
        nothing = sql.SQL(" AND ").join(empty.format(sql.Identifier(table.columns[each].found_by)) for each in among)
        yield Finding("empty", places[name], form.format(row=sql.Identifier(ROW), rows=rows, empty=nothing))


def _doubles(work: Import, table: RegisterTable, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Rows with the key of an earlier row of the file; what is seen is the number of that row."""
    keys = sql.SQL(", ").join(map(sql.Identifier, table.key_columns))
    yield Finding("double", places[table.key[0]], sql.SQL(
        "SELECT _row, first::text AS seen FROM (SELECT {row} AS _row, min({row}) OVER (PARTITION BY {keys}) AS first"
        " FROM {rows} WHERE {known}) d WHERE _row <> first"
    ).format(
        row=sql.Identifier(ROW), keys=keys, rows=tables_of_import(work).rows,
        known=sql.SQL(" OR ").join(sql.SQL("{} IS NOT NULL").format(sql.Identifier(k)) for k in table.key_columns),
    ))  # fmt: skip


def _beyond(work: Import, table: RegisterTable, places: Mapping[str, Place], jurisdiction: str) -> Iterator[Finding]:
    """Rows that are kept elsewhere, that would go elsewhere, or that several kept rows fit; of rows without faults.

    A row whose area is not known belongs to whoever works for the whole.
    """
    inside = "({0} >= {{area}} AND {0} < {{end}}) IS TRUE"
    was, will_be = inside.format("p.old_area"), inside.format("p.area")
    if work.area == jurisdiction:
        was = f"({was} OR p.old_area IS NULL)"
        will_be = f"({will_be} OR p.id IS NOT NULL AND p.old_area IS NULL AND p.area IS NULL)"
    of_row = places.get(table.area[0], Place()) if table.area else Place()
    for kind, place, test in (
        ("elsewhere", places[table.key[0]], f"p.id IS NOT NULL AND NOT {was}"),
        ("outside", of_row, f"(p.id IS NULL OR {was}) AND NOT {will_be}"),
        ("several", places[table.key[0]], "{row} IN (SELECT {row} FROM {plan} GROUP BY {row} HAVING count(*) > 1)"),
    ):
        form = (
            f"SELECT DISTINCT p.{{row}} AS _row, '' AS seen FROM {{plan}} p WHERE {test} AND NOT EXISTS"
            " (SELECT FROM exchange_fault f WHERE f.of_id = {of} AND f.row = p.{row})"
        )
        yield Finding(kind, place, sql.SQL(form).format(
            row=sql.Identifier(ROW), plan=tables_of_import(work).plan, area=work.area, end=after_all(work.area),
            of=work.id,
        ))  # fmt: skip


def _keep(work: Import, findings: Iterable[Finding]) -> None:
    counts = dict(work.faults_by_kind)
    left = MOST_KEPT - Fault.objects.filter(of=work).count()
    for finding in findings:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) FROM ({}) f").format(finding.rows))
            found = int(cursor.fetchone()[0])
            if not found:
                continue
            counts[finding.kind] = counts.get(finding.kind, 0) + found
            cursor.execute(sql.SQL(
                "INSERT INTO exchange_fault (of_id, kind, sheet, row, letter, title, seen, expected_zh, expected_en)"
                " SELECT {of}, {kind}, {sheet}, f._row, {letter}, {title}, left(f.seen, 200), '', ''"
                " FROM ({rows}) f ORDER BY f._row LIMIT {most}"
            ).format(
                of=work.id, kind=finding.kind, sheet=work.sheet, letter=finding.place.letter, title=finding.place.title,
                rows=finding.rows, most=max(left, 0),
            ))  # fmt: skip
            left -= found
    work.faults_by_kind = counts
