"""The nodes of the typed tree: the whole expression language, and nothing else.

Every engine is a set of small functions, one per node class. Nodes are made by `build`, which holds the typing rules;
each carries its type. Names inside `Follow.target` and inside aggregates are those of the other register's row.
"""

from __future__ import annotations

import operator
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from luoshi.rulebook.model.types import Type

Exact = int | Decimal
Value = bool | int | Decimal | date | str
COMPARE: dict[str, Callable[[typing.Any, typing.Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What the operators of `Compare` and `CompareShare` say of two known values."""


def exact(value: Value | None) -> Exact:
    """A value that the typing rules have made sure is a number."""
    assert isinstance(value, int | Decimal)
    return value


@dataclass(frozen=True)
class Node:
    """An expression with a type."""

    type: Type

    def children(self) -> Iterator[Node]:
        """The nodes directly below, in reading order."""
        for name in _names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from _nodes_in(value)


_NAMES: dict[type[Node], tuple[str, ...]] = {}


def _names(kind: type[Node]) -> tuple[str, ...]:
    """The names of the fields of a kind of node; asked for at every step of every walk, so they are kept."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(item.name for item in fields(kind))
    return _NAMES[kind]


def _nodes_in(values: tuple[object, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes_in(value)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    yield node
    for child in node.children():
        yield from walk(child)


@dataclass(frozen=True)
class Literal(Node):
    """A value written in the expression. Numbers are int when `places` is 0, else Decimal."""

    value: Value


@dataclass(frozen=True)
class Field(Node):
    """A field of the row in scope."""

    register: str
    name: str


@dataclass(frozen=True)
class Fact(Node):
    """A derived value, or a human judgement, of the row in scope."""

    register: str
    name: str


@dataclass(frozen=True)
class Follow(Node):
    """`target` evaluated on the row that `ref` points at; unknown when there is no such row."""

    ref: Field
    target: Node


@dataclass(frozen=True)
class Parameter(Node):
    """A dated parameter, resolved for the area of the row in scope."""

    name: str


@dataclass(frozen=True)
class Switch(Node):
    """The chosen reading of an assumption."""

    name: str


@dataclass(frozen=True)
class OnDate(Node):
    """The as-of date."""


@dataclass(frozen=True)
class All(Node):
    """Kleene's and."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Any(Node):
    """Kleene's or."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Node):
    """Kleene's not."""

    item: Node


@dataclass(frozen=True)
class IsKnown(Node):
    """Whether a value is there; never unknown itself."""

    item: Node


@dataclass(frozen=True)
class Compare(Node):
    """`op` is one of = <> < <= > >=. Both sides have the same kind and unit; places may differ."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True)
class CompareShare(Node):
    """part `op` rate × whole, cross-multiplied. Unknown when the whole is empty or anything is unknown."""

    op: str
    share: Node
    rate: Node


@dataclass(frozen=True)
class Among(Node):
    """Whether the item equals one of the literals."""

    item: Node
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class Add(Node):
    """Exact sum."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Subtract(Node):
    """Exact difference."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Multiply(Node):
    """Exact product; its decimal places are the sum of both sides' places."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Negate(Node):
    """The negative."""

    item: Node


@dataclass(frozen=True)
class Divide(Node):
    """Quotient rounded by `mode` (half_up, down, up; away from or toward zero) to `type.places`.

    Unknown when the divisor is zero.
    """

    left: Node
    right: Node
    mode: str


@dataclass(frozen=True)
class Round(Node):
    """The item rounded by `mode` to `type.places`."""

    item: Node
    mode: str


@dataclass(frozen=True)
class Choose(Node):
    """The value of the first arm whose test is true; unknown as soon as a test before it is unknown."""

    arms: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True)
class Least(Node):
    """The smallest item; unknown if any is unknown."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Greatest(Node):
    """The largest item; unknown if any is unknown."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class AddTime(Node):
    """A day moved by a length of time. `unit` is day or month (years are twelve months)."""

    day: Node
    length: Node
    unit: str


@dataclass(frozen=True)
class TimeBetween(Node):
    """Whole days, months or years (`unit`) from `start` to `end`."""

    unit: str
    start: Node
    end: Node


@dataclass(frozen=True)
class Served(Node):
    """In service on `day` with the full `length` (months) completed; `first_day` says whether the first day counts."""

    start: Node
    end: Node
    length: Node
    day: Node
    first_day: Node


@dataclass(frozen=True)
class DatePart(Node):
    """`part` is year or month: a plain whole number."""

    part: str
    day: Node


@dataclass(frozen=True)
class DateEdge(Node):
    """`edge` is first_of_month, last_of_month, first_of_year or last_of_year."""

    edge: str
    day: Node


@dataclass(frozen=True)
class Lookup(Node):
    """The one row of a table that fits the keys; unknown where none fits or a key is unknown."""

    table: str
    keys: tuple[Node, ...]


@dataclass(frozen=True)
class Aggregate(Node):
    """Over the rows of `register` whose path `via` leads to the row in scope.

    `op`: count, sum, any, all, min, max, share. `where` picks rows (for any and all it is the test, for
    share the part).
    `among` is the whole of a share. `value` is summed or compared; `distinct` counts different known values.
    `default` is the min or max of nobody. A path that ends in `area` takes in every row within the area.
    """

    op: str
    register: str
    via: tuple[str, ...]
    where: Node | None = None
    value: Node | None = None
    distinct: Node | None = None
    among: Node | None = None
    default: Node | None = None


@dataclass(frozen=True)
class Eligible(Node):
    """Whether another measure's conditions hold for the same row: true, false or unknown."""

    measure: str
