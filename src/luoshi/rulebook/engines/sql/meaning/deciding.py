"""Outcomes, amounts, states and masks from conditions; `model.outcomes` fixes their numbers and layout."""

from __future__ import annotations

from luoshi.rulebook.bulk.sizes import award_size
from luoshi.rulebook.bulk.wanted import Test
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.lowering import Lowering
from luoshi.rulebook.engines.sql.meaning.numbers import Quantity
from luoshi.rulebook.engines.sql.meaning.rounding import rounded
from luoshi.rulebook.model.blocks import Limit, Measure, Target
from luoshi.rulebook.model.nodes import Node
from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit, mask_bits
from luoshi.rulebook.model.types import MOST_DIGITS, NARROW_DIGITS
from luoshi.rulebook.values.area_code import LENGTHS

Result = tuple[str, Expr]
NOT_APPLICABLE = 3
BITS = {8: Kind.BITS8, 16: Kind.BITS16, 32: Kind.BITS32, 64: Kind.BITS64}


class Deciding:
    """Outcomes and states from conditions."""

    def __init__(self, low: Lowering, register: str) -> None:
        self.low, self.make, self.register = low, low.forge, register

    def code(self, number: int) -> Expr:
        """A written outcome or state."""
        return self.make.literal(Kind.BITS8, number)

    def mask(self, flags: list[tuple[int, Expr]], bits: int) -> Expr:
        """Bit i is set where the flag of bit i is true; flags are never unknown."""
        always = self.make.literal(BITS[bits], sum(1 << bit for bit, flag in flags if flag.says(True)))
        asked = [(bit, flag) for bit, flag in flags if not flag.is_literal]
        if not asked:
            return always
        found = self.make.make("mask", always.kind, tuple(flag for _, flag in asked), tuple(bit for bit, _ in asked))
        return self.make.make("bits_or", always.kind, (found, always)) if always.data else found

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
        """The outcomes' numbers are read as bits: 1 nothing is unmet, 2 something is unmet or unknown, 3 both."""
        unrefused, open_ = self.is_zero(unmet), self.make.negated(self.is_zero(unknown))
        return self.mask([(0, unrefused), (1, self.make.either(self.make.negated(unrefused), open_))], 8)

    def limit(self, limit: Limit) -> list[Result]:
        """State and masks of a limit; where it does not apply no bit is set."""
        make = self.make
        tests = [self.low.truth(condition.test, self.register) for condition in limit.holds]
        bits = next(width for width in BITS if len(tests) <= width)
        when = self._truth(limit.when)
        applies = make.negated(make.surely(when, False))
        unmet = [(bit, make.every(applies, make.surely(test, False))) for bit, test in enumerate(tests)]
        unknown = [(bit, make.every(applies, make.missing(test))) for bit, test in enumerate(tests)]
        state = self._applied(when, make.every(*tests))
        masks = {"unmet": self.mask(unmet, bits), "unknown": self.mask(unknown, bits)}
        return [(f"{limit.id}.state", state), *[(f"{limit.id}.{name}", mask) for name, mask in masks.items()]]

    def _truth(self, node: Node | None) -> Expr:
        """A condition; one that is not written holds."""
        return self.make.truth(True) if node is None else self.low.truth(node, self.register)

    def _applied(self, when: Expr, test: Expr) -> Expr:
        """The state of a test where it applies."""
        return self.make.case(
            (self.make.surely(when, False), self.code(NOT_APPLICABLE)),
            (self.make.missing(when), self.code(State.UNKNOWN)),
            otherwise=self._state(test),
        )

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

    def test(self, test: Test) -> Expr:
        """State of what is only found out: of an integrity check its pattern, of a duty whether it was done."""
        return self._applied(self._truth(test.when), self._truth(test.truth))


def _award(low: Lowering, measure: Measure) -> Quantity:
    """The amount of a measure, rounded as it says."""
    assert measure.amount is not None
    amount = low.number(measure.amount, measure.register)
    if measure.rounding is None:
        return amount
    return rounded(low.numbers, amount, measure.rounding.places, measure.rounding.mode)


def _as_declared(make: Forge, measure: Measure, amount: Expr | None) -> Expr:
    places, digits = award_size(measure)
    return as_decimal(make, amount, places, NARROW_DIGITS if digits <= NARROW_DIGITS else MOST_DIGITS)


def as_decimal(make: Forge, amount: Expr | None, places: int, digits: int) -> Expr:
    """A scaled number as a decimal column; a whole one stays whole if it fits."""
    expr = make.null(Kind.WHOLE) if amount is None else amount
    if places == 0 and digits <= NARROW_DIGITS:
        return make.as_kind(expr, Kind.WHOLE)
    return make.make("decimal", expr.kind, (expr,), (digits, places))
