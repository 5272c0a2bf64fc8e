"""Aggregates: which figures are taken of the rows gathered for a subject, and what they say once they are there.

A figure is one of: count (rows where a truth holds), some (whether it holds for one), sum, min, max and distinct (of a
value that is unknown for rows not picked). All but the last can be joined from figures of parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Group, Kind
from luoshi.rulebook.engines.sql.meaning.lowering import Lowered, Lowering, Part
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity, kind_of
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import MOST_DIGITS, Ref

MOST = 10**MOST_DIGITS - 1


@dataclass(frozen=True, eq=False)
class Gathered:
    """What is asked of the rows gathered for a subject: the picked, their whole, their value, the value of nobody."""

    subject: str
    where: Expr
    among: Expr
    value: Lowered | None
    default: Lowered | None


class _Asking:
    """One aggregate over one group of rows."""

    def __init__(self, low: Lowering, node: n.Aggregate, asked: Gathered) -> None:
        self.low, self.make, self.node, self.asked = low, low.forge, node, asked
        self.rows = low.kept[node.register].most_rows
        self.reachable = _is_reachable(low, node.register, node.via)

    def figure(self, kind: Kind, function: str, of: Expr) -> Expr:
        """A figure of the rows gathered; unknown where there are none."""
        if not self.reachable or of.is_null or of.says(False):
            return self.make.null(kind)
        spread = of if function == "distinct" else None
        stage = of.stage if spread else self.low.scans.stage(self.node.register, self.node.via[0], of.stage)
        group = Group(self.node.register, self.node.via, stage, self.asked.subject == "area", spread)
        return self.make.total(group, kind, function, of)

    def flag(self, of: Expr) -> Expr:
        """Whether a truth holds for some row; known."""
        return self.make.first_known(self.figure(Kind.TRUTH, "some", of), self.make.truth(False))

    def settled(self, undecided: Expr, value: Expr) -> Expr:
        """The value, unknown when some row is undecided."""
        return self.make.case((self.flag(undecided), self.make.null(value.kind)), otherwise=value)

    def count(self, of: Expr, undecided: Expr) -> Quantity:
        """How many rows a truth holds for."""
        number = self.make.first_known(self.figure(Kind.WHOLE, "count", of), self.make.literal(Kind.WHOLE, 0))
        return Quantity(self.settled(undecided, number), 0, 0, self.rows)

    def picked(self, value: Expr) -> tuple[Expr, Expr]:
        """The value where the row is picked, and whether the row is undecided."""
        make, where = self.make, self.asked.where
        undecided = make.either(make.missing(where), make.every(where, make.missing(value)))
        return make.case((where, value), otherwise=make.null(value.kind)), undecided


def total(low: Lowering, node: n.Aggregate, asked: Gathered) -> Lowered:
    """What an aggregate is for its subject."""
    return _FIGURES["distinct" if node.distinct is not None else node.op](_Asking(low, node, asked))


def _is_reachable(low: Lowering, register: str, via: tuple[str, ...]) -> bool:
    """Whether some row can lead to a subject: the columns of the path are kept."""
    for name in via:
        held, kind = low.kept.get(register), low.pack.registers[register].fields[name].type
        assert isinstance(kind, Ref)
        if held is None or name not in held.columns:
            return False
        register = kind.register
    return True


def _count(asking: _Asking) -> Lowered:
    where = asking.asked.where
    return asking.count(where, asking.make.missing(where))


def _distinct(asking: _Asking) -> Lowered:
    value = asking.asked.value
    picked, undecided = asking.picked(value.expr if isinstance(value, Quantity) else _plain(value))
    number = asking.make.first_known(asking.figure(Kind.WHOLE, "distinct", picked), asking.make.literal(Kind.WHOLE, 0))
    return Quantity(asking.settled(undecided, number), 0, 0, asking.rows)


def _sum(asking: _Asking) -> Lowered:
    value = _number(asking.asked.value)
    picked, undecided = asking.picked(value.expr)
    low, high = (max(-MOST, min(bound * asking.rows, MOST)) for bound in (min(value.low, 0), max(value.high, 0)))
    kind = kind_of(low, high)
    number = asking.make.first_known(asking.figure(kind, "sum", picked), asking.make.literal(kind, 0))
    return Quantity(asking.settled(undecided, number), value.places, low, high)


def _extreme(function: str) -> Callable[[_Asking], Lowered]:
    def extreme(asking: _Asking) -> Lowered:
        value, default = asking.asked.value, asking.asked.default
        if isinstance(value, Quantity):
            both = [value] if default is None else [value, _number(default)]
            same = asking.low.numbers.alike(*both)
            return asking.low.numbers.either(same, _found(asking, function, [item.expr for item in same]))
        return _found(asking, function, [_plain(value)] if default is None else [_plain(value), _plain(default)])

    return extreme


def _found(asking: _Asking, function: str, value_and_default: list[Expr]) -> Expr:
    value, *default = value_and_default
    picked, undecided = asking.picked(value)
    found = asking.figure(value.kind, function, picked)
    return asking.settled(undecided, asking.make.first_known(found, *default))


def _any(asking: _Asking) -> Lowered:
    return _kleene(asking, asking.asked.where, True)


def _all(asking: _Asking) -> Lowered:
    return _kleene(asking, asking.make.negated(asking.asked.where), False)


def _kleene(asking: _Asking, deciding: Expr, decided: bool) -> Expr:
    """`decided` if one row decides, else unknown if one is unknown, else the opposite."""
    make = asking.make
    unknown = asking.flag(make.missing(asking.asked.where))
    return make.case(
        (asking.flag(deciding), make.truth(decided)), (unknown, make.truth(None)), otherwise=make.truth(not decided)
    )


def _share(asking: _Asking) -> Lowered:
    make, where, among = asking.make, asking.asked.where, asking.asked.among
    undecided = make.either(make.missing(among), make.every(among, make.missing(where)))
    return Part(asking.count(make.every(among, where), undecided), asking.count(among, undecided))


def _number(item: Lowered | None) -> Quantity:
    assert isinstance(item, Quantity)
    return item


def _plain(item: Lowered | None) -> Expr:
    assert isinstance(item, Expr)
    return item


_FIGURES: dict[str, Callable[[_Asking], Lowered]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _sum,
    "any": _any,
    "all": _all,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "share": _share,
}
