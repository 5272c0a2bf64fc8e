"""The columns of a result: what measures, limits, targets and facts give for each row of their register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from luoshi.rulebook.bulk.wanted import Wanted, tests_of
from luoshi.rulebook.engines.sql.meaning.deciding import Deciding, Result, as_decimal
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.lowering import Lowering, Part, lower
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Limit, Measure, Target
from luoshi.rulebook.model.types import MOST_DIGITS, NARROW_DIGITS

Decided = TypeVar("Decided", Measure, Limit, Target)


def results(low: Lowering, wanted: Wanted) -> dict[str, list[Result]]:
    """The result columns of every kept register about which the pack decides anything."""
    found = {register: list(_columns(low, register, wanted)) for register in low.pack.registers if register in low.kept}
    return {register: [*_head(low, register), *columns] for register, columns in found.items() if columns}


def _columns(low: Lowering, register: str, wanted: Wanted) -> Iterator[Result]:
    deciding = Deciding(low, register)
    for measure in _of(low.pack.measures, register):
        yield from deciding.measure(measure, wanted.as_if_in_force or low.pack.in_force(measure, low.on))
    for limit in _of(low.pack.limits, register):
        yield from deciding.limit(limit)
    for target in _of(low.pack.targets, register):
        yield f"{target.id}.state", deciding.target(target)
    for test in tests_of(low.pack, register):
        yield f"{test.id}.state", deciding.test(test)
    for of, name in wanted.facts:
        if of == register:
            yield from _fact(low, register, name)


def _of(blocks: Mapping[str, Decided], register: str) -> list[Decided]:
    return [block for block in blocks.values() if block.register == register]


def _head(low: Lowering, register: str) -> list[Result]:
    row_id = low.forge.field(register, "id", low.kept[register].columns["id"].kind, known=True)
    return [("id", row_id), ("area", low.forge.as_kind(low.area(register), Kind.TEXT))]


def _fact(low: Lowering, register: str, name: str) -> list[Result]:
    """A fact as columns: numbers as wide decimals, a share as its two counts."""
    definition = low.pack.facts[register, name]
    found = lower(n.Fact(definition.type, register, name), low, register)
    if isinstance(found, Part):
        return [(f"{name}.part", found.part.expr), (f"{name}.whole", found.whole.expr)]
    if isinstance(found, Quantity):
        digits = MOST_DIGITS if found.places or found.expr.kind is Kind.WIDE else NARROW_DIGITS
        return [(name, as_decimal(low.forge, found.expr, found.places, digits))]
    return [(name, found)]
