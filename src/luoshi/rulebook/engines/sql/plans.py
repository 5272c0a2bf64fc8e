"""A plan: the statements of a run in order, and what may be dropped after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.layout.relations import Step
from luoshi.rulebook.engines.sql.meaning.holdings import Kept
from luoshi.rulebook.engines.sql.on_duckdb.steps import Spelling, parts_of


@dataclass(frozen=True)
class Statement:
    """One statement: it makes `table`, or gives the result of `register` when there is none.

    `sql` is a SELECT; a result can also be had in `parts`, each a SELECT of consecutive rows. `drops` are tables that
    nobody reads after it.
    """

    stage: int
    register: str
    table: str | None
    sql: str
    parts: tuple[str, ...]
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


def spelled_plan(steps: Sequence[Step], kept: Kept) -> Plan:
    """The plan that carries out the steps."""
    last_read = {table: index for index, step in enumerate(steps) for table in step.reads}
    dropped: dict[int, list[str]] = {}
    for table, index in last_read.items():
        dropped.setdefault(index, []).append(table)
    return Plan(
        tuple(_statement(step, kept, tuple(dropped.get(index, ()))) for index, step in enumerate(steps)),
    )


def _statement(step: Step, kept: Kept, drops: tuple[str, ...]) -> Statement:
    parts = parts_of(kept[step.register]) if step.table is None else []
    return Statement(
        step.stage,
        step.register,
        step.table,
        Spelling(kept).relation(step.relation),
        tuple(Spelling(kept, part).relation(step.relation) for part in parts),
        drops,
    )
