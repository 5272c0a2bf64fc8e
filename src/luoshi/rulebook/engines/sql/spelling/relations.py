"""Spells the steps of a plan as SELECT statements, in the words of a dialect."""

from __future__ import annotations

from abc import ABC, abstractmethod

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
from luoshi.rulebook.engines.sql.meaning.holdings import Column, Kept
from luoshi.rulebook.engines.sql.spelling.words import Words
from luoshi.rulebook.values.area_code import LEVELS


def input_name(register: str) -> str:
    """The name under which the table of a register is given."""
    return f"given {register}"


class Spelling(ABC):
    """Relations as SELECT statements over the given tables."""

    def __init__(self, words: Words, kept: Kept) -> None:
        self.words, self.kept = words, kept

    @abstractmethod
    def taken_in(self, cell: str, column: Column) -> str:
        """A stored cell as it is used: numbers scaled to whole ones, blanks that mean never filled."""

    @abstractmethod
    def beside(self, source: Beside) -> str:
        """Stored rows put beside given ones by position, where a dialect has that."""

    def picked(self, cell: str) -> str:
        """The condition that picks the rows that are wanted by their id in `cell`; all of them, unless said."""
        return ""

    def relation(self, relation: Relation) -> str:
        """A step's relation as one SELECT."""
        return self._gather(relation) if isinstance(relation, Gather) else self._rows(relation)

    def _source(self, source: Source) -> str:
        if isinstance(source, Stored):
            table, where = self.words.quoted(source.table), self.picked("id")
            return f"(SELECT * FROM {table}{where})" if where else table
        if isinstance(source, Raw):
            return f"({self.raw(source)})"
        if isinstance(source, Beside):
            return f"({self.beside(source)})"
        return f"({self._codes(source) if isinstance(source, Codes) else self._rows(source)})"

    def raw(self, raw: Raw) -> str:
        """The given rows of a register, with cells as they are used."""
        quoted, columns = self.words.quoted, self.kept[raw.register].columns
        taken = [f"{self.taken_in(quoted(name), columns[name])} AS {quoted(name)}" for name in raw.columns]
        where = self.picked(self.taken_in("id", columns["id"]))
        return f"SELECT {', '.join(taken)} FROM {quoted(input_name(raw.register))}{where}"

    def _codes(self, codes: Codes) -> str:
        found = [
            f"SELECT {self.words.quoted(column)} AS id FROM {self._source(Raw(of, (column,)))}"
            for of, column in codes.columns
        ]
        return f"SELECT DISTINCT id FROM ({' UNION ALL '.join(found)}) WHERE id IS NOT NULL"

    def _rows(self, rows: Rows) -> str:
        quoted, spelled = self.words.quoted, self.words.spelled
        table = self._joined(rows)
        for level in rows.levels:
            added = [f"{spelled(expr, rows.names, itself=True)} AS {quoted(name)}" for name, expr in level]
            table = f"(SELECT *, {', '.join(added)} FROM {table})"
        outputs = [f"{spelled(expr, rows.names)} AS {quoted(name)}" for name, expr in rows.outputs]
        return f"SELECT {', '.join(outputs)} FROM {table}"

    def _joined(self, rows: Rows) -> str:
        base, quoted = self._source(rows.base), self.words.quoted
        if not rows.joins and not rows.in_order:
            return base
        own = [f"b.{quoted(name)}" for name in rows.columns]
        joined = [
            f"j{number}.{quoted(column)} AS {quoted(name)}"
            for number, join in enumerate(rows.joins, 1)
            for column, name in join.columns
        ]
        clauses = [f" {self._join(number, join)}" for number, join in enumerate(rows.joins, 1)]
        order = " ORDER BY b.id" if rows.in_order else ""
        return f"(SELECT {', '.join([*own, *joined])} FROM {base} b{''.join(clauses)}{order})"

    def _join(self, number: int, join: Join) -> str:
        here, there = f"b.{self.words.quoted(join.on)}", f"j{number}.id"
        if join.as_text:
            here, there = self.words.as_text(here), self.words.as_text(there)
        return f"LEFT JOIN {self._source(join.source)} j{number} ON {here} = {there}"

    def _gather(self, gather: Gather) -> str:
        quoted = self.words.quoted
        rows, key = f"({self._rows(gather.rows)})", quoted(gather.key)
        if gather.within_areas and gather.spread:
            values = ", ".join(quoted(figure.of) for figure in gather.figures)
            leaves = f"SELECT DISTINCT {key} AS id, {values} FROM {rows} WHERE {key} IS NOT NULL"
            return self._widened(leaves, gather.figures)
        figures = self._figures(gather.figures)
        leaves = f"SELECT {key} AS id, {figures} FROM {rows} WHERE {key} IS NOT NULL GROUP BY {key}"
        if not gather.within_areas:
            return leaves
        return self._widened(leaves, tuple(Figure(f.name, MERGED[f.function], f.name, f.kind) for f in gather.figures))

    def _widened(self, leaves: str, figures: tuple[Figure, ...]) -> str:
        """Figures of areas joined to those of every area that they lie in."""
        lengths = ", ".join(f"({length})" for length in LEVELS)
        return (
            f"SELECT left(l.id, n.size) AS id, {self._figures(figures)} FROM ({leaves}) l, (VALUES {lengths}) n(size) "
            f"WHERE n.size <= length(l.id) GROUP BY left(l.id, n.size)"
        )

    def _figures(self, figures: tuple[Figure, ...]) -> str:
        return ", ".join(f"{self._figure(figure)} AS {self.words.quoted(figure.name)}" for figure in figures)

    def _figure(self, figure: Figure) -> str:
        of, kind = (self.words.quoted(figure.of) if figure.of else ""), self.words.types[figure.kind]
        if figure.function == "count":
            return f"count(*) FILTER (WHERE {of})" if of else "count(*)"
        if figure.function == "some":
            return f"bool_or({of or 'TRUE'})"
        if figure.function == "distinct":
            return f"count(DISTINCT {of})"
        if figure.function == "sum":
            return self.summed(of, figure.kind)
        return f"CAST({figure.function}({of}) AS {kind})"

    def summed(self, of: str, kind: Kind) -> str:
        """The sum of a column, in a column of a kind that holds it."""
        return f"CAST(sum({of}) AS {self.words.types[kind]})"
