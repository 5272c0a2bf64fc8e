"""The columns of a result: what measures, limits, targets and facts give for each row of their register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.rulebook.engines.sql.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.forging import Forge
from luoshi.rulebook.engines.sql.lowering import Lowering, Part, lower
from luoshi.rulebook.engines.sql.numbers import Quantity
from luoshi.rulebook.engines.sql.rounding import rounded
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Limit, Measure, Pack, Target
from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit, mask_bits
from luoshi.rulebook.model.types import MOST_DIGITS, NARROW_DIGITS, Number
from luoshi.rulebook.values.area_code import LENGTHS

Result = tuple[str, Expr]
NOT_APPLICABLE = 3
BITS = {8: Kind.BITS8, 16: Kind.BITS16, 32: Kind.BITS32, 64: Kind.BITS64}


@dataclass(frozen=True)
class Wanted:
    """What is asked for beside everything that the pack decides."""

    facts: tuple[tuple[str, str], ...] = ()
    as_if_in_force: bool = False


def nodes_wanted(pack: Pack, registers: Iterable[str], wanted: Wanted) -> Iterator[n.Node]:
    """Every node that a result for the registers rests on."""
    kept = set(registers)
    for measure in pack.measures.values():
        if measure.register in kept:
            yield from (condition.test for condition in measure.conditions)
            yield from () if measure.amount is None else (measure.amount,)
    for limit in pack.limits.values():
        if limit.register in kept:
            yield from () if limit.when is None else (limit.when,)
            yield from (condition.test for condition in limit.holds)
    yield from (target.test for target in pack.targets.values() if target.register in kept)
    yield from (n.Fact(pack.facts[key].type, *key) for key in wanted.facts if key[0] in kept)


def subjects(pack: Pack, registers: Iterable[str], wanted: Wanted) -> list[str]:
    """The registers, of those named, about whose rows something is wanted."""
    blocks = [*pack.measures.values(), *pack.limits.values(), *pack.targets.values()]
    asked = {block.register for block in blocks} | {register for register, _ in wanted.facts}
    return [register for register in registers if register in asked]


def results(low: Lowering, wanted: Wanted) -> dict[str, list[Result]]:
    """The result columns of every kept register about which the pack decides anything."""
    columns: dict[str, list[Result]] = {register: [] for register in low.pack.registers if register in low.kept}
    in_force = wanted.as_if_in_force or low.pack.policy.in_force(low.on)
    for measure in low.pack.measures.values():
        if measure.register in columns:
            pays = in_force and (wanted.as_if_in_force or _is_valid(measure, low))
            columns[measure.register] += _Deciding(low, measure.register).measure(measure, pays)
    for limit in low.pack.limits.values():
        if limit.register in columns:
            columns[limit.register] += _Deciding(low, limit.register).limit(limit)
    for target in low.pack.targets.values():
        if target.register in columns:
            columns[target.register].append((f"{target.id}.state", _Deciding(low, target.register).target(target)))
    for register, name in wanted.facts:
        if register in columns:
            columns[register] += _fact(low, register, name)
    return {register: [*_head(low, register), *found] for register, found in columns.items() if found}


def _is_valid(measure: Measure, low: Lowering) -> bool:
    start, end = measure.valid
    return (start is None or start <= low.on) and (end is None or low.on <= end)


def _head(low: Lowering, register: str) -> list[Result]:
    row_id = low.forge.field(register, "id", low.kept[register].columns["id"].kind, known=True)
    return [("id", row_id), ("area", low.forge.as_kind(low.area(register), Kind.TEXT))]


class _Deciding:
    """Outcomes and states from conditions."""

    def __init__(self, low: Lowering, register: str) -> None:
        self.low, self.make, self.register = low, low.forge, register

    def code(self, number: int) -> Expr:
        """A written outcome or state."""
        return self.make.literal(Kind.BITS8, number)

    def mask(self, flags: list[tuple[int, Expr]], bits: int) -> Expr:
        """Bit i is set where the flag of bit i is true; flags are never unknown."""
        always = sum(1 << bit for bit, flag in flags if flag.says(True))
        open_flags = [(bit, flag) for bit, flag in flags if not flag.is_literal]
        if not open_flags:
            return self.make.literal(BITS[bits], always)
        positions = tuple(bit for bit, _ in open_flags)
        return self.make.make("mask", BITS[bits], tuple(flag for _, flag in open_flags), (positions, always))

    def is_zero(self, mask: Expr) -> Expr:
        """Whether no bit is set."""
        return self.make.strict("=", Kind.TRUTH, mask, self.make.literal(mask.kind, 0))

    def measure(self, measure: Measure, pays: bool) -> list[Result]:
        """Outcome, amount and masks of a measure."""
        tests = [self.low.truth(condition.test, self.register) for condition in measure.conditions]
        bits = mask_bits(measure)
        unmet = self.mask([(bit, self.make.surely(test, False)) for bit, test in enumerate(tests)], bits)
        worth = None if measure.amount is None else _award(self.low, measure)
        guarded = None if worth is None else self._where(self.is_zero(unmet), worth.expr)
        missing = [(bit, self.make.missing(test)) for bit, test in enumerate(tests)]
        if worth is not None and guarded is not None and not worth.expr.known:
            missing.append((amount_bit(measure), self.make.every(self.is_zero(unmet), self.make.missing(guarded))))
        unknown = self.mask(missing, bits)
        outcome = self._outcome(unmet, unknown) if pays else self.code(Outcome.NOT_IN_FORCE)
        eligible = self.make.strict("=", Kind.TRUTH, outcome, self.code(Outcome.ELIGIBLE))
        paid = _as_declared(self.make, measure, None)
        if worth is not None and guarded is not None and pays:
            amount = worth.expr if worth.expr.known else guarded
            paid = self._where(eligible, _as_declared(self.make, measure, amount))
        found = {"outcome": outcome, "amount": paid, "unmet": unmet, "unknown": unknown}
        return [(f"{measure.id}.{name}", expr) for name, expr in found.items()]

    def _where(self, test: Expr, value: Expr) -> Expr:
        return self.make.case((test, value), otherwise=self.make.null(value.kind))

    def _outcome(self, unmet: Expr, unknown: Expr) -> Expr:
        return self.make.case(
            (self.make.negated(self.is_zero(unmet)), self.code(Outcome.INELIGIBLE)),
            (self.is_zero(unknown), self.code(Outcome.ELIGIBLE)),
            otherwise=self.code(Outcome.UNDETERMINED),
        )

    def limit(self, limit: Limit) -> list[Result]:
        """State and masks of a limit; where it does not apply no bit is set."""
        make = self.make
        tests = [self.low.truth(condition.test, self.register) for condition in limit.holds]
        bits = next(width for width in BITS if len(tests) <= width)
        when = make.truth(True) if limit.when is None else self.low.truth(limit.when, self.register)
        applies = make.negated(make.surely(when, False))
        unmet = [(bit, make.every(applies, make.surely(test, False))) for bit, test in enumerate(tests)]
        unknown = [(bit, make.every(applies, make.missing(test))) for bit, test in enumerate(tests)]
        state = make.case(
            (make.negated(applies), self.code(NOT_APPLICABLE)),
            (make.missing(when), self.code(State.UNKNOWN)),
            otherwise=self._state(make.every(*tests)),
        )
        masks = {"unmet": self.mask(unmet, bits), "unknown": self.mask(unknown, bits)}
        return [(f"{limit.id}.state", state), *[(f"{limit.id}.{name}", mask) for name, mask in masks.items()]]

    def _state(self, test: Expr) -> Expr:
        return self.make.case(
            (test, self.code(State.MET)),
            (self.make.missing(test), self.code(State.UNKNOWN)),
            otherwise=self.code(State.UNMET),
        )

    def target(self, target: Target) -> Expr:
        """State of a target; it applies to areas of its level only."""
        state = self._state(self.low.truth(target.test, self.register))
        if target.level is None or self.register != "area":
            return state
        length = self.make.make("length", Kind.WHOLE, (self.low.area("area"),))
        meant = self.make.strict("=", Kind.TRUTH, length, self.low.dates.whole(LENGTHS[target.level]))
        return self.make.case((meant, state), otherwise=self.code(NOT_APPLICABLE))


def _award(low: Lowering, measure: Measure) -> Quantity:
    """The amount of a measure, rounded as it says."""
    assert measure.amount is not None
    amount = low.number(measure.amount, measure.register)
    if measure.rounding is None:
        return amount
    return rounded(low.numbers, amount, measure.rounding.places, measure.rounding.mode)


def _award_size(measure: Measure) -> tuple[int, int]:
    """Places and digits of an amount as the pack declares them, so that the file's columns do not depend on the data."""
    if measure.amount is None:
        return 2, NARROW_DIGITS
    assert isinstance(measure.amount.type, Number)
    places, digits = measure.amount.type.places, measure.amount.type.digits
    if measure.rounding is None or measure.rounding.places == places:
        return places, digits
    return measure.rounding.places, digits + measure.rounding.places - places + 1


