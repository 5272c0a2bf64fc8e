"""Bounds that contradict each other: a floor the text promises and a cap that cuts it, limits nothing can meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from itertools import combinations
from typing import Any

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.checking.review.spans import ends, quantity_name, span
from luoshi.rulebook.checking.review.witnesses import Witness
from luoshi.rulebook.engines.case.arithmetic import EXACT
from luoshi.rulebook.engines.case.evaluating import evaluator
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.inputs.store import Row, Store
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Block
from luoshi.rulebook.model.blocks import Limit, Pack
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.nodes import exact
from luoshi.rulebook.model.types import Number

FACTORS = (Decimal(2), Decimal(10), Decimal("0.5"))
"""By how much the numbers of a worked case are varied in the search for a case that shows the contradiction."""


def contradicting_bounds(pack: Pack) -> Iterator[Finding]:
    """Pairs of limits that no row can meet, by the quantity they bound."""
    for first, second in combinations(pack.limits.values(), 2):
        if first.register == second.register and first.when == second.when:
            yield from _contradicting(first, second, pack)


def _contradicting(first: Limit, second: Limit, pack: Pack) -> Iterator[Finding]:
    bounds = {found[0]: found[1] for condition in first.holds if (found := span(condition.test, pack)) is not None}
    for condition in second.holds:
        found = span(condition.test, pack)
        if found is not None and found[0] in bounds and (bounds[found[0]] & found[1]).empty:
            values = f"{ends(bounds[found[0]])} · {ends(found[1])}"
            yield ask("REVIEW-014", second, other=first.id, quantity=quantity_name(found[0]), values=values)


def cut_floors(pack: Pack, cases: list[Witness]) -> Iterator[Finding]:
    """Least values that localities must grant, and a cap beside them that is lower in some case."""
    for block in pack.blocks():
        for root in block.expressions():
            for node in n.walk(root):
                if isinstance(node, n.Least):
                    yield from _cut(block, node, pack, cases)


def _cut(block: Block, node: n.Least, pack: Pack, cases: list[Witness]) -> Iterator[Finding]:
    register = getattr(block, "register", "")
    for item in node.items:
        for name, least in _floors(item, pack).items():
            shown = _shown(register, node, item, name, least, cases)
            if shown is not None:
                example, floor, cap = shown
                yield ask("REVIEW-015", block, parameter=name, least=least, example=example, floor=floor, cap=cap)


def _floors(item: n.Node, pack: Pack) -> Mapping[str, Decimal]:
    """The local parameters of an expression that have a least value above zero."""
    names = [node.name for node in n.walk(item) if isinstance(node, n.Parameter)]
    ranges = {name: pack.parameters[name].local for name in names}
    return {name: bounds.least for name, bounds in ranges.items() if bounds is not None and bounds.least}


def _shown(
    register: str, node: n.Least, item: n.Node, name: str, least: Decimal, cases: list[Witness]
) -> tuple[str, Any, Any] | None:
    """The first case, as it is or with one number varied, in which another item is below the promised least."""
    fields = [part.name for part in n.walk(node) if isinstance(part, n.Field) and part.register == register]
    for case in cases:
        local = case.with_value(name, least)
        for row_id, row in case.case.store.rows.get(register, {}).items():
            for varied in (row, *_variations(row, fields)):
                values = _values(case, local, register, row_id, varied, node)
                floor = values[node.items.index(item)]
                below = [value for value in values if value is not None and floor is not None and value < floor]
                if below:
                    return case.example.name, floor, min(below)
    return None


def _variations(row: Row, fields: list[str]) -> Iterator[Row]:
    for name in fields:
        value = row.get(name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield from ({**row, name: value * factor} for factor in FACTORS)


def _values(
    case: Witness, local: tuple[LocalValue, ...], register: str, row_id: Any, row: Row, node: n.Least
) -> list[Any]:
    store = case.case.store
    rows = {**store.rows, register: {**store.rows[register], row_id: row}}
    frame = case.with_local(local).start(Store(case.engine.pack, rows)).existing(register, row_id)
    with localcontext(EXACT):
        values = [evaluator(item)(frame).value for item in node.items]
    return [None if value is None or not isinstance(node.type, Number) else exact(value) for value in values]
