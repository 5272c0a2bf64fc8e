"""Makes expressions. Equal ones are one object, so that a part which is mentioned twice is seen to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Group, Kind, is_inline
from luoshi.rulebook.model.nodes import COMPARE
from luoshi.rulebook.values.calendar import NEVER


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
        """A figure of the rows gathered for this row (count, sum, min, …), unknown if there are none."""
        return self.make("total", kind, (), (group, function, of), known=False, stage=group.stage + 1)

    def strict(self, op: str, kind: Kind, *args: Expr, data: Any = None, known: bool | None = None) -> Expr:
        """An operation that is unknown as soon as one part is. What needs only another row is done on that row."""
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
        parts = tuple(dict.fromkeys(item for item in items if not item.says(not decides)))
        if len(parts) < 2:
            return parts[0] if parts else self.truth(not decides)
        if any(part.is_literal for part in parts):
            return self.make(op, Kind.TRUTH, parts)
        moved = self._moved(parts, lambda inner: self._junction(op, decides, tuple(inner)))
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
        if item.known or item.is_literal:
            return self.truth(item.is_null)
        return self.make("missing", Kind.TRUTH, (item,), known=True)

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
