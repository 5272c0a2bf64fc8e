"""The nodes that look no further than the row."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.lowering import Lowered, Lowering, Part, lower
from luoshi.rulebook.engines.sql.numbers import Quantity, extreme
from luoshi.rulebook.engines.sql.rounding import divided, rounded
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import Number


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
    return compared(low, node.op, lower(node.left, low, register), lower(node.right, low, register))


def compared(low: Lowering, op: str, left: Lowered, right: Lowered) -> Expr:
    """A comparison of two values of one kind; references of different make are compared as text."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return low.numbers.compare(op, left, right)
    assert isinstance(left, Expr) and isinstance(right, Expr)
    return low.forge.strict(op, Kind.TRUTH, *like_kinds(low, left, right))


def like_kinds(low: Lowering, *items: Expr) -> list[Expr]:
    """The items, as text where they differ in kind."""
    if len({item.kind for item in items if not item.is_null}) < 2:
        kind = next((item.kind for item in items if not item.is_null), items[0].kind)
        return [low.forge.null(kind) if item.is_null else item for item in items]
    return [low.forge.as_kind(item, Kind.TEXT) for item in items]


@lower.register
def _(node: n.CompareShare, low: Lowering, register: str) -> Lowered:
    share, rate = lower(node.share, low, register), low.number(node.rate, register)
    assert isinstance(share, Part)
    test = low.numbers.compare(node.op, share.part, low.numbers.multiply(rate, share.whole))
    some = low.numbers.compare("<>", share.whole, low.numbers.whole(0))
    return low.forge.case((some, test), otherwise=low.forge.truth(None))


@lower.register
def _(node: n.Among, low: Lowering, register: str) -> Lowered:
    item = lower(node.item, low, register)
    values = [lower(value, low, register) for value in node.values]
    if isinstance(item, Quantity):
        return low.forge.either(*[compared(low, "=", item, value) for value in values])
    assert isinstance(item, Expr)
    return low.forge.strict("among", Kind.TRUTH, *like_kinds(low, item, *[v for v in values if isinstance(v, Expr)]))


@lower.register
def _(node: n.Add, low: Lowering, register: str) -> Lowered:
    return low.numbers.add(low.number(node.left, register), low.number(node.right, register))


@lower.register
def _(node: n.Subtract, low: Lowering, register: str) -> Lowered:
    return low.numbers.add(low.number(node.left, register), low.number(node.right, register), "-")


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
        exprs, places, digits = low.numbers.alike(*numbers)
        return Quantity(_chosen(low, tests, exprs), places, digits)
    return _chosen(low, tests, like_kinds(low, *[value for value in values if isinstance(value, Expr)]))


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
    return extreme(low.forge, op, [item for item in items if isinstance(item, Expr)])


@lower.register
def _(node: n.AddTime, low: Lowering, register: str) -> Lowered:
    return low.dates.add(low.truth(node.day, register), low.number(node.length, register).expr, node.unit)


@lower.register
def _(node: n.TimeBetween, low: Lowering, register: str) -> Lowered:
    assert isinstance(node.type, Number)
    expr = low.dates.between(node.unit, low.truth(node.start, register), low.truth(node.end, register))
    return Quantity(expr, 0, node.type.digits)


@lower.register
def _(node: n.Served, low: Lowering, register: str) -> Lowered:
    start, end, day, first_day = (
        low.truth(part, register) for part in (node.start, node.end, node.day, node.first_day)
    )
    return low.dates.served(start, end, low.number(node.length, register).expr, day, first_day)


@lower.register
def _(node: n.DatePart, low: Lowering, register: str) -> Lowered:
    assert isinstance(node.type, Number)
    return Quantity(low.dates.part(node.part, low.truth(node.day, register)), 0, node.type.digits)


@lower.register
def _(node: n.DateEdge, low: Lowering, register: str) -> Lowered:
    return low.dates.edge(node.edge, low.truth(node.day, register))
