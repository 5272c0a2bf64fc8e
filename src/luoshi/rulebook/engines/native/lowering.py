"""From the typed tree to scalar expressions: what every node means in a row of a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import TypeVar

from luoshi.rulebook.bulk.needs import facts_in_order
from luoshi.rulebook.engines.native.cells import NOWHERE, Shape, cell_of, shape_of, value_of, where_there
from luoshi.rulebook.engines.native.days import Days
from luoshi.rulebook.engines.native.forging import NARROW, Column, Expr, Forge
from luoshi.rulebook.engines.native.meanings import Day, Key, Lowered, Part, Quantity, Truth, Truths
from luoshi.rulebook.engines.native.numbers import Arithmetic, outward
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.nodes import Value, exact
from luoshi.rulebook.model.types import Bool, Date, Number, Ref, Share, Type

TEXTS = ""
"""The domain of codes and texts; references have that of the register they point into."""
WRITTEN, ROWS = "written", "rows"
LATER = 1_000
"""The stage of a setting that is tried with several values: what rests on it is computed last, once for each."""
Kept = Mapping[str, "Held"]
Meaning = TypeVar("Meaning", Truth, Quantity, Day, Key)


@dataclass(frozen=True)
class Held:
    """A register that somebody keeps: its columns, how many rows it has, and how many of them lead to one row through
    a reference, at most."""

    columns: Mapping[str, Shape]
    most_rows: int
    most_led: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Tried:
    """A setting that is tried with several values: its name, and all settings with each of them."""

    name: str
    settings: tuple[Settings, ...]


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure of the rows gathered for a subject: count, some, sum, min or max of those `picked`."""

    function: str
    picked: Expr
    value: Expr | None
    column: Column
    register: str
    owner: Expr


@dataclass(frozen=True, eq=False)
class Distinct:
    """Different cells of a register, counted for the rows of `subject` that own them; `blank` cells do not count."""

    subject: str
    register: str
    owner: Column
    cell: Column
    blank: int
    column: Column


@dataclass
class Asked:
    """What the expressions ask to be in memory: by name, what was written, and what passes have to compute."""

    written: dict[tuple[str, str], int] = field(default_factory=dict)
    regional: dict[str, tuple[Column, Shape]] = field(default_factory=dict)
    computed: dict[Expr, tuple[str, Column]] = field(default_factory=dict)
    figures: dict[tuple[object, ...], Figure] = field(default_factory=dict)
    distinct: dict[tuple[Column, Column], Distinct] = field(default_factory=dict)


