"""Cuts a step with very many levels into several, so that the work of a compiler stays in proportion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from luoshi.rulebook.engines.sql.layout.columns import mentioned
from luoshi.rulebook.engines.sql.layout.relations import Gather, Rows, Step, Stored, step

MOST_LEVELS = 32


def cut(whole: Step) -> Iterator[Step]:
    """The step, or a chain of steps that store what the next one needs."""
    cutter = _Cutter(whole)
    relation = whole.relation
    if isinstance(relation, Gather):
        last = step(whole.stage, whole.register, whole.table, replace(relation, rows=cutter.shortened(relation.rows)))
    else:
        last = step(whole.stage, whole.register, whole.table, cutter.shortened(relation))
    yield from cutter.parts
    yield last


class _Cutter:
    """Shortens rows, the rows that they are based on first."""

    def __init__(self, whole: Step) -> None:
        self.whole = whole
        self.parts: list[Step] = []

    def shortened(self, rows: Rows) -> Rows:
        """Rows of a few levels, on top of what is stored by the parts."""
        if isinstance(rows.base, Rows):
            rows = replace(rows, base=self.shortened(rows.base))
        while len(rows.levels) > MOST_LEVELS:
            table = f"{self.whole.table or self.whole.register} part {len(self.parts) + 1}"
            lower, rows = _halves(rows, table)
            self.parts.append(step(self.whole.stage, self.whole.register, table, lower))
        return rows


def _halves(rows: Rows, table: str) -> tuple[Rows, Rows]:
    """The lowest levels with what is needed above them as output, and the rest on top of that."""
    below, above = rows.levels[:MOST_LEVELS], rows.levels[MOST_LEVELS:]
    needed = mentioned([expr for level in above for _, expr in level], rows.names)
    needed |= mentioned([expr for _, expr in rows.outputs], rows.names, roots_too=True)
    needed -= {name for level in above for name, _ in level}
    kept = {name: expr for expr, name in rows.names.items() if name in needed}
    lower = replace(rows, levels=below, outputs=tuple(kept.items()))
    return lower, Rows(Stored(table), tuple(kept), (), above, rows.outputs, rows.names)
