"""The mutants of a pack: the same pack with one small change in one block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from luoshi.rulebook.checking.thoroughness.changes import changes, moved
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block, Condition
from luoshi.rulebook.model.blocks import FactDef, Limit, Measure, Pack, ParameterDef, TableDef, Target

Key = tuple[str, Any]
"""What was changed: the kind of block, as the pack names it, and the block's key there."""
Change = tuple[str, str, Any]
"""The part of the block, what was changed in it, and the changed block."""


@dataclass(frozen=True)
class Mutant:
    """A pack with one change."""

    key: Key
    block: Block
    part: str
    change: str
    pack: Pack

    def __str__(self) -> str:
        place = self.block.place
        return f"{place.file}:{place.line} {self.block.id} {self.part}: {self.change}"


def mutants(pack: Pack) -> Iterator[Mutant]:
    """Every mutant of the blocks that stand in the pack itself, by kind of block."""
    for kind, change in _KINDS.items():
        blocks: Mapping[Any, Block] = getattr(pack, kind)
        for key, block in blocks.items():
            if "/" not in block.place.file:
                for part, what, new in change(block):
                    changed: dict[str, Any] = {kind: {**blocks, key: new}}
                    yield Mutant((kind, key), block, part, what, replace(pack, **changed))


def _of_fact(fact: FactDef) -> Iterator[Change]:
    if fact.value is not None:
        yield from (("value", what, replace(fact, value=node)) for what, node in changes(fact.value))


def _of_measure(measure: Measure) -> Iterator[Change]:
    for part, what, conditions in _of_conditions(measure.conditions):
        yield part, what, replace(measure, conditions=conditions)
    if measure.amount is not None:
        yield from (("amount", what, replace(measure, amount=node)) for what, node in changes(measure.amount))


def _of_limit(limit: Limit) -> Iterator[Change]:
    if limit.when is not None:
        yield "when", "left out", replace(limit, when=None)
        yield from (("when", what, replace(limit, when=node)) for what, node in changes(limit.when))
    for part, what, conditions in _of_conditions(limit.holds):
        yield part, what, replace(limit, holds=conditions)


def _of_conditions(conditions: tuple[Condition, ...]) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
    """One condition left out or changed. A single one is left out by letting it always be met."""
    for index, condition in enumerate(conditions):
        before, after = conditions[:index], conditions[index + 1 :]
        always = replace(condition, test=n.Literal(condition.test.type, True))
        yield condition.name, "left out", (*before, always, *after)
        for what, node in changes(condition.test):
            yield condition.name, what, (*before, replace(condition, test=node), *after)


def _of_target(target: Target) -> Iterator[Change]:
    yield from (("test", what, replace(target, test=node)) for what, node in changes(target.test))


def _of_parameter(parameter: ParameterDef) -> Iterator[Change]:
    for index, (start, value) in enumerate(parameter.values):
        new = moved(value, n.Parameter(parameter.type, parameter.id))
        if new is not None:
            values = (*parameter.values[:index], (start, new), *parameter.values[index + 1 :])
            yield start.isoformat(), f"{value} to {new}", replace(parameter, values=values)


def _of_table(table: TableDef) -> Iterator[Change]:
    for index, row in enumerate(table.rows):
        new = moved(row.value, n.Literal(table.type, row.value))
        if new is not None:
            rows = (*table.rows[:index], replace(row, value=new), *table.rows[index + 1 :])
            yield f"row {index + 1}", f"{row.value} to {new}", replace(table, rows=rows)


_KINDS: dict[str, Callable[[Any], Iterator[Change]]] = {
    "facts": _of_fact,
    "measures": _of_measure,
    "limits": _of_limit,
    "targets": _of_target,
    "parameters": _of_parameter,
    "tables": _of_table,
}
