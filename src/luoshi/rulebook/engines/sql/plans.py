"""A plan: the statements of a run in order, and what may be dropped after each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.layout.relations import Step, tables_read

Spelled = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Statement:
    """One statement: it makes `table`, or gives the result of `register` when there is none.

    `sql` is a SELECT; a result can also be had in `parts`, each a SELECT of consecutive rows. `readers` says how often
    the table is read; `drops` are tables that nobody reads after the statement.
    """

    stage: int
    register: str
    table: str | None
    sql: str
    parts: tuple[str, ...]
    readers: int
    drops: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the statement is about, for progress and explanations."""
        return self.table or self.register


@dataclass(frozen=True)
class Plan:
    """The statements of a run, in order."""

    statements: tuple[Statement, ...]

    def explain(self) -> str:
        """The statements as text, each under a line that says its stage and register."""
        parts = [f"-- stage {s.stage}: {s.register}: {s.table or 'result'}\n{s.sql}\n" for s in self.statements]
        return "\n".join(parts)


def spelled_plan(steps: Sequence[Step], spell: Callable[[Step], Spelled]) -> Plan:
    """The plan that carries out the steps; `spell` gives a step's statement and those of its parts."""
    last_read = {table: index for index, step in enumerate(steps) for table in step.reads}
    dropped: dict[int, list[str]] = {}
    for table, index in last_read.items():
        dropped.setdefault(index, []).append(table)
    readers = Counter(table for step in steps for table in tables_read(step.relation))
    return Plan(
        tuple(
            Statement(
                step.stage,
                step.register,
                step.table,
                *spell(step),
                0 if step.table is None else readers[step.table],
                tuple(dropped.get(index, ())),
            )
            for index, step in enumerate(steps)
        )
    )
