"""Cuts a step with very many levels into several, so that the work of a compiler stays in proportion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from luoshi.rulebook.engines.sql.columns import mentioned
from luoshi.rulebook.engines.sql.relations import Gather, Rows, Step, Stored, step

MOST_LEVELS = 32


def cut(whole: Step) -> Iterator[Step]:
    """The step, or a chain of steps that store what the next one needs."""
    rows = whole.relation.rows if isinstance(whole.relation, Gather) else whole.relation
    number = 0
    while len(rows.levels) > MOST_LEVELS:
        number += 1
        table = f"{whole.table or whole.register} part {number}"
        lower, rows = _halves(rows, table)
        yield step(whole.stage, whole.register, table, lower)
    relation = replace(whole.relation, rows=rows) if isinstance(whole.relation, Gather) else rows
    yield step(whole.stage, whole.register, whole.table, relation)


def _halves(rows: Rows, table: str) -> tuple[Rows, Rows]:
    """The lowest levels with what is needed above them as output, and the rest on top of that."""
    below, above = rows.levels[:MOST_LEVELS], rows.levels[MOST_LEVELS:]
    needed = mentioned([expr for level in above for _, expr in level], rows.names)
    needed |= mentioned([expr for _, expr in rows.outputs], rows.names, roots_too=True)
    needed -= {name for level in above for name, _ in level}
    kept = {expr: name for expr, name in rows.names.items() if name in needed}
    lower = Rows(rows.base, rows.columns, rows.joins, below, tuple((n, e) for e, n in kept.items()), rows.names)
    columns = tuple(kept.values())
    return lower, Rows(Stored(table), columns, (), above, rows.outputs, rows.names)
