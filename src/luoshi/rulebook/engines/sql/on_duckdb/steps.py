"""Spells the steps of a plan as DuckDB statements."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.layout.relations import (
    MERGED,
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
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Kept
from luoshi.rulebook.engines.sql.on_duckdb.text import TYPES, literal, quoted, spelled
from luoshi.rulebook.values.area_code import LEVELS
from luoshi.rulebook.values.calendar import NEVER


def input_name(register: str) -> str:
    """The name under which the table of a register is given."""
    return f"given {register}"


class Spelling:
    """Relations as SELECT statements over the given tables."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def relation(self, relation: Relation) -> str:
        """A step's relation as one SELECT."""
        return self._gather(relation) if isinstance(relation, Gather) else self._rows(relation)

    def _source(self, source: Source) -> str:
        if isinstance(source, Stored):
            return quoted(source.table)
        if isinstance(source, Raw):
            return f"({self._raw(source)})"
        return f"({self._codes(source) if isinstance(source, Codes) else self._rows(source)})"

    def _raw(self, raw: Raw) -> str:
        columns = self.kept[raw.register].columns
        taken = [f"{taken_in(quoted(name), columns[name])} AS {quoted(name)}" for name in raw.columns]
        return f"SELECT {', '.join(taken)} FROM {quoted(input_name(raw.register))}"

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
        if rows.in_order:
            return self._ordered(rows)
        base = self._source(rows.base)
        if not rows.joins:
            return base
        own = [f"b.{quoted(name)}" for name in rows.columns]
        clauses = [self._join(number, join, f"b.{quoted(join.on)}") for number, join in enumerate(rows.joins, 1)]
        return f"(SELECT {', '.join([*own, *_joined_columns(rows)])} FROM {base} b {' '.join(clauses)})"

    def _ordered(self, rows: Rows) -> str:
        """Columns are put in order as they are stored: that is narrower than as they are used."""
        assert isinstance(rows.base, Raw)
        held = self.kept[rows.base.register]
        columns = {name: held.columns[name] for name in rows.columns}
        joined = [quoted(name) for join in rows.joins for _, name in join.columns]
        stored = [f"b.{quoted(name)}" for name in columns]
        clauses = [
            self._join(number, join, taken_in(f"b.{quoted(join.on)}", held.columns[join.on]))
            for number, join in enumerate(rows.joins, 1)
        ]
        base = f"{quoted(input_name(rows.base.register))} b {' '.join(clauses)}"
        if rows.joins or not held.in_order:
            base = f"{base} ORDER BY {taken_in('b.id', held.columns['id'])}"
        used = [f"{taken_in(quoted(name), column)} AS {quoted(name)}" for name, column in columns.items()]
        inner = f"SELECT {', '.join([*stored, *_joined_columns(rows)])} FROM {base}"
        return f"(SELECT {', '.join([*used, *joined])} FROM ({inner}))"

    def _join(self, number: int, join: Join, here: str) -> str:
        there = f"j{number}.id"
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


def _joined_columns(rows: Rows) -> list[str]:
    return [
        f"j{number}.{quoted(column)} AS {quoted(name)}"
        for number, join in enumerate(rows.joins, 1)
        for column, name in join.columns
    ]


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
