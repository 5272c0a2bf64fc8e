"""The typing rules: the only way nodes are made. Each function returns a typed node or raises `Mismatch`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import (
    BOOL,
    COUNT,
    DATE,
    DAY,
    MONTH,
    MOST_DIGITS,
    SHARE,
    TEXT,
    YEAR,
    Bool,
    Code,
    Date,
    KindWords,
    Number,
    Ref,
    Share,
    Text,
    Type,
    Unit,
)

ORDERED = {"<", "<=", ">", ">="}
MODES = ("half_up", "down", "up")
SUM_DIGITS = 6
"""Digits a sum may have more than its members: room for a million of the largest, or many more ordinary ones."""


class Mismatch(Exception):
    """A typing rule is broken. `code` names the finding; `facts` fill its words."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def literal(value: n.Value, unit: Unit | None = None) -> n.Literal:
    """A literal; numbers are typed by how they are written."""
    if isinstance(value, bool):
        return n.Literal(BOOL, value)
    if isinstance(value, int | Decimal):
        return n.Literal(number_type(value, unit or Unit()), value)
    if isinstance(value, date):
        return n.Literal(DATE, value)
    return n.Literal(TEXT, value)


def number_type(value: int | Decimal, unit: Unit) -> Number:
    """The narrowest number type that holds a value."""
    places = max(0, -int(Decimal(value).as_tuple().exponent))
    digits = len(str(abs(int(Decimal(value).scaleb(places)))))
    return _number(places, unit, digits)


def _number(places: int, unit: Unit, digits: int) -> Number:
    if digits > MOST_DIGITS:
        raise Mismatch("EXPR-020", digits=digits, most=MOST_DIGITS)
    return Number(places, unit, max(digits, places, 1))


def truth(node: n.Node) -> n.Node:
    """The node, if it is a truth."""
    if not isinstance(node.type, Bool):
        raise Mismatch("EXPR-010", seen=str(node.type), expected=str(BOOL))
    return node


def number(node: n.Node) -> Number:
    """The number type of a node."""
    if not isinstance(node.type, Number):
        raise Mismatch("EXPR-010", seen=str(node.type), expected=KindWords("number"))
    return node.type


def day(node: n.Node) -> n.Node:
    """The node, if it is a date."""
    if not isinstance(node.type, Date):
        raise Mismatch("EXPR-010", seen=str(node.type), expected=KindWords("date"))
    return node


def conjunction(items: tuple[n.Node, ...]) -> n.Node:
    """All of the items."""
    return n.All(BOOL, tuple(truth(item) for item in items)) if len(items) != 1 else truth(items[0])


def disjunction(items: tuple[n.Node, ...]) -> n.Node:
    """Any of the items."""
    return n.Any(BOOL, tuple(truth(item) for item in items)) if len(items) != 1 else truth(items[0])


def negation(item: n.Node) -> n.Node:
    """Not the item."""
    return n.Not(BOOL, truth(item))


def is_known(item: n.Node) -> n.Node:
    """Whether the item has a value."""
    if isinstance(item.type, Share):
        raise Mismatch("EXPR-010", seen=str(item.type), expected=KindWords("a value"))
    return n.IsKnown(BOOL, item)


