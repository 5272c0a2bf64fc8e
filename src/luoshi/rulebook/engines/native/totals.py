"""Aggregates: which figures are taken of the rows gathered for a subject, and what they say once they are there.

A figure is one of: count (rows where a bit is set), some (whether it is set for one), sum, min and max (of the values
of the rows where it is set). Different values are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from luoshi.rulebook.engines.native.cells import NOWHERE, blank_of, cell_of, shape_of, where_there
from luoshi.rulebook.engines.native.forging import BYTE, NARROW, Column, Expr
from luoshi.rulebook.engines.native.lowering import Distinct, Figure, Lowering, lower
from luoshi.rulebook.engines.native.meanings import Day, Lowered, Part, Quantity, Truth, width_of
from luoshi.rulebook.engines.native.numbers import outward
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.model import nodes as n


class _Gathering:
    """The rows of one register that are gathered for the rows of another, along a path."""

    def __init__(self, low: Lowering, node: n.Aggregate, subject: str) -> None:
        self.low, self.make, self.node, self.subject = low, low.forge, node, subject
        self.owner = self._owner()
        always = low.truths.written(True)
        self.where, self.among = (
            always if part is None else low.truth(part, node.register) for part in (node.where, node.among)
        )

    def _owner(self) -> Expr:
        """The row that a row is gathered for, below zero where there is none. Areas are known by any of their codes."""
        low, register, path = self.low, self.node.register, self.node.via
        if self.subject == DIVISIONS:
            found = low.end_of(register, path)
            return self.make.select(found.known, found.value, self.make.const(NARROW, NOWHERE))
        row = low.row_of(register, path[0])
        for before, name in pairwise(path):
            register = low.target(register, before)
            row = self._further(row, register, name)
        return row

    def _further(self, row: Expr, register: str, name: str) -> Expr:
        """The row that the row of that number points at."""
        make, nowhere = self.make, self.make.const(NARROW, NOWHERE)
        cell = self.low.row_of(register, name)
        if cell.column is None or row.is_const:
            return nowhere
        there = make.compare("sge", row, make.const(NARROW, 0))
        place = make.select(there, row, make.const(NARROW, 0))
        return make.select(there, make.gather(cell.column, place), nowhere)

    def column(self, function: str, picked: Expr, width: int, value: Expr | None = None) -> Column | None:
        """The column of a figure; None when no row can be picked."""
        if picked.says(0) or self.owner.is_const:
            return None
        figures, parts = self.low.asked.figures, [self.owner, picked, *([] if value is None else [value])]
        key = (self.subject, self.node.register, function, *parts)
        if key not in figures:
            stage = max(part.stage for part in parts)
            record = f"{self.subject} of {self.node.register} {self.owner.number} {stage}"
            column = Column(self.subject, f"{function} {len(figures)}", width, stage + 1, record)
            figures[key] = Figure(function, picked, value, column, self.node.register, self.owner)
        return figures[key].column

    def flag(self, picked: Expr, beside: Expr | None = None) -> Expr:
        """Whether some row is picked, found out together with the figure of a value."""
        column = self.column("some", picked, BYTE, beside)
        if column is None:
            return self.make.truth(False)
        return self.make.compare("ne", self.make.load(column), self.make.const(BYTE, 0))

    def count(self, picked: Expr, undecided: Expr) -> Quantity:
        """How many rows are picked."""
        column = self.column("count", picked, NARROW)
        number = self.make.const(NARROW, 0) if column is None else self.make.load(column)
        return Quantity(number, self.make.negated(self.flag(undecided)), 0, 0, self.rows)

    @property
    def rows(self) -> int:
        """How many rows are gathered for one at most, at a glance."""
        low, register, most = self.low, self.node.register, 1
        every = low.kept[register].most_rows
        for name in self.node.via:
            led = low.kept[register].most_led if register in low.kept else {}
            most, register = most * led.get(name, every), low.target(register, name)
        return outward(0, every if self.subject == DIVISIONS else min(most, every))[1]

    @property
    def undecided(self) -> Expr:
        """Whether a row may be picked."""
        return self.low.truths.missing(self.where)

    def without(self, value: Lowered) -> tuple[Expr, Expr]:
        """Whether a row is picked and its value known, and whether its value is asked for but unknown."""
        known, make = self.low.known(value), self.make
        lacking = make.both(self.where.met, make.negated(known))
        return make.both(self.where.met, known), make.either(self.undecided, lacking)


def total(low: Lowering, node: n.Aggregate, subject: str) -> Lowered:
    """What an aggregate is for its subject; unknown when nobody keeps the register."""
    if node.register not in low.kept:
        return low.unknown(node.type)
    return _FIGURES["distinct" if node.distinct is not None else node.op](_Gathering(low, node, subject))


def _count(rows: _Gathering) -> Lowered:
    return rows.count(rows.where.met, rows.undecided)


def _distinct(rows: _Gathering) -> Lowered:
    assert rows.node.distinct is not None
    value = lower(rows.node.distinct, rows.low, rows.node.register)
    picked, undecided = rows.without(value)
    known, make = rows.make.negated(rows.flag(undecided)), rows.make
    if picked.says(0) or rows.owner.is_const:
        return Quantity(make.const(NARROW, 0), known, 0, 0, 0)
    cell = cell_of(make, where_there(make, picked, value))
    owner, cells = (rows.low.stored(part, rows.node.register) for part in (rows.owner, cell))
    asked = rows.low.asked.distinct
    if (owner, cells) not in asked:
        stage = max(owner.stage, cells.stage)
        column = Column(rows.subject, f"distinct {len(asked)}", NARROW, stage + 1)
        asked[owner, cells] = Distinct(
            rows.subject, rows.node.register, owner, cells, blank_of(shape_of(value)), column
        )
    return Quantity(make.load(asked[owner, cells].column), known, 0, 0, rows.rows)


def _sum(rows: _Gathering) -> Lowered:
    value = rows.low.number(_written(rows.node.value), rows.node.register)
    picked, undecided = rows.without(value)
    low, high = min(value.low, 0) * rows.rows, max(value.high, 0) * rows.rows
    column = rows.column("sum", picked, width_of(low, high), value.value)
    number = rows.make.const(NARROW, 0) if column is None else rows.make.load(column)
    return Quantity(number, rows.make.negated(rows.flag(undecided)), value.places, low, high)


def _written(node: n.Node | None) -> n.Node:
    assert node is not None
    return node


def _extreme(function: str) -> Callable[[_Gathering], Lowered]:
    def extreme(rows: _Gathering) -> Lowered:
        low, make = rows.low, rows.make
        value = lower(_written(rows.node.value), low, rows.node.register)
        assert isinstance(value, Quantity | Day)
        picked, undecided = rows.without(value)
        decided = make.negated(rows.flag(undecided))
        default = None if rows.node.default is None else lower(rows.node.default, low, rows.subject)
        nobody = low.unknown(rows.node.type) if default is None else default
        column = rows.column(function, picked, shape_of(value).width, value.value)
        some = rows.flag(picked, value.value)
        cell = make.const(shape_of(value).width, 0) if column is None else make.load(column)
        found = Day(cell, some) if isinstance(value, Day) else _bounded(cell, some, value)
        return where_there(make, decided, low.select(some, found, nobody))

    return extreme


def _bounded(cell: Expr, some: Expr, like: Quantity) -> Quantity:
    return Quantity(cell, some, like.places, like.low, like.high)


def _any(rows: _Gathering) -> Lowered:
    met, make = rows.flag(rows.where.met), rows.make
    return Truth(met, make.both(make.negated(met), make.negated(rows.flag(rows.undecided))))


def _all(rows: _Gathering) -> Lowered:
    unmet, make = rows.flag(rows.where.unmet), rows.make
    return Truth(make.both(make.negated(unmet), make.negated(rows.flag(rows.undecided))), unmet)


def _share(rows: _Gathering) -> Lowered:
    make, among, where = rows.make, rows.among, rows.where
    undecided = make.either(rows.low.truths.missing(among), make.both(among.met, rows.undecided))
    return Part(rows.count(make.both(among.met, where.met), undecided), rows.count(among.met, undecided))


_FIGURES: dict[str, Callable[[_Gathering], Lowered]] = {
    "count": _count,
    "distinct": _distinct,
    "sum": _sum,
    "any": _any,
    "all": _all,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "share": _share,
}
