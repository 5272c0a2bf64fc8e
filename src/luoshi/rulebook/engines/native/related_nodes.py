"""The nodes that look beyond the row: settings, tables, other rows, other measures."""

from __future__ import annotations

from luoshi.rulebook.engines.native.lowering import Lowering, lower
from luoshi.rulebook.engines.native.meanings import Lowered, Truth
from luoshi.rulebook.engines.native.totals import total
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Band, TableKey
from luoshi.rulebook.model.nodes import Value


@lower.register(n.Parameter)
@lower.register(n.Switch)
def _(node: n.Parameter | n.Switch, low: Lowering, register: str) -> Lowered:
    return low.setting(node.name, node.type, register)


@lower.register
def _(node: n.Follow, low: Lowering, register: str) -> Lowered:
    target = lower(node.target, low, low.target(register, node.ref.name))
    return low.follow(register, node.ref.name, target)


@lower.register
def _(node: n.Eligible, low: Lowering, register: str) -> Lowered:
    return low.eligible(node.measure, register)


@lower.register
def _(node: n.Lookup, low: Lowering, register: str) -> Lowered:
    table = low.pack.tables[node.table]
    keys = [lower(key, low, register) for key in node.keys]
    found = low.unknown(table.type)
    for row in reversed(table.rows):
        pairs = zip(table.keys, keys, row.keys, strict=True)
        fits = low.truths.every(*[test for key, seen, cell in pairs for test in _fits(low, key, seen, cell)])
        found = low.select(fits.met, low.written(table.type, row.value), found)
    return low.where(low.forge.both(*[low.known(key) for key in keys]), found)


def _fits(low: Lowering, key: TableKey, seen: Lowered, cell: Value | Band) -> list[Truth]:
    """What holds of a key that fits a cell of a table."""
    tests = [(">=", cell.start), ("<", cell.below)] if isinstance(cell, Band) else [("=", cell)]
    return [low.compared(op, seen, low.written(key.type, value)) for op, value in tests if value is not None]


@lower.register
def _(node: n.Aggregate, low: Lowering, register: str) -> Lowered:
    return total(low, node, register)
