"""The nodes that look beyond the row: settings, tables, other rows, other measures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.holdings import kind_for
from luoshi.rulebook.engines.sql.meaning.lookups import KeyColumn, lookup
from luoshi.rulebook.engines.sql.meaning.lowering import Lowered, Lowering, Part, lower
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity
from luoshi.rulebook.engines.sql.meaning.totals import Gathered, total
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import TableDef, TableKey
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.types import Number, Ref, Type


@lower.register(n.Parameter)
@lower.register(n.Switch)
def _(node: n.Parameter | n.Switch, low: Lowering, register: str) -> Lowered:
    everywhere = low.literal(node.type, low.settings.value(node.name, None))
    by_area = {area: low.settings.value(node.name, area) for area in sorted(low.settings.areas(node.name))}
    nearby = low.at_area(register, _set_nearby(low, node.name, node.type, by_area)) if by_area else None
    if isinstance(nearby, Quantity) and isinstance(everywhere, Quantity):
        return low.first_number(nearby, everywhere)
    if isinstance(nearby, Expr) and isinstance(everywhere, Expr):
        return low.forge.first_known(nearby, everywhere)
    return everywhere


def _set_nearby(low: Lowering, name: str, kind: Type, by_area: dict[str, Any]) -> Callable[[Expr], Lowered]:
    if isinstance(kind, Number):
        places = kind.places
        return lambda code: low.regions.number(code, name, by_area, places)
    return lambda code: low.regions.value(code, name, by_area, kind_for(kind))


@lower.register
def _(node: n.Follow, low: Lowering, register: str) -> Lowered:
    assert isinstance(node.ref.type, Ref)
    other = node.ref.type.register
    return low.follow(low.truth(node.ref, register), other, lower(node.target, low, other))


@lower.register
def _(node: n.Eligible, low: Lowering, register: str) -> Lowered:
    return low.eligible(node.measure, register)


@lower.register
def _(node: n.Lookup, low: Lowering, register: str) -> Lowered:
    table = low.pack.tables[node.table]
    pairs = [(key, lower(part, low, register)) for key, part in zip(table.keys, node.keys, strict=True)]
    keys = [KeyColumn(_expr(part), _compare_with(low, key, part)) for key, part in pairs]
    if not isinstance(table.type, Number):
        kind = kind_for(table.type)
        return lookup(low.forge, keys, table.rows, partial(_written, low, kind), low.forge.null(kind))
    return _number_found(low, table, table.type, keys)


def _written(low: Lowering, kind: Kind, value: Value) -> Expr:
    assert not isinstance(value, Decimal)
    return low.forge.literal(kind, value)


def _number_found(low: Lowering, table: TableDef, kind: Number, keys: list[KeyColumn]) -> Quantity:
    same = low.numbers.alike(*[low.quantity(kind, row.value) for row in table.rows])
    by_value = {row.value: item.expr for row, item in zip(table.rows, same, strict=True)}
    none = low.forge.null(same[0].expr.kind)
    return low.numbers.either(same, lookup(low.forge, keys, table.rows, by_value.__getitem__, none))


def _expr(item: Lowered) -> Expr:
    assert not isinstance(item, Part)
    return item.expr if isinstance(item, Quantity) else item


def _compare_with(low: Lowering, key: TableKey, part: Lowered) -> Callable[[str, Any], Expr]:
    return lambda op, value: low.compared(op, part, low.literal(key.type, value))


@lower.register
def _(node: n.Aggregate, low: Lowering, register: str) -> Lowered:
    child = node.register
    if child not in low.kept:
        return low.unknown(node.type)
    parts = [
        None if part is None else lower(part, low, child)
        for part in (node.where, node.among, node.value, node.distinct)
    ]
    where, among = (low.forge.truth(True) if part is None else _expr(part) for part in parts[:2])
    default = None if node.default is None else lower(node.default, low, register)
    return total(low, node, Gathered(register, where, among, parts[2] or parts[3], default))