class Lowering:
    """What lowering depends on: the pack, the day, the settings and what is kept. Facts are lowered once.

    The code for a setting that is `tried` serves all its values.
    """

    def __init__(self, pack: Pack, on: date, settings: Settings, kept: Kept, tried: Tried | None = None) -> None:
        self.pack, self.on, self.settings, self.kept, self.tried = pack, on, settings, kept, tried
        self.forge, self.asked = Forge(), Asked()
        self.numbers, self.truths = Arithmetic(self.forge), Truths(self.forge)
        self.days = Days(self.numbers)
        self.facts: dict[tuple[str, str], Lowered] = {}
        self._eligible: dict[str, Truth] = {}
        self._columns: dict[tuple[str, str], Column] = {}

    def prepare(self, nodes: Iterable[n.Node]) -> None:
        """Lower all facts that nodes rest on, each after those it rests on itself."""
        for register, name in facts_in_order(self.pack, nodes):
            self.facts[register, name] = self._fact(register, name)

    def _fact(self, register: str, name: str) -> Lowered:
        definition = self.pack.facts[register, name]
        found = self.unknown(definition.type) if definition.value is None else lower(definition.value, self, register)
        if isinstance(found, Part) or not self._is_kept(register, name):
            return found
        given = self.field(register, name, definition.type)
        return self.select(self.known(given), given, found)

    def _is_kept(self, register: str, name: str) -> bool:
        return register in self.kept and name in self.kept[register].columns

    def column(self, register: str, name: str, width: int) -> Column:
        """A column that is there from the start; asked for by name, it is always the same."""
        return self._columns.setdefault((register, name), Column(register, name, width))

    def field(self, register: str, name: str, kind: Type) -> Lowered:
        """A field of the row; unknown where nobody fills it."""
        if name == "id":
            return Key(self.forge.row, self.forge.truth(True), register)
        if not self._is_kept(register, name):
            return self.unknown(kind)
        shape = self.kept[register].columns[name]
        return value_of(self.forge, self.forge.load(self.column(register, name, shape.width)), shape)

    def unknown(self, kind: Type) -> Lowered:
        """An unknown value of a type."""
        if isinstance(kind, Share):
            return Part(self.numbers.unknown(), self.numbers.unknown())
        return self.written(kind, None)

    def written(self, kind: Type, value: Value | None) -> Lowered:
        """A written value of a type; None is unknown."""
        if isinstance(kind, Bool):
            return self.truths.written(None if value is None else bool(value))
        if isinstance(kind, Number):
            return self.numbers.written(None if value is None else exact(value), kind.places)
        if isinstance(kind, Date):
            assert value is None or isinstance(value, date)
            return self.days.written(value)
        return self._word(kind.register if isinstance(kind, Ref) else TEXTS, None if value is None else str(value))

    def _word(self, domain: str, word: str | None) -> Key:
        """A written code, text or reference: its place in the domain is looked up when there are data."""
        make = self.forge
        if word is None:
            return Key(make.const(NARROW, NOWHERE), make.truth(False), domain)
        place = self.asked.written.setdefault((domain, word), len(self.asked.written))
        return Key(make.gather(self.column("", WRITTEN, NARROW), make.const(NARROW, place)), make.truth(True), domain)

    def truth(self, node: n.Node, register: str) -> Truth:
        """A node that is a truth."""
        return self._a(Truth, node, register)

    def number(self, node: n.Node, register: str) -> Quantity:
        """A node that is a number."""
        return self._a(Quantity, node, register)

    def day(self, node: n.Node, register: str) -> Day:
        """A node that is a day."""
        return self._a(Day, node, register)

    def _a(self, kind: type[Meaning], node: n.Node, register: str) -> Meaning:
        found = lower(node, self, register)
        assert isinstance(found, kind)
        return found

    def where(self, test: Expr, item: Lowered) -> Lowered:
        """The value where a bit is set, elsewhere unknown."""
        return where_there(self.forge, test, item)

    def known(self, item: Lowered) -> Expr:
        """Whether a value that is no share is there."""
        assert not isinstance(item, Part)
        return self.truths.known(item)

    def select(self, test: Expr, yes: Lowered, no: Lowered) -> Lowered:
        """One of two values of one kind, by a bit."""
        if isinstance(yes, Truth) and isinstance(no, Truth):
            return self.truths.select(test, yes, no)
        if isinstance(yes, Quantity) and isinstance(no, Quantity):
            return self.numbers.select(test, yes, no)
        if isinstance(yes, Day) and isinstance(no, Day):
            return self.days.select(test, yes, no)
        assert isinstance(yes, Key) and isinstance(no, Key)
        make = self.forge
        return Key(make.select(test, yes.value, no.value), make.select(test, yes.known, no.known), yes.domain)

    def compared(self, op: str, left: Lowered, right: Lowered) -> Truth:
        """A comparison of two values of one kind."""
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            return self.numbers.compared(op, left, right)
        if isinstance(left, Day) and isinstance(right, Day):
            return self.days.compared(op, left, right)
        make, known = self.forge, self.forge.both(self.known(left), self.known(right))
        if isinstance(left, Truth) and isinstance(right, Truth):
            same = make.negated(make.op("xor", left.met, right.met))
        else:
            assert isinstance(left, Key) and isinstance(right, Key) and left.domain == right.domain
            same = make.compare("eq", left.value, right.value)
        return self.truths.of(same if op == "=" else make.negated(same), known)

    def eligible(self, measure: str, register: str) -> Truth:
        """Whether all conditions of a measure hold; lowered once, however many rest on it."""
        if measure not in self._eligible:
            tests = [self.truth(condition.test, register) for condition in self.pack.measures[measure].conditions]
            self._eligible[measure] = self.truths.every(*tests)
        return self._eligible[measure]

    def row_of(self, register: str, name: str) -> Expr:
        """The row that a reference points at; below zero where there is none."""
        if not self._is_kept(register, name) or self.target(register, name) not in self.kept:
            return self.forge.const(NARROW, NOWHERE)
        return self.forge.load(self.column(register, f"{name} {ROWS}", NARROW))

    def target(self, register: str, name: str) -> str:
        """The register that a reference points into."""
        kind = self.pack.registers[register].fields[name].type
        assert isinstance(kind, Ref)
        return kind.register

    def in_row(self, row: Expr, register: str, item: Lowered) -> Lowered:
        """A value of a register's row, in the row of that number; unknown where the number is below zero."""
        make, cell, shape = self.forge, cell_of(self.forge, item), shape_of(item)
        there = make.compare("sge", row, make.const(NARROW, 0))
        if cell.is_const:
            return where_there(make, there, item)
        place = make.select(there, row, make.const(NARROW, 0))
        found = row if cell.op == "row" else make.gather(self.stored(cell, register), place)
        return where_there(make, there, value_of(make, found, shape))

    def stored(self, cell: Expr, register: str) -> Column:
        """The column that holds a cell, for every row of a register; what is not there yet, a pass computes."""
        if cell.op == "load" and cell.column is not None:
            return cell.column
        if cell not in self.asked.computed:
            name = f"#{len(self.asked.computed)}"
            self.asked.computed[cell] = register, Column(register, name, cell.width, cell.stage + 1)
        return self.asked.computed[cell][1]

    def follow(self, register: str, name: str, item: Lowered) -> Lowered:
        """A value of the row that a reference points at."""
        return self.in_row(self.row_of(register, name), self.target(register, name), item)

    def end_of(self, register: str, path: tuple[str, ...]) -> Key:
        """The reference at the end of a path of references."""
        last = self.target(register, path[0]) if len(path) == 1 else ""
        found = self.field(register, path[0], Ref(last)) if len(path) == 1 else self._further(register, path)
        assert isinstance(found, Key)
        return found

    def _further(self, register: str, path: tuple[str, ...]) -> Lowered:
        return self.follow(register, path[0], self.end_of(self.target(register, path[0]), path[1:]))

    def area(self, register: str) -> Key:
        """The area that a row lies in."""
        if register == DIVISIONS:
            return Key(self.forge.row, self.forge.truth(True), DIVISIONS)
        path = self.pack.registers[register].area
        return self.end_of(register, path) if path else self._word(DIVISIONS, None)

    def setting(self, name: str, kind: Type, register: str) -> Lowered:
        """A parameter or switch as it holds where the row lies."""
        held = self._held(name)
        if len(held) == 1 and not self.settings.areas(name):
            return self.written(kind, self.settings.value(name, None))
        make, area = self.forge, self.area(register)
        place = make.select(area.known, make.op("add", area.value, make.const(NARROW, 1)), make.const(NARROW, 0))
        column, shape = self._regional(name, kind)
        return value_of(make, make.gather(column, place), shape)

    def _held(self, name: str) -> tuple[Settings, ...]:
        """The settings with which code has to do: one for each value of what is tried."""
        return self.tried.settings if self.tried is not None and self.tried.name == name else (self.settings,)

    def _regional(self, name: str, kind: Type) -> tuple[Column, Shape]:
        """A column with the value of a setting where no area is known, and for every area that occurs."""
        if name not in self.asked.regional:
            held = self._held(name)
            values = [settings.value(name, area) for settings in held for area in [*settings.areas(name), None]]
            written = [self.written(kind, value) for value in values]
            shape = Shape(shape_of(written[0]).kind, domain=shape_of(written[0]).domain)
            numbers = [item for item in written if isinstance(item, Quantity)]
            if numbers:
                same = self.numbers.alike(*numbers)
                low, high = outward(min(item.low for item in same), max(item.high for item in same))
                shape = Shape("number", False, same[0].places, low, high)
            stage = LATER if len(held) > 1 else 0
            self.asked.regional[name] = Column(DIVISIONS, f"${name}", shape.width, stage), shape
        return self.asked.regional[name]


@singledispatch
def lower(node: n.Node, low: Lowering, register: str) -> Lowered:
    """The meaning of a node in a row of a register. Every kind of node has its own."""
    raise NotImplementedError(type(node).__name__)
