"""Spells the steps of a plan as DuckDB statements."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.engines.sql.layout.relations import (
    MERGED,
    Beside,
    Codes,
    Figure,
    Gather,
    Join,
    Raw,
    Relation,
    Rows,
    Source,
    Stored,
)
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Held, Kept
from luoshi.rulebook.engines.sql.on_duckdb.text import TYPES, literal, quoted, spelled
from luoshi.rulebook.values.area_code import LEVELS
from luoshi.rulebook.values.calendar import NEVER


def input_name(register: str) -> str:
    """The name under which the table of a register is given."""
    return f"given {register}"


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


class Spelling:
    """Relations as SELECT statements over the given tables. A result can be had by parts: it joins nothing any more."""

    def __init__(self, kept: Kept, part: Part = ALL) -> None:
        self.kept, self.part = kept, part

    def relation(self, relation: Relation) -> str:
        """A step's relation as one SELECT."""
        return self._gather(relation) if isinstance(relation, Gather) else self._rows(relation)

    def _source(self, source: Source) -> str:
        if isinstance(source, Stored):
            where = self.part.where("id")
            return f"(SELECT * FROM {quoted(source.table)}{where})" if where else quoted(source.table)
        if isinstance(source, Raw):
            return f"({self._raw(source)})"
        if isinstance(source, Beside):
            return f"({self._beside(source)})"
        return f"({self._codes(source) if isinstance(source, Codes) else self._rows(source)})"

    def _raw(self, raw: Raw) -> str:
        columns = self.kept[raw.register].columns
        taken = [f"{taken_in(quoted(name), columns[name])} AS {quoted(name)}" for name in raw.columns]
        where = self.part.where(taken_in("id", columns["id"]))
        return f"SELECT {', '.join(taken)} FROM {quoted(input_name(raw.register))}{where}"

    def _beside(self, source: Beside) -> str:
        stored = ", ".join(quoted(name) for name in source.columns)
        there = f"SELECT {stored} FROM {quoted(source.table)}{self.part.where('id')}"
        return f"SELECT * FROM ({self._raw(source.raw)}) POSITIONAL JOIN ({there})"

    def _codes(self, codes: Codes) -> str:
        found = [
            f"SELECT {quoted(column)} AS id FROM {self._source(Raw(of, (column,)))}" for of, column in codes.columns
        ]
        return f"SELECT DISTINCT id FROM ({' UNION ALL '.join(found)}) WHERE id IS NOT NULL"

    def _rows(self, rows: Rows) -> str:
        table = self._joined(rows)
        for level in rows.levels:
            added = [f"{spelled(expr, rows.names, itself=True)} AS {quoted(name)}" for name, expr in level]
            table = f"(SELECT *, {', '.join(added)} FROM {table})"
        outputs = [f"{spelled(expr, rows.names)} AS {quoted(name)}" for name, expr in rows.outputs]
        return f"SELECT {', '.join(outputs)} FROM {table}"

    def _joined(self, rows: Rows) -> str:
        base = self._source(rows.base)
        if not rows.joins:
            return base
        own = [f"b.{quoted(name)}" for name in rows.columns]
        joined = [
            f"j{number}.{quoted(column)} AS {quoted(name)}"
            for number, join in enumerate(rows.joins, 1)
            for column, name in join.columns
        ]
        clauses = [self._join(number, join) for number, join in enumerate(rows.joins, 1)]
        order = " ORDER BY b.id" if rows.in_order else ""
        return f"(SELECT {', '.join([*own, *joined])} FROM {base} b {' '.join(clauses)}{order})"

    def _join(self, number: int, join: Join) -> str:
        here, there = f"b.{quoted(join.on)}", f"j{number}.id"
        if join.as_text:
            here, there = f"CAST({here} AS VARCHAR)", f"CAST({there} AS VARCHAR)"
        return f"LEFT JOIN {self._source(join.source)} j{number} ON {here} = {there}"

    def _gather(self, gather: Gather) -> str:
        rows, key = f"({self._rows(gather.rows)})", quoted(gather.key)
        if not gather.within_areas:
            return f"SELECT {key} AS id, {_figures(gather.figures)} FROM {rows} WHERE {key} IS NOT NULL GROUP BY {key}"
        if gather.spread:
            values = ", ".join(quoted(figure.of) for figure in gather.figures)
            leaves = f"SELECT DISTINCT {key} AS id, {values} FROM {rows} WHERE {key} IS NOT NULL"
            return _widened(leaves, gather.figures)
        leaves = f"SELECT {key} AS id, {_figures(gather.figures)} FROM {rows} WHERE {key} IS NOT NULL GROUP BY {key}"
        return _widened(leaves, tuple(Figure(f.name, MERGED[f.function], f.name, f.kind) for f in gather.figures))


def _widened(leaves: str, figures: tuple[Figure, ...]) -> str:
    """Figures of areas joined to those of every area that they lie in."""
    lengths = ", ".join(f"({length})" for length in LEVELS)
    return (
        f"SELECT left(l.id, n.size) AS id, {_figures(figures)} FROM ({leaves}) l, (VALUES {lengths}) n(size) "
        f"WHERE n.size <= length(l.id) GROUP BY left(l.id, n.size)"
    )


def _figures(figures: tuple[Figure, ...]) -> str:
    return ", ".join(f"{_figure(figure)} AS {quoted(figure.name)}" for figure in figures)


def _figure(figure: Figure) -> str:
    of, kind = (quoted(figure.of) if figure.of else ""), TYPES[figure.kind]
    if figure.function == "count":
        return f"count(*) FILTER (WHERE {of})" if of else "count(*)"
    if figure.function == "some":
        return f"bool_or({of or 'TRUE'})"
    if figure.function == "distinct":
        return f"count(DISTINCT {of})"
    return f"CAST({figure.function}({of}) AS {kind})"


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