def _as_declared(make: Forge, measure: Measure, amount: Expr | None) -> Expr:
    places, digits = _award_size(measure)
    return as_decimal(make, amount, places, NARROW_DIGITS if digits <= NARROW_DIGITS else MOST_DIGITS)


def as_decimal(make: Forge, amount: Expr | None, places: int, digits: int) -> Expr:
    """A scaled number as a decimal column; a whole one stays whole if it fits."""
    expr = make.null(Kind.WHOLE) if amount is None else amount
    if places == 0 and digits <= NARROW_DIGITS:
        return make.as_kind(expr, Kind.WHOLE)
    return make.make("decimal", expr.kind, (expr,), (digits, places))


def _fact(low: Lowering, register: str, name: str) -> list[Result]:
    """A fact as columns: numbers as wide decimals, a share as its two counts."""
    definition = low.pack.facts[register, name]
    found = lower(n.Fact(definition.type, register, name), low, register)
    if isinstance(found, Part):
        return [(f"{name}.part", found.part.expr), (f"{name}.whole", found.whole.expr)]
    if isinstance(found, Quantity):
        digits = MOST_DIGITS if found.places or found.expr.kind is Kind.WIDE else NARROW_DIGITS
        return [(name, as_decimal(low.forge, found.expr, found.places, digits))]
    return [(name, found)]
