"""Blocks that decide: facts, measures, awards, limits, targets."""

from __future__ import annotations

from typing import Any

from luoshi.rulebook.loading.making import Maker
from luoshi.rulebook.loading.reading import Entry
from luoshi.rulebook.loading.scope import Names
from luoshi.rulebook.loading.shapes.decisions import (
    AwardShape,
    CrosscheckShape,
    FactShape,
    LimitShape,
    MeasureShape,
    StackingShape,
    TargetShape,
)
from luoshi.rulebook.loading.simple_blocks import text_or_none
from luoshi.rulebook.loading.typed_values import declared_type
from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import (
    Award,
    Crosscheck,
    FactDef,
    Limit,
    Measure,
    OrderKey,
    Rounding,
    Stacking,
    Target,
)
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import KindWords, Number, Ref

AGGREGATES = ("count", "sum", "any", "all", "min", "max", "share")
RELATIONS = {"equal": "=", "at-most": "<=", "at-least": ">="}
DIRECTIONS = {"at-least": ">=", "at-most": "<=", "exactly": "=", "more-than": ">", "less-than": "<"}
MONEY_PLACES = 2


def make_fact(entry: Entry, shape: FactShape, names: Names) -> FactDef:
    """A fact: a human judgement, an expression or an aggregate."""
    names.register(shape.of)
    maker = Maker(entry, names)
    title = shape.title.text() if shape.title else Bilingual(entry.id, entry.id)
    chosen = [op for op in AGGREGATES if getattr(shape, op) is not None]
    if len(chosen) + (shape.value is not None) + (shape.judgement is not None) != 1:
        raise Mismatch("PACK-052", name=entry.id)
    if shape.judgement:
        kind = declared_type(shape.judgement, shape.unit)
        by = text_or_none(shape.by)
        return FactDef(entry.id, title, entry.place, shape.of, kind, None, by, shape.unit, tuple(shape.assumes))
    if shape.value is not None:
        value = maker.node(shape.of, shape.value, "value")
    else:
        value = _aggregate(maker, shape, chosen[0])
    return FactDef(entry.id, title, entry.place, shape.of, value.type, value, None, shape.unit, tuple(shape.assumes))


def _aggregate(maker: Maker, shape: FactShape, op: str) -> n.Node:
    child: str = getattr(shape, op)
    written = tuple(shape.via.split(".")) if shape.via else None
    via = maker.names.via(child, shape.of, written)
    return build.aggregate(
        op,
        child,
        via,
        where=maker.optional(child, shape.where, "where"),
        value=maker.optional(child, shape.of_value, "of_value"),
        distinct=maker.optional(child, shape.distinct, "distinct"),
        among=maker.optional(child, shape.among, "among"),
        default=maker.optional(child, shape.default, "default"),
    )


def make_measure(entry: Entry, shape: MeasureShape, names: Names) -> Measure:
    """A measure."""
    maker = Maker(entry, names)
    names.register(shape.register_name)
    amount = maker.optional(shape.register_name, shape.amount, "amount")
    return Measure(**_measure_parts(maker, shape, amount))


def make_award(entry: Entry, shape: AwardShape, names: Names) -> Award:
    """An award: a measure whose winners people choose."""
    maker = Maker(entry, names)
    names.register(shape.register_name)
    prize = maker.optional(shape.register_name, shape.prize or shape.amount, "prize")
    return Award(
        **_measure_parts(maker, shape, prize),
        quota=None if shape.quota is None else maker.node(None, shape.quota, "quota"),
        per=shape.per,
        order=tuple(_order_key(maker, shape.register_name, text) for text in shape.order),
        chosen_by=text_or_none(shape.chosen_by),
    )


def _order_key(maker: Maker, register: str, text: str) -> OrderKey:
    expression, _, direction = text.strip().rpartition(" ")
    if direction not in {"desc", "asc"}:
        expression, direction = text.strip(), "asc"
    value = None if expression == "id" else maker.node(register, expression, "order")
    return OrderKey(value, direction == "desc")


