"""A decision as plain data, in both languages: what `luoshi decide --json` prints and screens show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from luoshi.rulebook.explaining.assumptions import assumptions_of
from luoshi.rulebook.explaining.missing import Missing, missing_in, missing_of
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.reasons import Reasons
from luoshi.rulebook.model.administration import Duty
from luoshi.rulebook.model.bases import Bilingual, Condition
from luoshi.rulebook.model.blocks import Award, Limit, Measure, Pack, Target
from luoshi.rulebook.model.outcomes import State
from luoshi.rulebook.model.steps import Check, Decision, Determination, Fulfilment, Step
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.wording import LANGUAGES, msg

Json = dict[str, Any]


class Reporter:
    """Reports decisions under one pack."""

    def __init__(self, pack: Pack, on: date, *, simulated: bool = False) -> None:
        self.pack, self.on, self.simulated = pack, on, simulated
        self._readings: dict[str, list[Json]] = {}
        self._reasons = {lang: Reasons(Phrases(pack, lang)) for lang in LANGUAGES}

    def decision(self, decision: Decision, measure: str | None = None) -> Json:
        """Everything decided about a subject, or one measure of it."""
        policy = self.pack.policy
        chosen = [item for item in decision.determinations if measure in (None, item.measure.id)]
        return {
            "pack": policy.id,
            "pack_hash": self.pack.hash,
            "policy": _both(policy.title),
            "on": self.on.isoformat(),
            "in_force": policy.in_force(self.on),
            "simulated": self.simulated,
            "subject": {
                "register": decision.register,
                "title": _both(self.pack.registers[decision.register].title),
                "id": str(decision.row),
            },
            "measures": [self.determination(item) for item in chosen],
            "checks": [self.check(item) for item in decision.checks] if measure is None else [],
        }

    def determination(self, item: Determination) -> Json:
        """One measure: outcome, amount, conditions with reasons, what is missing, what would change it."""
        measure = item.measure
        return {
            "id": measure.id,
            "title": _both(measure.title),
            "clause": measure.clause,
            "outcome": item.outcome.word,
            "amount": _plain(item.amount),
            "unit": _unit(measure),
            "arithmetic": self._arithmetic(item),
            "discretion": measure.discretion,
            "chosen_by": _both(measure.chosen_by) if isinstance(measure, Award) and measure.chosen_by else None,
            "benefit": _both(measure.benefit) if measure.benefit else None,
            "funds": list(measure.funds),
            "stacking": measure.stacking.rule if measure.stacking else "silent",
            "conditions": [
                self._condition(condition, step, measure)
                for condition, step in zip(measure.conditions, item.conditions, strict=True)
            ],
            "missing": [self.missing(missing, measure.register) for missing in missing_of(item)],
            "assumptions": self._assumptions(measure),
            "changes": self._changes(item),
        }

    def check(self, item: Check) -> Json:
        """One limit or target: its state and reasons."""
        block = item.block
        conditions = (
            block.holds
            if isinstance(block, Limit)
            else (Condition("reached", block.test, block.title, (), block.place.line),)
        )
        return {
            "id": block.id,
            "kind": "limit" if isinstance(block, Limit) else "target",
            "title": _both(block.title),
            "clause": block.clause,
            "state": item.state,
            "force": block.force if isinstance(block, Limit) else None,
            "conditions": [
                self._condition(condition, step, block)
                for condition, step in zip(conditions, item.conditions, strict=False)
            ],
        }

    def duty(self, item: Fulfilment) -> Json:
        """What a row tells of a duty, with the reasons."""
        block = item.duty
        told = [("when", item.when, None), ("done", item.done, block.done_when)]
        there = [(Condition(name, step.node, title, (), block.place.line), step) for name, step, title in told if step]
        return {
            "id": block.id,
            "kind": "duty",
            "title": _both(block.title),
            "clause": block.clause,
            "state": item.state,
            "conditions": [self._condition(condition, step, block) for condition, step in there],
        }

    def _condition(self, condition: Condition, step: Step, block: Measure | Limit | Target | Duty) -> Json:
        register = block.register or ""
        requirement = self._each(lambda reasons: reasons.phrases.phrase(step.node))
        known = {lang: reasons.values(step) for lang, reasons in self._reasons.items()}
        return {
            "name": condition.name,
            "title": _both(condition.title) if condition.title else requirement,
            "clause": block.clause,
            "state": State.of(step.truth).word,
            "requirement": requirement,
            "reason": {lang: reasons.reason(step, known[lang]) for lang, reasons in self._reasons.items()},
            "values": {lang: [value._asdict() for value in values] for lang, values in known.items()},
            "workings": self._each(lambda reasons: reasons.workings(step)),
            "missing": [self.missing(item, register) for item in dict.fromkeys(missing_in(step, register))],
        }

    def missing(self, item: Missing, register: str) -> Json:
        """Something missing, with its title."""
        return {"kind": item.kind, "name": item.name, "title": _both(self._title(item, register))}

    def _title(self, item: Missing, register: str) -> Bilingual:
        """The title of a parameter, table or switch, of a register, or of a field or fact of one."""
        pack = self.pack
        for blocks in (pack.parameters, pack.tables, pack.assumptions, pack.registers):
            if item.name in blocks and (item.kind == "parameter" or blocks is pack.registers):
                return blocks[item.name].title
        owner, _, name = item.name.rpartition(".")
        fields = pack.registers[owner or register].fields
        return fields[name].title if name in fields else pack.fact(owner or register, name).title

    def _arithmetic(self, item: Determination) -> Json | None:
        if item.amount_step is None:
            return None
        step = item.amount_step
        return self._each(lambda reasons: reasons.arithmetic(step, item.amount))

    def _changes(self, item: Determination) -> list[Json]:
        """What would change the outcome: for each condition that is not met, what it asks for."""
        changes = []
        for condition, step in zip(item.measure.conditions, item.conditions, strict=True):
            if not step.value:
                changes.append({"condition": condition.name, **self._each(partial(_change, step))})
        return changes

    def _assumptions(self, measure: Measure) -> list[Json]:
        """The readings a measure rests on, whatever the case."""
        if measure.id not in self._readings:
            self._readings[measure.id] = [self._assumption(name) for name in assumptions_of(measure, self.pack)]
        return self._readings[measure.id]

    def _assumption(self, name: str) -> Json:
        block = self.pack.assumptions[name]
        return {
            "id": name,
            "ref": block.ref,
            "clause": block.clause,
            "title": _both(block.title),
            "reading": _both(block.reading),
        }

    def _each(self, words: Any) -> Json:
        """Words in each language."""
        return {lang: words(reasons) for lang, reasons in self._reasons.items()}


def _change(step: Step, reasons: Reasons) -> str:
    """What an unmet condition asks for, or what an unknown one waits for."""
    if step.value is None:
        return reasons.say(msg("settle: {words}"), words=reasons.phrases.phrase(step.node))
    return reasons.change(step)


def _both(text: Bilingual) -> Json:
    return {"zh": text.zh, "en": text.en}


def _plain(amount: object) -> str | None:
    """An amount as text, without exponent."""
    return f"{amount:f}" if isinstance(amount, Decimal) else None if amount is None else str(amount)


def _unit(measure: Measure) -> str | None:
    """The unit of a measure's amount."""
    return str(measure.amount.type.unit) if measure.amount and isinstance(measure.amount.type, Number) else None
