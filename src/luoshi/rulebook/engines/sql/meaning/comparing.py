"""Comparisons: of numbers of any scale, of lengths of time by the day on which they are reached, of anything else."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.dates import Dates
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.numbers import MIRRORED, MOST_WIDE, Arithmetic, Quantity


class Comparing:
    """Compares what is alike in kind."""

    def __init__(self, numbers: Arithmetic, dates: Dates) -> None:
        self.numbers, self.dates, self.forge = numbers, dates, numbers.forge

    def numbers_compared(self, op: str, left: Quantity, right: Quantity) -> Expr:
        """A comparison of numbers, exact also where scaling one side would not fit in any column."""
        if left.places < right.places or (left.expr.is_literal and left.places == right.places):
            op, left, right = MIRRORED[op], right, left
        if right.expr.is_literal and right.expr.data is not None and left.places == right.places == 0:
            reached = self.dates.lengths.reached(left.expr, op, right.expr.data)
            if reached is not None:
                return reached
        shift = left.places - right.places
        if right.most * 10**shift <= MOST_WIDE:
            a, b = self.numbers.alike(left, right)
            return self.forge.strict(op, Kind.TRUTH, a.expr, b.expr)
        return self._by_parts(op, left, right, 10**shift)

    def _by_parts(self, op: str, left: Quantity, right: Quantity, power: int) -> Expr:
        """left op right × power: the whole parts decide, and the rest where they are equal."""
        make = self.forge
        b, zero = make.as_kind(right.expr, Kind.WIDE), make.literal(Kind.WIDE, 0)
        whole, rest = self.numbers.parts(left.expr, power)
        apart = op.rstrip("=") if op in {"<=", ">="} else op
        return make.case(
            (make.strict("=", Kind.TRUTH, whole, b), make.strict(op, Kind.TRUTH, rest, zero)),
            otherwise=make.strict(apart, Kind.TRUTH, whole, b),
        )

    def compared(self, op: str, left: Expr, right: Expr) -> Expr:
        """A comparison of truths, days, codes, texts or references."""
        return self.forge.strict(op, Kind.TRUTH, *self.like_kinds(left, right))

    def like_kinds(self, *items: Expr) -> list[Expr]:
        """The items, as text where they differ in kind: registers may number their rows differently."""
        kinds = list(dict.fromkeys(item.kind for item in items if not item.is_null))
        kind = Kind.TEXT if len(kinds) > 1 else (kinds or [items[0].kind])[0]
        return [self.forge.null(kind) if item.is_null else self.forge.as_kind(item, kind) for item in items]
