"""Which parts of a set of expressions become columns of their own, on which level, and which stay inline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind

LEAVES = frozenset({"field", "follow", "total"})
MOST_NESTED = 24


class Columns:
    """The parts of the roots, each after its own parts; what is mentioned twice or nests deeply becomes a column.

    Expressions in `given` are columns already. A wide quotient mentions its parts twice: not every dialect has one, and
    then it takes several operations.
    """

    def __init__(self, roots: Iterable[Expr], hints: Mapping[Expr, str], given: Mapping[Expr, str]) -> None:
        self._mentions: Counter[Expr] = Counter()
        self._given = given
        self._reach(list(roots)[::-1])
        self.parts = sorted(self._mentions, key=lambda expr: expr.height)
        self.leaves = [expr for expr in self.parts if self._is_leaf(expr)]
        self._level: dict[Expr, int] = {}
        self._nested: dict[Expr, int] = {}
        self.bound: dict[Expr, str] = {}
        for expr in self.parts:
            self._place(expr, hints)

    def _reach(self, waiting: list[Expr]) -> None:
        while waiting:
            expr = waiting.pop()
            self._mentions[expr] += 1
            if self._mentions[expr] == 1 and not self._is_leaf(expr):
                times = 2 if expr.op == "quotient" and expr.kind is Kind.WIDE else 1
                waiting.extend(reversed(expr.args * times))

    def _is_leaf(self, expr: Expr) -> bool:
        return expr.op in LEAVES or expr in self._given

    def _place(self, expr: Expr, hints: Mapping[Expr, str]) -> None:
        if self._is_leaf(expr) or expr.is_literal:
            self._level[expr] = self._nested[expr] = 0
            return
        level = max([0, *(self._level[arg] for arg in expr.args)])
        nested = 1 + max([0, *(0 if arg in self.bound else self._nested[arg] for arg in expr.args)])
        if self._mentions[expr] > 1 or nested > MOST_NESTED:
            self.bound[expr] = f"{hints.get(expr, '')}#{len(self.bound) + 1}"
            level += 1
        self._level[expr], self._nested[expr] = level, nested

    @property
    def levels(self) -> list[list[tuple[str, Expr]]]:
        """The columns of each level, from the lowest."""
        found: list[list[tuple[str, Expr]]] = [[] for _ in range(max([0, *(self._level[e] for e in self.bound)]))]
        for expr, name in self.bound.items():
            found[self._level[expr] - 1].append((name, expr))
        return found


def mentioned(exprs: Iterable[Expr], names: Mapping[Expr, str], *, roots_too: bool = False) -> set[str]:
    """The named columns that expressions are made of; an expression itself counts only with `roots_too`."""
    found: set[str] = set()
    seen: set[Expr] = set()
    waiting = [(expr, not roots_too) for expr in exprs]
    while waiting:
        expr, inside = waiting.pop()
        if expr in names and not inside:
            found.add(names[expr])
        elif inside or expr not in seen:
            seen.add(expr)
            waiting.extend((arg, False) for arg in expr.args)
    return found


def local_parts(roots: Iterable[Expr]) -> list[Expr]:
    """The largest parts that need nothing but the row's own columns, when other parts need more; else none."""
    found: dict[Expr, None] = {}
    seen: set[Expr] = set()
    waiting = list(roots)
    joined = False
    while waiting:
        expr = waiting.pop()
        if expr in seen or expr.is_literal:
            continue
        seen.add(expr)
        if expr.joins == 0:
            found[expr] = None
        else:
            joined = joined or expr.op in LEAVES
            waiting.extend(expr.args)
    return list(found) if joined else []