def _measure_parts(maker: Maker, shape: MeasureShape, amount: n.Node | None) -> dict[str, Any]:
    entry, register = maker.entry, shape.register_name
    return {
        "id": entry.id,
        "title": shape.title.text(),
        "place": entry.place,
        "register": register,
        "support": shape.support,
        "conditions": maker.conditions(register, shape.conditions, "conditions"),
        "amount": amount,
        "rounding": _rounding(shape, amount),
        "frequency": shape.frequency,
        "discretion": shape.discretion,
        "decided_by": text_or_none(shape.decided_by),
        "paid_to": _paid_to(maker, shape),
        "funds": tuple(shape.funds),
        "stacking": _stacking(shape.stacking),
        "evidence": tuple(both.text() for both in shape.evidence),
        "assumes": tuple(shape.assumes),
        "procedure": shape.procedure,
        "benefit": text_or_none(shape.benefit),
        "valid": (shape.valid.start, shape.valid.to),
    }


def _rounding(shape: MeasureShape, amount: n.Node | None) -> Rounding | None:
    if shape.rounding:
        places = max(0, -int(shape.rounding.to.normalize().as_tuple().exponent))
        return Rounding(places, shape.rounding.mode)
    if amount is None or not isinstance(amount.type, Number):
        return None
    return Rounding(MONEY_PLACES, "half_up") if "CNY" in str(amount.type.unit) else None


def _paid_to(maker: Maker, shape: MeasureShape) -> n.Node | None:
    if shape.paid_to is None:
        return None
    node = maker.node(shape.register_name, shape.paid_to, "paid_to")
    if not isinstance(node.type, Ref):
        raise Mismatch("EXPR-010", seen=str(node.type), expected=KindWords("reference"), path=("paid_to",))
    return node


def _stacking(shape: StackingShape | None) -> Stacking | None:
    return Stacking(shape.rule, tuple(shape.others), text_or_none(shape.note)) if shape else None


def make_limit(entry: Entry, shape: LimitShape, names: Names) -> Limit:
    """A limit."""
    maker = Maker(entry, names)
    names.register(shape.of)
    return Limit(
        entry.id,
        shape.title.text(),
        entry.place,
        register=shape.of,
        when=None if shape.when is None else maker.truth(shape.of, shape.when, "when"),
        holds=maker.conditions(shape.of, shape.holds, "holds"),
        force=shape.force,
        message=text_or_none(shape.message),
        assumes=tuple(shape.assumes),
    )


def make_crosscheck(entry: Entry, shape: CrosscheckShape, names: Names) -> Crosscheck:
    """A relation between figures of the text: constants only, for there is no row."""
    maker = Maker(entry, names)
    left, right = maker.node(None, shape.left, "left"), maker.node(None, shape.right, "right")
    try:
        holds = build.compare(RELATIONS[shape.relation], left, right)
    except Mismatch as problem:
        problem.facts |= {"path": ("left",), "expression": shape.left}
        raise
    note = text_or_none(shape.note)
    return Crosscheck(entry.id, shape.title.text(), entry.place, left=left, right=right, holds=holds, note=note)


def make_target(entry: Entry, shape: TargetShape, names: Names) -> Target:
    """A target; its test compares the indicator with the value."""
    maker = Maker(entry, names)
    names.register(shape.of)
    indicator = maker.node(shape.of, shape.indicator, "indicator")
    value = maker.node(shape.of, shape.value, "value")
    try:
        test = build.compare(DIRECTIONS[shape.direction], indicator, value)
    except Mismatch as problem:
        problem.facts |= {"path": ("indicator",), "expression": shape.indicator}
        raise
    return Target(
        entry.id,
        shape.title.text(),
        entry.place,
        register=shape.of,
        level=shape.level,
        indicator=indicator,
        value=value,
        test=test,
        direction=shape.direction,
        by=shape.by,
        every=shape.every,
        split=shape.split,
        assumes=tuple(shape.assumes),
    )
