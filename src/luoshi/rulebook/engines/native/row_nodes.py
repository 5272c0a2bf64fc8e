"""The nodes that look no further than the row."""

from __future__ import annotations

from luoshi.rulebook.engines.native.lowering import Lowering, lower
from luoshi.rulebook.engines.native.meanings import Day, Lowered, Part, Quantity
from luoshi.rulebook.engines.native.rounding import divided, rounded
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import Number


@lower.register
def _(node: n.Literal, low: Lowering, register: str) -> Lowered:
    return low.written(node.type, node.value)


@lower.register
def _(node: n.Field, low: Lowering, register: str) -> Lowered:
    return low.field(register, node.name, node.type)


@lower.register
def _(node: n.Fact, low: Lowering, register: str) -> Lowered:
    return low.facts[node.register, node.name]


@lower.register
def _(node: n.OnDate, low: Lowering, register: str) -> Lowered:
    return low.days.written(low.on)


@lower.register
def _(node: n.All, low: Lowering, register: str) -> Lowered:
    return low.truths.every(*[low.truth(item, register) for item in node.items])


@lower.register
def _(node: n.Any, low: Lowering, register: str) -> Lowered:
    return low.truths.some(*[low.truth(item, register) for item in node.items])


@lower.register
def _(node: n.Not, low: Lowering, register: str) -> Lowered:
    return low.truths.negated(low.truth(node.item, register))


@lower.register
def _(node: n.IsKnown, low: Lowering, register: str) -> Lowered:
    return low.truths.of(low.known(lower(node.item, low, register)), low.forge.truth(True))


@lower.register
def _(node: n.Compare, low: Lowering, register: str) -> Lowered:
    return low.compared(node.op, lower(node.left, low, register), lower(node.right, low, register))


@lower.register
def _(node: n.CompareShare, low: Lowering, register: str) -> Lowered:
    share, rate = lower(node.share, low, register), low.number(node.rate, register)
    assert isinstance(share, Part)
    test = low.numbers.compared(node.op, share.part, low.numbers.multiply(rate, share.whole))
    nobody = low.numbers.compared("=", share.whole, low.numbers.whole(0))
    return low.truths.where(nobody.unmet, test)


@lower.register
def _(node: n.Among, low: Lowering, register: str) -> Lowered:
    item = lower(node.item, low, register)
    return low.truths.some(*[low.compared("=", item, lower(value, low, register)) for value in node.values])


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
    found = lower(node.otherwise, low, register)
    for test, value in reversed(node.arms):
        tested = low.truth(test, register)
        chosen = low.select(tested.met, lower(value, low, register), found)
        found = low.where(low.truths.known(tested), chosen)
    return found


@lower.register
def _(node: n.Least, low: Lowering, register: str) -> Lowered:
    return _extreme(low, "<=", node.items, register)


@lower.register
def _(node: n.Greatest, low: Lowering, register: str) -> Lowered:
    return _extreme(low, ">=", node.items, register)


def _extreme(low: Lowering, op: str, nodes: tuple[n.Node, ...], register: str) -> Lowered:
    items = [lower(node, low, register) for node in nodes]
    numbers = [item for item in items if isinstance(item, Quantity)]
    return low.numbers.extreme(op, numbers) if numbers else low.days.extreme(op, _days(items))


def _days(items: list[Lowered]) -> list[Day]:
    return [item for item in items if isinstance(item, Day)]


@lower.register
def _(node: n.AddTime, low: Lowering, register: str) -> Lowered:
    return low.days.add(low.day(node.day, register), low.number(node.length, register), node.unit)


@lower.register
def _(node: n.TimeBetween, low: Lowering, register: str) -> Lowered:
    return low.days.between(node.unit, low.day(node.start, register), low.day(node.end, register))


@lower.register
def _(node: n.Served, low: Lowering, register: str) -> Lowered:
    start, end, day = (low.day(part, register) for part in (node.start, node.end, node.day))
    length, first_day = low.number(node.length, register), low.truth(node.first_day, register)
    return low.days.served(start, end, length, day, first_day)


@lower.register
def _(node: n.DatePart, low: Lowering, register: str) -> Lowered:
    return low.days.part(node.part, low.day(node.day, register))


@lower.register
def _(node: n.DateEdge, low: Lowering, register: str) -> Lowered:
    return low.days.edge(node.edge, low.day(node.day, register))
