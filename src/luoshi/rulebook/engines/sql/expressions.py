"""Expressions over the columns of one register: few, plain and total operations that every dialect has.

Meaning is settled here and above: dialects only spell. Equal expressions are one object, so identity is equality and a
part that is mentioned twice is seen to be. Numbers are scaled integers; `None` is unknown; a `case` whose test is
unknown goes on to the next arm, as in SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from luoshi.rulebook.values.calendar import NEVER


class Kind(Enum):
    """What a column holds. WHOLE has 64 bits, WIDE 128; BITS are masks and small codes."""

    TRUTH = "truth"
    WHOLE = "whole"
    WIDE = "wide"
    DAY = "day"
    TEXT = "text"
    BITS8 = "bits8"
    BITS16 = "bits16"
    BITS32 = "bits32"
    BITS64 = "bits64"


@dataclass(frozen=True, eq=False, slots=True)
class Expr:
    """An operation on columns of a row.

    `known` says that it is never unknown. `stage` counts the group-bys that must have run before, `joins` the nested
    joins, `height` the operations below.
    """

    op: str
    kind: Kind
    args: tuple[Expr, ...]
    data: Any
    known: bool
    stage: int
    joins: int
    height: int

    @property
    def is_literal(self) -> bool:
        """Whether this is a written value."""
        return self.op == "literal"

    @property
    def is_null(self) -> bool:
        """Whether this is always unknown."""
        return self.op == "literal" and self.data is None

    def says(self, value: bool) -> bool:
        """Whether this is the written truth `value`."""
        return self.op == "literal" and self.data is value


@dataclass(frozen=True)
class Group:
    """The rows of `child` gathered by where the path `via` leads; with `within_areas` also by every wider area.

    `spread`: gathered by this value as well first, so that different values can be counted.
    """

    child: str
    via: tuple[str, ...]
    stage: int
    within_areas: bool = False
    spread: Expr | None = None


MOST_INLINE_HEIGHT = 60
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Forge:
    """Makes expressions, each different one once, and drops what has no effect."""

    def __init__(self) -> None:
        self._made: dict[Any, Expr] = {}

    def make(
        self,
        op: str,
        kind: Kind,
        args: tuple[Expr, ...] = (),
        data: Any = None,
        *,
        known: bool | None = None,
        stage: int = 0,
    ) -> Expr:
        """The expression of these parts; unless said, it is known when all of its parts are."""
        if known is None:
            known = all(arg.known for arg in args)
        key = (op, kind, args, type(data), data, known)
        expr = self._made.get(key)
        if expr is None:
            stage = max([stage, *(arg.stage for arg in args)])
            joins = max([int(op == "total"), *(arg.joins for arg in args)])
            height = 1 + max([0, *(arg.height for arg in args)])
            expr = self._made[key] = Expr(op, kind, args, data, known, stage, joins, height)
        return expr

    def literal(self, kind: Kind, value: bool | int | date | str | None) -> Expr:
        """A written value."""
        return self.make("literal", kind, (), value, known=value is not None)

    def truth(self, value: bool | None) -> Expr:
        """A written truth."""
        return self.literal(Kind.TRUTH, value)

    def null(self, kind: Kind) -> Expr:
        """Always unknown."""
        return self.literal(kind, None)

    @property
    def never(self) -> Expr:
        """The day that stands for "has not ended"."""
        return self.literal(Kind.DAY, NEVER)

    def field(self, register: str, column: str, kind: Kind, *, known: bool = False) -> Expr:
        """A column of the register's own table."""
        return self.make("field", kind, (), (register, column), known=known)

    def follow(self, ref: Expr, register: str, target: Expr) -> Expr:
        """`target` on the row of `register` whose id is `ref`."""
        if ref.is_null or target.is_null:
            return self.null(target.kind)
        key = ("follow", ref, register, target)
        expr = self._made.get(key)
        if expr is None:
            stage = max(ref.stage, target.stage if is_inline(target) else target.stage + 1)
            expr = Expr("follow", target.kind, (ref,), (register, target), False, stage, 1 + target.joins, 1)
            self._made[key] = expr
        return expr

    def total(self, group: Group, kind: Kind, function: str, of: Expr) -> Expr:
        """A figure of the rows gathered for this row: count, sum, min, max, some or distinct. Unknown if there are none."""
        return self.make("total", kind, (), (group, function, of), known=False, stage=group.stage + 1)

    def strict(self, op: str, kind: Kind, *args: Expr, data: Any = None, known: bool | None = None) -> Expr:
        """An operation that is unknown as soon as one part is; done where the parts are when all come from elsewhere."""
        if any(arg.is_null for arg in args):
            return self.null(kind)
        if op in COMPARE and all(arg.is_literal for arg in args):
            return self.truth(COMPARE[op](args[0].data, args[1].data))
        moved = self._moved(args, lambda parts: self.strict(op, kind, *parts, data=data, known=known))
        return moved or self.make(op, kind, args, data, known=known)

    def _moved(self, args: tuple[Expr, ...], build: Callable[[list[Expr]], Expr]) -> Expr | None:
        """The operation done on the row that all parts are followed to, then followed once; None if they are not."""
        followed = [arg for arg in args if not arg.is_literal]
        if not followed or any(arg.op != "follow" for arg in followed):
            return None
        places = {(arg.args[0], arg.data[0]) for arg in followed}
        if len(places) != 1:
            return None
        ref, register = places.pop()
        return self.follow(ref, register, build([arg if arg.is_literal else arg.data[1] for arg in args]))

    def every(self, *items: Expr) -> Expr:
        """Kleene's and."""
        return self._junction("and", False, items)

    def either(self, *items: Expr) -> Expr:
        """Kleene's or."""
        return self._junction("or", True, items)

    def _junction(self, op: str, decides: bool, items: tuple[Expr, ...]) -> Expr:
        if any(item.says(decides) for item in items):
            return self.truth(decides)
        parts = tuple(dict.fromkeys(_flat(op, (item for item in items if not item.says(not decides)))))
        if len(parts) < 2:
            return parts[0] if parts else self.truth(not decides)
        moved = (
            None
            if any(p.is_literal for p in parts)
            else self._moved(parts, lambda inner: self._junction(op, decides, (*inner,)))
        )
        return moved or self.make(op, Kind.TRUTH, parts)

    def negated(self, item: Expr) -> Expr:
        """Kleene's not."""
        if item.is_literal:
            return self.truth(None if item.data is None else not item.data)
        if item.op == "not":
            return item.args[0]
        return self._moved((item,), lambda inner: self.negated(inner[0])) or self.make("not", Kind.TRUTH, (item,))

    def missing(self, item: Expr) -> Expr:
        """Whether a value is unknown; never unknown itself."""
        return (
            self.truth(item.is_null)
            if item.known or item.is_literal
            else self.make("missing", Kind.TRUTH, (item,), known=True)
        )

    def surely(self, item: Expr, value: bool) -> Expr:
        """Whether a truth is known to be `value`; never unknown itself."""
        if item.known or item.is_literal:
            return self.truth(False) if item.is_null else (item if value else self.negated(item))
        return self.make("surely", Kind.TRUTH, (item,), value, known=True)

    def case(self, *arms: tuple[Expr, Expr], otherwise: Expr) -> Expr:
        """The value of the first arm whose test is true."""
        kept: list[Expr] = []
        for test, value in arms:
            if test.says(True):
                otherwise = value
                break
            if not (test.is_literal or test.is_null):
                kept += [test, value]
        while kept and kept[-1] is otherwise:
            del kept[-2:]
        if not kept:
            return otherwise
        known = otherwise.known and all(value.known for value in kept[1::2])
        return self.make("case", otherwise.kind, (*kept, otherwise), known=known)

    def first_known(self, *items: Expr) -> Expr:
        """The first item that is known."""
        kept: list[Expr] = []
        for item in items:
            if not item.is_null:
                kept.append(item)
            if item.known:
                break
        if not kept:
            return items[-1]
        return kept[0] if len(kept) == 1 else self.make("coalesce", kept[0].kind, tuple(kept), known=kept[-1].known)

    def as_kind(self, item: Expr, kind: Kind) -> Expr:
        """The same value in a column of another kind."""
        if item.kind is kind:
            return item
        if item.is_literal:
            return self.literal(kind, str(item.data) if kind is Kind.TEXT and item.data is not None else item.data)
        return self.strict("cast", kind, item)


def is_inline(target: Expr) -> bool:
    """Whether a value of another register is computed where it is joined rather than stored before."""
    return target.stage == 0 and target.joins <= 1 and target.height <= MOST_INLINE_HEIGHT


def _flat(op: str, items: Iterator[Expr]) -> Iterator[Expr]:
    for item in items:
        if item.op == op:
            yield from item.args
        else:
            yield item
