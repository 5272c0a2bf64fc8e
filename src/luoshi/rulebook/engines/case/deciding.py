"""Decides one subject at a time, with every step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from decimal import localcontext
from fractions import Fraction
from typing import Any

from luoshi.rulebook.engines.case import relating  # noqa: F401  registers the evaluators that look beyond the row
from luoshi.rulebook.engines.case.arithmetic import EXACT, rounded
from luoshi.rulebook.engines.case.evaluating import evaluator, kleene
from luoshi.rulebook.engines.case.frames import Evaluate, FactKey, Frame, Run
from luoshi.rulebook.inputs.settings import Settings
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.model.administration import Duty, IntegrityCheck
from luoshi.rulebook.model.blocks import Limit, Measure, Pack, Target
from luoshi.rulebook.model.nodes import Fact, Node, Value, exact
from luoshi.rulebook.model.outcomes import (
    FULFILMENTS,
    NOT_APPLICABLE,
    SUSPICIONS,
    Outcome,
    State,
    amount_bit,
    outcome_of,
)
from luoshi.rulebook.model.steps import Check, Decision, Determination, Fulfilment, Step, Suspicion
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.values.area_code import level_of


class CaseEngine:
    """Decides the rows of a store under a pack as of a day."""

    def __init__(self, pack: Pack, on: date, settings: Settings | None = None, *, as_if_in_force: bool = False) -> None:
        self.pack, self.on = pack, on
        self.settings = settings or Settings(pack, on)
        self.as_if_in_force = as_if_in_force
        self._measures: dict[str, tuple[list[Evaluate], Evaluate | None]] = {}
        self._facts: dict[FactKey, Evaluate | None] = {}

    def at(self, on: date, settings: Settings) -> CaseEngine:
        """The same engine on another day with other settings; what has been compiled is shared."""
        other = copy(self)
        other.on, other.settings = on, settings
        return other

    def start(self, store: Store) -> Run:
        """What deciding the rows of a store shares: frames and facts already computed."""
        return Run(self.pack, self.on, self.settings, store, self._derivation, self._conditions)

    def decide(self, store: Store, register: str, row_id: Any, *, run: Run | None = None) -> Decision:
        """Everything the pack decides about one row."""
        frame = _frame(run or self.start(store), register, row_id)
        with localcontext(EXACT):
            measures = tuple([self._determine(m, frame) for m in self._of(self.pack.measures, register)])
            checks = [self._check_limit(limit, frame) for limit in self._of(self.pack.limits, register)]
            targets = [self._check_target(target, frame) for target in self._of(self.pack.targets, register)]
            suspicions = [self._suspect(check, frame) for check in self._of(self.pack.integrity_checks, register)]
        return Decision(register, row_id, measures, tuple(checks + targets), tuple(suspicions))

    def determine(self, run: Run, measure: str, row_id: Any) -> Determination:
        """What one measure comes to for one row; nothing else is decided about it."""
        definition = self.pack.measures[measure]
        frame = _frame(run, definition.register, row_id)
        with localcontext(EXACT):
            return self._determine(definition, frame)

    def duties(self, run: Run, register: str, row_id: Any) -> list[Fulfilment]:
        """What a row tells of the duties that say how to see that they were done."""
        frame = _frame(run, register, row_id)
        with localcontext(EXACT):
            return [self._look_after(duty, frame) for duty in self._of(self.pack.duties, register) if duty.done]

    def values(self, run: Run, register: str, row_id: Any, nodes: Iterable[Node]) -> list[Step]:
        """What expressions over a row come to."""
        frame = _frame(run, register, row_id)
        with localcontext(EXACT):
            return [evaluator(node)(frame) for node in nodes]

    def fact(self, store: Store, register: str, row_id: Any, name: str) -> Step:
        """One derived fact of a row, with its steps."""
        frame = _frame(self.start(store), register, row_id)
        with localcontext(EXACT):
            return evaluator(Fact(self.pack.fact(register, name).type, register, name))(frame)

    def constant(self, node: Node, area: str | None = None) -> Value | None:
        """The value of an expression that rests on parameters and the date only, as they hold in an area."""
        run = self.start(Store(self.pack, {"area": {} if area is None else {area: {}}}))
        frame = Frame(run, "area", area, {})
        with localcontext(EXACT):
            return evaluator(node)(frame).value

    @staticmethod
    def _of(blocks: Mapping[str, Any], register: str) -> Iterable[Any]:
        return (block for block in blocks.values() if block.register == register)

    def _derivation(self, key: FactKey) -> Evaluate | None:
        """The evaluator of a derived fact, made when it is first asked for; judgements have none."""
        if key not in self._facts:
            fact = self.pack.facts.get(key)
            self._facts[key] = evaluator(fact.value) if fact is not None and fact.value is not None else None
        return self._facts[key]

    def _conditions(self, measure: str) -> list[Evaluate]:
        return self._compiled(self.pack.measures[measure])[0]

    def _compiled(self, measure: Measure) -> tuple[list[Evaluate], Evaluate | None]:
        if measure.id not in self._measures:
            tests = [evaluator(condition.test) for condition in measure.conditions]
            self._measures[measure.id] = tests, evaluator(measure.amount) if measure.amount is not None else None
        return self._measures[measure.id]

    def _determine(self, measure: Measure, frame: Frame) -> Determination:
        tests, amount_of = self._compiled(measure)
        steps = tuple([test(frame) for test in tests])
        unmet = unknown = 0
        for index, step in enumerate(steps):
            if step.value is None:
                unknown |= 1 << index
            elif not step.value:
                unmet |= 1 << index
        worth = amount_of(frame) if amount_of and not unmet else None
        if worth is not None and worth.value is None:
            unknown |= 1 << amount_bit(measure)
        outcome = outcome_of(unmet, unknown) if self._in_force(measure) else Outcome.NOT_IN_FORCE
        paid = _rounded(worth.value, measure) if worth and outcome is Outcome.ELIGIBLE else None
        return Determination(measure, outcome, steps, paid, worth, unmet, unknown)

    def _in_force(self, measure: Measure) -> bool:
        return self.as_if_in_force or self.pack.in_force(measure, self.on)

    def _check_limit(self, limit: Limit, frame: Frame) -> Check:
        when = evaluator(limit.when)(frame) if limit.when is not None else None
        if when is not None and when.value is False:
            return Check(limit, NOT_APPLICABLE, (), when)
        steps = tuple(evaluator(condition.test)(frame) for condition in limit.holds)
        held = kleene([step.value for step in steps], decides=False)
        state = State.UNKNOWN if when is not None and when.value is None else State.of(held)
        return Check(limit, state.word, steps, when)

    def _check_target(self, target: Target, frame: Frame) -> Check:
        if target.level and frame.register == "area" and level_of(str(frame.row_id)) != target.level:
            return Check(target, NOT_APPLICABLE, ())
        step = evaluator(target.test)(frame)
        return Check(target, State.of(step.truth).word, (step,))

    @staticmethod
    def _suspect(check: IntegrityCheck, frame: Frame) -> Suspicion:
        step = evaluator(check.pattern)(frame)
        return Suspicion(check, SUSPICIONS[State.of(step.truth)], step)

    @staticmethod
    def _look_after(duty: Duty, frame: Frame) -> Fulfilment:
        when = evaluator(duty.when)(frame) if duty.when is not None else None
        if when is not None and when.value is False:
            return Fulfilment(duty, NOT_APPLICABLE, None, when)
        assert duty.done is not None
        step = evaluator(duty.done)(frame)
        state = State.UNKNOWN if when is not None and when.value is None else State.of(step.truth)
        return Fulfilment(duty, FULFILMENTS[state], step, when)


def _frame(run: Run, register: str, row_id: Any) -> Frame:
    """The frame of a row; `KeyError` when there is no such row."""
    frame = run.frame(register, row_id)
    if frame is None:
        raise KeyError(row_id)
    return frame


def _rounded(value: Value | None, measure: Measure) -> Value | None:
    """An amount rounded as its measure says; counts and amounts without a rounding stay as they are."""
    if value is None or measure.rounding is None or measure.amount is None:
        return value
    assert isinstance(measure.amount.type, Number)
    return rounded(Fraction(exact(value)), measure.rounding.places, measure.rounding.mode)
