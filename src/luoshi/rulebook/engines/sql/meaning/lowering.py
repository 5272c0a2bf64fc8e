"""From the typed tree to expressions: what every node means on the columns of a register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any

from luoshi.rulebook.bulk.needs import facts_in_order
from luoshi.rulebook.engines.sql.meaning.comparing import Comparing
from luoshi.rulebook.engines.sql.meaning.dates import Dates
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.holdings import Kept, kind_for
from luoshi.rulebook.engines.sql.meaning.numbers import Arithmetic, Quantity
from luoshi.rulebook.engines.sql.meaning.regions import Regions
from luoshi.rulebook.engines.sql.meaning.scans import Scans
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Number, Ref, Share, Type


@dataclass(frozen=True, eq=False)
class Part:
    """A share: rows that are part, of the rows that are the whole; both unknown when it is undecided."""

    part: Quantity
    whole: Quantity


Lowered = Expr | Quantity | Part


class Lowering:
    """What lowering depends on: the pack, the day, the settings and what is kept. Facts are lowered once."""

    def __init__(self, pack: Pack, on: date, settings: Settings, kept: Kept, scans: Scans) -> None:
        self.pack, self.on, self.settings, self.kept, self.scans = pack, on, settings, kept, scans
        self.forge = Forge()
        self.numbers = Arithmetic(self.forge)
        self.dates = Dates(self.forge)
        self.comparing = Comparing(self.numbers, self.dates)
        self.facts: dict[tuple[str, str], Lowered] = {}
        self._eligible: dict[str, Expr] = {}
        self.regions = Regions(self.forge, self.numbers)

    def prepare(self, nodes: Iterable[n.Node]) -> None:
        """Lower all facts that nodes rest on, each after those it rests on itself."""
        for register, name in facts_in_order(self.pack, nodes):
            self.facts[register, name] = self._fact(register, name)

    def _fact(self, register: str, name: str) -> Lowered:
        definition = self.pack.facts[register, name]
        computed = (
            self.unknown(definition.type) if definition.value is None else lower(definition.value, self, register)
        )
        held = self.kept.get(register)
        column = held.columns.get(name) if held else None
        if column is None or isinstance(computed, Part):
            return computed
        given = self.forge.field(register, name, column.kind, known=column.known)
        if isinstance(computed, Quantity):
            return self.first_number(Quantity(given, column.places, column.low, column.high), computed)
        return self.forge.first_known(*self.comparing.like_kinds(given, computed))

    def first_number(self, *items: Quantity) -> Quantity:
        """The first number that is known."""
        same = self.numbers.alike(*items)
        return self.numbers.either(same, self.forge.first_known(*(item.expr for item in same)))

    def unknown(self, kind: Type) -> Lowered:
        """An unknown value of a type."""
        if isinstance(kind, Share):
            return Part(self.numbers.unknown(), self.numbers.unknown())
        return self.numbers.unknown(kind.places) if isinstance(kind, Number) else self.forge.null(kind_for(kind))

    def column(self, register: str, name: str, kind: Type) -> Lowered:
        """A column of a register's own table, unknown where nobody fills it."""
        held = self.kept.get(register)
        column = held.columns.get(name) if held else None
        if column is None:
            return self.unknown(kind)
        expr = self.forge.field(register, name, column.kind, known=column.known or column.ends_never)
        if isinstance(kind, Number):
            return Quantity(expr, column.places, column.low, column.high)
        return self.dates.learn(expr, column.span) if column.kind is Kind.DAY else expr

    def eligible(self, measure: str, register: str) -> Expr:
        """Whether all conditions of a measure hold; lowered once, however many rest on it."""
        if measure not in self._eligible:
            tests = [self.truth(condition.test, register) for condition in self.pack.measures[measure].conditions]
            self._eligible[measure] = self.forge.every(*tests)
        return self._eligible[measure]

    def follow(self, ref: Expr, register: str, target: Lowered) -> Lowered:
        """What is lowered for a row of another register, on the row that a reference points at."""
        if register not in self.kept:
            ref = self.forge.null(ref.kind)
        assert not isinstance(target, Part), "the typing rules follow no share"
        if isinstance(target, Quantity):
            followed = self.forge.follow(ref, register, target.expr)
            return Quantity(followed, target.places, target.low, target.high)
        followed = self.forge.follow(ref, register, target)
        return self.dates.learn(followed, self.dates.span(target)) if target.kind is Kind.DAY else followed

    def truth(self, node: n.Node, register: str) -> Expr:
        """A node that is a truth, day, code, text or reference."""
        lowered = lower(node, self, register)
        assert isinstance(lowered, Expr)
        return lowered

    def number(self, node: n.Node, register: str) -> Quantity:
        """A node that is a number."""
        lowered = lower(node, self, register)
        assert isinstance(lowered, Quantity)
        return lowered

    def compared(self, op: str, left: Lowered, right: Lowered) -> Expr:
        """A comparison of two values of one kind."""
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            return self.comparing.numbers_compared(op, left, right)
        assert isinstance(left, Expr) and isinstance(right, Expr)
        return self.comparing.compared(op, left, right)

    def literal(self, kind: Type, value: Any) -> Lowered:
        """A written value of a type; None is unknown."""
        return self.quantity(kind, value) if isinstance(kind, Number) else self.forge.literal(kind_for(kind), value)

    def quantity(self, kind: Number, value: Any) -> Quantity:
        """A written number of a type; None is unknown."""
        assert value is None or isinstance(value, int | Decimal)
        return self.numbers.literal(value, kind.places)

    def along(self, register: str, path: tuple[str, ...], end: Callable[[str], Lowered]) -> Lowered:
        """What `end` gives for the register that a path of references leads to, followed along the path."""
        if not path:
            return end(register)
        kind = self.pack.registers[register].fields[path[0]].type
        assert isinstance(kind, Ref)
        ref = self.column(register, path[0], kind)
        assert isinstance(ref, Expr)
        return self.follow(ref, kind.register, self.along(kind.register, path[1:], end))

    def register_at(self, register: str, path: tuple[str, ...]) -> str:
        """The register that a path of references leads to."""
        for name in path:
            kind = self.pack.registers[register].fields[name].type
            assert isinstance(kind, Ref)
            register = kind.register
        return register

    def at_area(self, register: str, end: Callable[[Expr], Lowered]) -> Lowered | None:
        """What `end` gives for the code of the area that a row lies in; None for registers without areas."""
        path = self.pack.registers[register].area
        if register == "area":
            path = ("id",)
        if not path:
            return None
        return self.along(register, path[:-1], lambda holder: end(self.reference(holder, path[-1])))

    def reference(self, register: str, name: str) -> Expr:
        """A reference of a row to another, or its id."""
        ref = self.column(register, name, Ref(""))
        assert isinstance(ref, Expr)
        return ref

    def area(self, register: str) -> Expr:
        """The code of the area that a row lies in."""
        found = self.at_area(register, lambda code: code)
        return found if isinstance(found, Expr) else self.forge.null(Kind.TEXT)


@singledispatch
def lower(node: n.Node, low: Lowering, register: str) -> Lowered:
    """The expression of a node on the rows of a register. Every kind of node has its own."""
    raise NotImplementedError(type(node).__name__)
