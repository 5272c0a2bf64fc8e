"""Outcomes, amounts, states and masks from conditions; `model.outcomes` fixes their numbers and layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from luoshi.rulebook.bulk.sizes import award_size
from luoshi.rulebook.bulk.wanted import Test, Wanted, tests_of
from luoshi.rulebook.engines.native.cells import Shape, blank, cell_of, shape_of
from luoshi.rulebook.engines.native.forging import BYTE, NARROW, WIDE, WORD, Column, Expr
from luoshi.rulebook.engines.native.kernels import Entry, Store, Tally, Unit
from luoshi.rulebook.engines.native.lowering import Lowering, lower
from luoshi.rulebook.engines.native.meanings import Lowered, Part, Quantity, Truth, width_of
from luoshi.rulebook.engines.native.rounding import rounded
from luoshi.rulebook.inputs.arrow import DIVISIONS
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Limit, Measure, Target
from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit, mask_bits
from luoshi.rulebook.model.types import MOST_DIGITS, NARROW_DIGITS
from luoshi.rulebook.values.area_code import LENGTHS

NOT_APPLICABLE = 3
COSTLY = 24
"""An amount of more operations is computed only where nothing refuses it."""
CODE_LENGTH = "code length"
ROWS_SEEN = "rows"
Decided = TypeVar("Decided", Measure, Limit, Target)


@dataclass(frozen=True)
class Output:
    """A column of a result: how its cells are written. `bits` are masks and states; else `shape` says what they mean.

    `digits` of a number are those of the file's column.
    """

    name: str
    column: Column
    shape: Shape | None = None
    digits: int = NARROW_DIGITS


@dataclass
class Result:
    """What is computed for every row of a register, how it is written, and what is added up of it by area."""

    units: list[Unit] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def results(low: Lowering, wanted: Wanted) -> dict[str, Result]:
    """What is to be computed about every kept register about which the pack decides anything."""
    found = {register: _result(low, register, wanted) for register in low.pack.registers if register in low.kept}
    return {register: result for register, result in found.items() if len(result.outputs) > 1}


def budget_record(register: str) -> str:
    """The record in which what is decided about a register is added up by area."""
    return f"budget of {register}"


def _result(low: Lowering, register: str, wanted: Wanted) -> Result:
    deciding = _Deciding(low, register)
    deciding.value("area", low.area(register))
    for measure in _of(low.pack.measures, register):
        deciding.measure(measure, wanted.as_if_in_force or low.pack.in_force(measure, low.on))
    for limit in _of(low.pack.limits, register):
        deciding.limit(limit)
    for target in _of(low.pack.targets, register):
        deciding.target(target)
    for test in tests_of(low.pack, register):
        deciding.test(test)
    for of, name in wanted.facts:
        if of == register:
            deciding.fact(name)
    return deciding.result


def _of(blocks: Mapping[str, Decided], register: str) -> list[Decided]:
    return [block for block in blocks.values() if block.register == register]


class _Deciding:
    """What is computed about the rows of one register."""

    def __init__(self, low: Lowering, register: str) -> None:
        self.low, self.make, self.register = low, low.forge, register
        self.result = Result()

    def code(self, number: int) -> Expr:
        """A written outcome or state."""
        return self.make.const(BYTE, number)

    def _output(self, name: str, width: int, shape: Shape | None = None, digits: int = NARROW_DIGITS) -> Column:
        column = Column(self.register, f"result {name}", width)
        self.result.outputs.append(Output(name, column, shape, digits))
        return column

    def mask(self, flags: list[Expr], bits: int) -> Expr:
        """Bit i is set where flag i is."""
        found = self.make.const(bits, 0)
        for place, flag in enumerate(flags):
            found = self.make.op("or", found, self.bit(flag, place, bits))
        return found

    def bit(self, flag: Expr, place: int, bits: int) -> Expr:
        """A mask of one bit."""
        return self.make.select(flag, self.make.const(bits, 1 << place), self.make.const(bits, 0))

    def _is_zero(self, mask: Expr) -> Expr:
        return self.make.compare("eq", mask, self.make.const(mask.width, 0))

    def measure(self, measure: Measure, pays: bool) -> None:
        """Outcome, amount and masks of a measure, and what is added up of them."""
        make, tests = self.make, [self.low.truth(condition.test, self.register) for condition in measure.conditions]
        bits = mask_bits(measure)
        unmet = self.mask([test.unmet for test in tests], bits)
        open_ = self.mask([self.low.truths.missing(test) for test in tests], bits)
        worth = _award(self.low, measure)
        asked = self._is_zero(unmet)
        lacking = make.both(asked, make.truth(False) if worth is None else make.negated(worth.known))
        unknown = make.op("or", open_, self.bit(lacking, amount_bit(measure), bits))
        eligible = make.both(asked, self._is_zero(unknown))
        outcome = make.select(asked, self._undecided(unknown), self.code(Outcome.INELIGIBLE))
        places, digits = award_size(measure)
        width = WORD if digits <= NARROW_DIGITS else WIDE
        nothing = make.const(width, blank(width))
        paid = nothing if worth is None else make.select(eligible, make.cast(worth.value, width), nothing)
        if not pays:
            outcome, paid, eligible = self.code(Outcome.NOT_IN_FORCE), nothing, make.truth(False)
        columns = {"outcome": self._output(f"{measure.id}.outcome", BYTE)}
        shape = Shape("number", places=places)
        wide = NARROW_DIGITS if digits <= NARROW_DIGITS else MOST_DIGITS
        columns["amount"] = self._output(f"{measure.id}.amount", width, shape, wide)
        columns |= {name: self._output(f"{measure.id}.{name}", bits) for name in ("unmet", "unknown")}
        values = {"outcome": outcome, "amount": paid, "unmet": unmet, "unknown": unknown}
        stores = {name: Store(columns[name], value) for name, value in values.items()}
        self._store(stores, asked, None if worth is None else worth.value, open_)
        self._add_up(measure, columns, eligible, worth)

    def _store(self, stores: dict[str, Store], asked: Expr, worth: Expr | None, open_: Expr) -> None:
        """An amount that costs much is left alone where something refuses it."""
        if worth is None or worth.cost <= COSTLY or asked.is_const:
            self.result.units.append(Unit(tuple(stores.values())))
            return
        refused = {"outcome": self.code(Outcome.INELIGIBLE), "unknown": open_}
        if stores["outcome"].expr.is_const:
            refused["outcome"] = stores["outcome"].expr
        amount = stores["amount"].column
        refused["amount"] = self.make.const(amount.width, blank(amount.width))
        within = tuple(stores[name] for name in refused)
        otherwise = tuple(Store(stores[name].column, expr) for name, expr in refused.items())
        self.result.units += [Unit((stores["unmet"],)), Unit(within, asked, otherwise)]

    def _undecided(self, unknown: Expr) -> Expr:
        return self.make.select(self._is_zero(unknown), self.code(Outcome.ELIGIBLE), self.code(Outcome.UNDETERMINED))

    def _add_up(self, measure: Measure, columns: Mapping[str, Column], eligible: Expr, worth: Quantity | None) -> None:
        """How many rows come to each outcome, and the sum of what they are paid; read back from what was stored."""
        make, record = self.make, budget_record(self.register)
        seen = make.load(columns["outcome"])
        for of in (Outcome.ELIGIBLE, Outcome.UNDETERMINED, Outcome.INELIGIBLE):
            column = Column(self.register, f"{measure.id}.{of.word}", NARROW, 0, record)
            self.result.entries.append(Entry("count", make.compare("eq", seen, self.code(of)), None, column))
        if worth is not None and not eligible.says(0):
            most = worth.most * self.low.kept[self.register].most_rows
            column = Column(self.register, f"{measure.id}.amount", max(WORD, width_of(most)), 0, record)
            picked = make.compare("eq", seen, self.code(Outcome.ELIGIBLE))
            self.result.entries.append(Entry("sum", picked, make.load(columns["amount"]), column))

    def limit(self, limit: Limit) -> None:
        """State and masks of a limit; where it does not apply no bit is set."""
        make, truths = self.make, self.low.truths
        tests = [self.low.truth(condition.test, self.register) for condition in limit.holds]
        bits = next(width for width in (8, 16, 32, 64) if len(tests) <= width)
        when = self._truth(limit.when)
        applies = make.negated(when.unmet)
        masks = {
            "unmet": self.mask([make.both(applies, test.unmet) for test in tests], bits),
            "unknown": self.mask([make.both(applies, truths.missing(test)) for test in tests], bits),
        }
        state = self._applied(when, truths.every(*tests))
        stores = [Store(self._output(f"{limit.id}.state", BYTE), state)]
        stores += [Store(self._output(f"{limit.id}.{name}", bits), mask) for name, mask in masks.items()]
        self.result.units.append(Unit(tuple(stores)))

    def _truth(self, node: n.Node | None) -> Truth:
        """A condition; one that is not written holds."""
        return self.low.truths.written(True) if node is None else self.low.truth(node, self.register)

    def _applied(self, when: Truth, test: Truth) -> Expr:
        """The state of a test where it applies."""
        make = self.make
        state = make.select(self.low.truths.missing(when), self.code(State.UNKNOWN), self._state(test))
        return make.select(make.negated(when.unmet), state, self.code(NOT_APPLICABLE))

    def _state(self, test: Truth) -> Expr:
        met = self.make.select(test.met, self.code(State.MET), self.code(State.UNKNOWN))
        return self.make.select(test.unmet, self.code(State.UNMET), met)

    def target(self, target: Target) -> None:
        """State of a target; it applies to areas of its level only."""
        state = self._state(self.low.truth(target.test, self.register))
        if target.level is not None and self.register == DIVISIONS:
            length = self.make.load(self.low.column(DIVISIONS, CODE_LENGTH, BYTE))
            meant = self.make.compare("eq", length, self.code(LENGTHS[target.level]))
            state = self.make.select(meant, state, self.code(NOT_APPLICABLE))
        self._keep(f"{target.id}.state", state)

    def test(self, test: Test) -> None:
        """State of what is only found out: of an integrity check its pattern, of a duty whether it was done."""
        self._keep(f"{test.id}.state", self._applied(self._truth(test.when), self._truth(test.truth)))

    def _keep(self, name: str, expr: Expr, shape: Shape | None = None, digits: int = NARROW_DIGITS) -> None:
        self.result.units.append(Unit((Store(self._output(name, expr.width, shape, digits), expr),)))

    def fact(self, name: str) -> None:
        """A fact as columns: numbers as wide decimals, a share as its two counts."""
        definition = self.low.pack.facts[self.register, name]
        found = lower(n.Fact(definition.type, self.register, name), self.low, self.register)
        for suffix, item in {".part": found.part, ".whole": found.whole}.items() if isinstance(found, Part) else ():
            self.value(f"{name}{suffix}", item)
        if not isinstance(found, Part):
            self.value(name, found)

    def value(self, name: str, item: Lowered) -> None:
        """A value as it is."""
        shape = shape_of(item)
        wide = shape.places or shape.width > WORD
        self._keep(name, cell_of(self.make, item), shape, MOST_DIGITS if wide else NARROW_DIGITS)


def _award(low: Lowering, measure: Measure) -> Quantity | None:
    """The amount of a measure, rounded as it says."""
    if measure.amount is None:
        return None
    amount = low.number(measure.amount, measure.register)
    if measure.rounding is None:
        return amount
    return rounded(low.numbers, amount, measure.rounding.places, measure.rounding.mode)


def budget_tally(low: Lowering, register: str, entries: list[Entry]) -> Iterator[Tally]:
    """What is added up by area; rows that lie nowhere are counted in the first cell."""
    if entries:
        rows = Column(register, ROWS_SEEN, NARROW, 0, budget_record(register))
        entries = [*entries, Entry("count", low.forge.truth(True), None, rows)]
        area = low.area(register)
        cell = low.forge.select(area.known, area.value, low.forge.const(NARROW, -1))
        yield Tally(budget_record(register), low.forge.op("add", cell, low.forge.const(NARROW, 1)), tuple(entries))