def compare(op: str, left: n.Node, right: n.Node) -> n.Node:
    """A comparison of two values of one kind."""
    if isinstance(left.type, Share):
        rate = number(right)
        if rate.unit:
            raise Mismatch("EXPR-011", left=str(left.type), right=str(rate))
        return n.CompareShare(BOOL, op, left, right)
    if isinstance(right.type, Share):
        return compare({"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op), right, left)
    left, right = _alike(left, right)
    if op in ORDERED and not isinstance(left.type, Number | Date):
        raise Mismatch("EXPR-012", op=op, seen=str(left.type))
    return n.Compare(BOOL, op, left, right)


def _alike(left: n.Node, right: n.Node) -> tuple[n.Node, n.Node]:
    """Both nodes, made to have one kind: literals take the code list or unit of the other side."""
    left, right = _adapt(left, right.type), _adapt(right, left.type)
    if not same_kind(left.type, right.type):
        raise Mismatch("EXPR-011", left=str(left.type), right=str(right.type))
    return left, right


def _adapt(node: n.Node, other: Type) -> n.Node:
    if not isinstance(node, n.Literal):
        return node
    if isinstance(other, Code) and isinstance(node.value, str):
        return _as_code(node, other)
    if isinstance(other, Number) and isinstance(node.type, Number) and not node.type.unit and node.value == 0:
        return replace(node, type=Number(node.type.places, other.unit, node.type.digits))
    return node


def _as_code(node: n.Literal, code: Code) -> n.Literal:
    if node.value not in code.codes:
        raise Mismatch("EXPR-013", seen=node.value, expected=code.codes)
    return replace(node, type=code)


def same_kind(left: Type, right: Type) -> bool:
    """Whether two types can be compared, added or chosen between."""
    if isinstance(left, Number) and isinstance(right, Number):
        return left.unit == right.unit
    if isinstance(left, Code) and isinstance(right, Code):
        return set(left.codes) <= set(right.codes) or set(right.codes) <= set(left.codes)
    return left == right and not isinstance(left, Share)


def among(item: n.Node, values: tuple[n.Literal, ...]) -> n.Node:
    """Whether the item is one of the values."""
    adapted = []
    for value in values:
        fitted = _adapt(value, item.type)
        if not same_kind(item.type, fitted.type) or not isinstance(fitted, n.Literal):
            raise Mismatch("EXPR-011", left=str(item.type), right=str(value.type))
        adapted.append(fitted)
    return n.Among(BOOL, item, tuple(adapted))


def add(left: n.Node, right: n.Node) -> n.Node:
    """left + right."""
    return n.Add(_sum_type(left, right), *_alike(left, right))


def subtract(left: n.Node, right: n.Node) -> n.Node:
    """left - right."""
    return n.Subtract(_sum_type(left, right), *_alike(left, right))


def _sum_type(left: n.Node, right: n.Node) -> Number:
    number(left), number(right)
    left, right = _alike(left, right)
    widest = _common([left, right])
    return _number(widest.places, widest.unit, widest.digits + 1)


def _common(items: list[n.Node]) -> Number:
    """The number type that holds every item."""
    types = [number(item) for item in items]
    places = max(t.places for t in types)
    return _number(places, types[0].unit, max(t.digits + places - t.places for t in types))


def multiply(left: n.Node, right: n.Node) -> n.Node:
    """left * right; units multiply."""
    a, b = number(left), number(right)
    return n.Multiply(_number(a.places + b.places, a.unit * b.unit, a.digits + b.digits), left, right)


def negate(item: n.Node) -> n.Node:
    """-item; the negative of a literal is a literal."""
    kind = number(item)
    if isinstance(item, n.Literal) and isinstance(item.value, int | Decimal):
        return n.Literal(kind, -item.value)
    return n.Negate(kind, item)


def divide(left: n.Node, right: n.Node, places: int, mode: str) -> n.Node:
    """left / right, rounded."""
    a, b = number(left), number(right)
    _known_mode(mode)
    return n.Divide(_number(places, a.unit / b.unit, a.digits - a.places + b.places + places + 1), left, right, mode)


def round_to(item: n.Node, places: int, mode: str) -> n.Node:
    """The item rounded to `places`; finer rounding than the item has is the item itself."""
    kind = number(item)
    _known_mode(mode)
    if places >= kind.places:
        return item
    return n.Round(_number(places, kind.unit, kind.digits - kind.places + places + 1), item, mode)


def _known_mode(mode: str) -> None:
    if mode not in MODES:
        raise Mismatch("EXPR-014", seen=mode, expected=MODES)


def choose(arms: tuple[tuple[n.Node, n.Node], ...], otherwise: n.Node) -> n.Node:
    """The first arm whose test holds."""
    values = _one_kind([value for _, value in arms] + [otherwise])
    tests = [truth(test) for test, _ in arms]
    return n.Choose(_joint_type(values), tuple(zip(tests, values[:-1], strict=True)), values[-1])


def least(items: tuple[n.Node, ...]) -> n.Node:
    """The smallest of numbers or dates."""
    values = _one_kind(list(items))
    return n.Least(_ordered_type(values), tuple(values))


def greatest(items: tuple[n.Node, ...]) -> n.Node:
    """The largest of numbers or dates."""
    values = _one_kind(list(items))
    return n.Greatest(_ordered_type(values), tuple(values))


def _one_kind(items: list[n.Node]) -> list[n.Node]:
    typed = next((item for item in items if not isinstance(item, n.Literal)), items[0])
    return [_alike(item, typed)[0] for item in items]


def _joint_type(items: list[n.Node]) -> Type:
    if isinstance(items[0].type, Number):
        return _common(items)
    if isinstance(items[0].type, Code):
        return max((item.type for item in items if isinstance(item.type, Code)), key=lambda t: len(t.codes))
    return items[0].type


def _ordered_type(items: list[n.Node]) -> Type:
    if not isinstance(items[0].type, Number | Date):
        raise Mismatch("EXPR-010", seen=str(items[0].type), expected=KindWords("number or date"))
    return _joint_type(items)


def length(item: n.Node, unit: Unit) -> n.Node:
    """A whole number as a length of time in `unit`."""
    kind = number(item)
    if kind.places or kind.unit:
        raise Mismatch("EXPR-010", seen=str(kind), expected=KindWords("whole number"))
    return replace(item, type=Number(0, unit, kind.digits))


def add_time(start: n.Node, span: n.Node, unit: Unit) -> n.Node:
    """A day moved by a span measured in `unit`; years are twelve months each."""
    kind = number(span)
    if kind.places or kind.unit != unit:
        raise Mismatch("EXPR-011", left=str(kind), right=str(Number(0, unit)))
    if unit == YEAR:
        twelve = literal(12)
        span = n.Multiply(Number(0, MONTH, kind.digits + 2), replace(span), twelve)
    return n.AddTime(DATE, day(start), span, "day" if unit == DAY else "month")


def time_between(unit: Unit, start: n.Node, end: n.Node) -> n.Node:
    """Whole units of time from start to end."""
    return n.TimeBetween(Number(0, unit, 7), str(unit), day(start), day(end))


def served(start: n.Node, end: n.Node, span: n.Node, on: n.Node, first_day: n.Node) -> n.Node:
    """In service on a day with the span completed."""
    kind = number(span)
    if kind.places or kind.unit != MONTH:
        raise Mismatch("EXPR-011", left=str(kind), right=str(Number(0, MONTH)))
    return n.Served(BOOL, day(start), day(end), span, day(on), truth(first_day))


def date_part(part: str, of: n.Node) -> n.Node:
    """The year or month of a day, a plain number."""
    return n.DatePart(Number(0, Unit(), 4), part, day(of))


def date_edge(edge: str, of: n.Node) -> n.Node:
    """The first or last day of the month or year."""
    return n.DateEdge(DATE, edge, day(of))


def follow(ref: n.Field, target: n.Node) -> n.Node:
    """The target on the row that a reference points at."""
    if not isinstance(ref.type, Ref):
        raise Mismatch("EXPR-015", name=ref.name, seen=str(ref.type))
    if isinstance(target.type, Share):
        raise Mismatch("EXPR-010", seen=str(target.type), expected=KindWords("a value"))
    return n.Follow(target.type, ref, target)


def aggregate(  # noqa: PLR0913  the parts of an aggregate are what the block is written with
    op: str,
    register: str,
    via: tuple[str, ...],
    *,
    where: n.Node | None = None,
    value: n.Node | None = None,
    distinct: n.Node | None = None,
    among: n.Node | None = None,
    default: n.Node | None = None,
) -> n.Node:
    """An aggregate over the rows of a register; types by `op`."""
    for test in (where, among):
        if test is not None:
            truth(test)
    if distinct is not None and not isinstance(distinct.type, Ref | Text | Code | Date | Number):
        raise Mismatch("EXPR-010", seen=str(distinct.type), expected=KindWords("reference, text, code or number"))
    if default is not None and value is not None:
        default, value = _adapt(default, value.type), value
        _alike(default, value)
    return n.Aggregate(_RESULT[op](where, value), op, register, via, where, value, distinct, among, default)


def _needed_value(value: n.Node | None) -> n.Node:
    if value is None:
        raise Mismatch("EXPR-016")
    return value


def _needed_test(where: n.Node | None, _: n.Node | None) -> Type:
    if where is None:
        raise Mismatch("EXPR-017")
    return BOOL


def _sum_result(_: n.Node | None, value: n.Node | None) -> Type:
    kind = number(_needed_value(value))
    return _number(kind.places, kind.unit, min(kind.digits + SUM_DIGITS, MOST_DIGITS))


def _extreme_result(_: n.Node | None, value: n.Node | None) -> Type:
    return _ordered_type([_needed_value(value)])


def _share_result(where: n.Node | None, value: n.Node | None) -> Type:
    _needed_test(where, value)
    return SHARE


_RESULT: dict[str, Callable[[n.Node | None, n.Node | None], Type]] = {
    "count": lambda where, value: COUNT,
    "sum": _sum_result,
    "any": _needed_test,
    "all": _needed_test,
    "min": _extreme_result,
    "max": _extreme_result,
    "share": _share_result,
}
