"""The nodes that look no further than the row."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.lowering import Lowered, Lowering, Part, lower
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity, extreme
from luoshi.rulebook.engines.sql.meaning.rounding import divided, rounded
from luoshi.rulebook.engines.sql.meaning.serving import served
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.values.calendar import LAST


@lower.register
def _(node: n.Literal, low: Lowering, register: str) -> Lowered:
    return low.literal(node.type, node.value)


@lower.register
def _(node: n.Field, low: Lowering, register: str) -> Lowered:
    return low.column(register, node.name, node.type)


@lower.register
def _(node: n.Fact, low: Lowering, register: str) -> Lowered:
    return low.facts[node.register, node.name]


@lower.register
def _(node: n.OnDate, low: Lowering, register: str) -> Lowered:
    return low.dates.day(low.on)


@lower.register
def _(node: n.All, low: Lowering, register: str) -> Lowered:
    return low.forge.every(*[low.truth(item, register) for item in node.items])


@lower.register
def _(node: n.Any, low: Lowering, register: str) -> Lowered:
    return low.forge.either(*[low.truth(item, register) for item in node.items])


@lower.register
def _(node: n.Not, low: Lowering, register: str) -> Lowered:
    return low.forge.negated(low.truth(node.item, register))


@lower.register
def _(node: n.IsKnown, low: Lowering, register: str) -> Lowered:
    item = lower(node.item, low, register)
    assert not isinstance(item, Part)
    return low.forge.negated(low.forge.missing(item.expr if isinstance(item, Quantity) else item))


@lower.register
def _(node: n.Compare, low: Lowering, register: str) -> Lowered:
    return low.compared(node.op, lower(node.left, low, register), lower(node.right, low, register))


@lower.register
def _(node: n.CompareShare, low: Lowering, register: str) -> Lowered:
    share, rate = lower(node.share, low, register), low.number(node.rate, register)
    assert isinstance(share, Part)
    test = low.compared(node.op, share.part, low.numbers.multiply(rate, share.whole))
    some = low.compared("<>", share.whole, low.numbers.whole(0))
    return low.forge.case((some, test), otherwise=low.forge.truth(None))


@lower.register
def _(node: n.Among, low: Lowering, register: str) -> Lowered:
    item = lower(node.item, low, register)
    values = [lower(value, low, register) for value in node.values]
    if isinstance(item, Quantity):
        return low.forge.either(*[low.compared("=", item, value) for value in values])
    assert isinstance(item, Expr)
    parts = [item, *(value for value in values if isinstance(value, Expr))]
    return low.forge.strict("among", Kind.TRUTH, *low.comparing.like_kinds(*parts))


@lower.register
def _(node: n.Add, low: Lowering, register: str) -> Lowered:
    return low.numbers.add(low.number(node.left, register), low.number(node.right, register))


@lower.register
def _(node: n.Subtract, low: Lowering, register: str) -> Lowered:
    return low.numbers.subtract(low.number(node.left, register), low.number(node.right, register))


@lower.register
def _(node: n.Multiply, low: Lowering, register: str) -> Lowered:
    return low.numbers.multiply(low.number(node.left, register), low.number(node.right, register))


@lower.register
def _(node: n.Negate, low: Lowering, register: str) -> Lowered:
    return low.numbers.negate(low.number(node.item, register))


@lower.register
def _(node: n.Divide, low: Lowering, register: str) -> Lowered:
    above, below = low.number(node.left, register), low.number(node.right, register)
    return divided(low.numbers, above, below, _places(node), node.mode)


@lower.register
def _(node: n.Round, low: Lowering, register: str) -> Lowered:
    return rounded(low.numbers, low.number(node.item, register), _places(node), node.mode)


def _places(node: n.Node) -> int:
    assert isinstance(node.type, Number)
    return node.type.places


@lower.register
def _(node: n.Choose, low: Lowering, register: str) -> Lowered:
    tests = [low.truth(test, register) for test, _ in node.arms]
    values = [lower(value, low, register) for value in [*(value for _, value in node.arms), node.otherwise]]
    numbers = [value for value in values if isinstance(value, Quantity)]
    if numbers:
        same = low.numbers.alike(*numbers)
        return low.numbers.either(same, _chosen(low, tests, [item.expr for item in same]))
    return _chosen(low, tests, low.comparing.like_kinds(*[value for value in values if isinstance(value, Expr)]))


def _chosen(low: Lowering, tests: list[Expr], values: list[Expr]) -> Expr:
    """The first arm whose test is true, unknown as soon as a test before it is."""
    null = low.forge.null(values[-1].kind)
    arms = []
    for test, value in zip(tests, values, strict=False):
        arms += [(test, value), (low.forge.missing(test), null)]
    return low.forge.case(*arms, otherwise=values[-1])


@lower.register
def _(node: n.Least, low: Lowering, register: str) -> Lowered:
    return _extreme(low, "<=", node.items, register)


@lower.register
def _(node: n.Greatest, low: Lowering, register: str) -> Lowered:
    return _extreme(low, ">=", node.items, register)


def _extreme(low: Lowering, op: str, nodes: tuple[n.Node, ...], register: str) -> Lowered:
    items = [lower(node, low, register) for node in nodes]
    numbers = [item for item in items if isinstance(item, Quantity)]
    if numbers:
        return low.numbers.extreme(op, numbers)
    days = [item for item in items if isinstance(item, Expr)]
    return low.dates.extreme(op, days, extreme(low.forge, op, days))


@lower.register
def _(node: n.AddTime, low: Lowering, register: str) -> Lowered:
    return low.dates.add(low.truth(node.day, register), low.number(node.length, register).expr, node.unit)


@lower.register
def _(node: n.TimeBetween, low: Lowering, register: str) -> Lowered:
    start, end = low.truth(node.start, register), low.truth(node.end, register)
    expr, least, greatest = low.dates.between(node.unit, start, end)
    return Quantity(expr, 0, least, greatest)


@lower.register
def _(node: n.Served, low: Lowering, register: str) -> Lowered:
    start, end, day, first_day = (
        low.truth(part, register) for part in (node.start, node.end, node.day, node.first_day)
    )
    return served(low.dates, start, end, low.number(node.length, register).expr, day, first_day)


@lower.register
def _(node: n.DatePart, low: Lowering, register: str) -> Lowered:
    return Quantity(low.dates.part(node.part, low.truth(node.day, register)), 0, 0, LAST.year)


@lower.register
def _(node: n.DateEdge, low: Lowering, register: str) -> Lowered:
    return low.dates.edge(node.edge, low.truth(node.day, register))
