"""A decision as plain data, in both languages: what `luoshi decide --json` prints and screens show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from luoshi.rulebook.explaining.missing import Missing, missing_in, missing_of
from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.reasons import Reasons
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Award, Bilingual, Condition, Limit, Measure, Pack, Target
from luoshi.rulebook.model.outcomes import State
from luoshi.rulebook.model.steps import Check, Decision, Determination, Step
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.wording import LANGUAGES, msg

Json = dict[str, Any]


class Reporter:
    """Reports decisions under one pack."""

    def __init__(self, pack: Pack, on: date, *, simulated: bool = False) -> None:
        self.pack, self.on, self.simulated = pack, on, simulated
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
                self._condition(condition, step, measure.clause)
                for condition, step in zip(measure.conditions, item.conditions, strict=True)
            ],
            "missing": [self._missing(missing, measure.register) for missing in missing_of(item)],
            "assumptions": [self._assumption(name) for name in assumptions_of(measure, self.pack)],
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
                self._condition(condition, step, block.clause)
                for condition, step in zip(conditions, item.conditions, strict=False)
            ],
        }

    def _condition(self, condition: Condition, step: Step, clause: str) -> Json:
        register = _register_of(step, self.pack)
        requirement = self._each(lambda reasons: reasons.phrases.phrase(step.node))
        return {
            "name": condition.name,
            "title": _both(condition.title) if condition.title else requirement,
            "clause": clause,
            "state": State.of(step.truth).word,
            "requirement": requirement,
            "reason": self._each(lambda reasons: reasons.reason(step)),
            "values": {
                lang: [known._asdict() for known in reasons.values(step)] for lang, reasons in self._reasons.items()
            },
            "workings": {lang: reasons.workings(step) for lang, reasons in self._reasons.items()},
            "missing": [self._missing(item, register) for item in dict.fromkeys(missing_in(step, register))],
        }

    def _missing(self, item: Missing, register: str) -> Json:
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


def _register_of(step: Step, pack: Pack) -> str:
    """The register whose row a condition speaks of, by the first field or fact it names."""
    for node in n.walk(step.node):
        if isinstance(node, n.Field | n.Fact):
            return node.register
    return ""


def assumptions_of(block: Measure | Limit | Target, pack: Pack) -> list[str]:
    """The assumptions a block rests on: those its expressions read, at any depth, and those it names."""
    named: dict[str, None] = dict.fromkeys(getattr(block, "assumes", ()))
    conditions = block.conditions if isinstance(block, Measure) else getattr(block, "holds", ())
    for condition in conditions:
        named |= dict.fromkeys(condition.assumes)
    seen: set[tuple[str, str]] = set()
    for root in _roots(block):
        named |= dict.fromkeys(_switches(root, pack, seen))
    return list(named)


def _roots(block: Measure | Limit | Target) -> Iterator[n.Node]:
    if isinstance(block, Target):
        yield block.test
        return
    tests = block.conditions if isinstance(block, Measure) else block.holds
    yield from (condition.test for condition in tests)
    extra = block.amount if isinstance(block, Measure) else block.when
    if extra is not None:
        yield extra


def _switches(root: n.Node, pack: Pack, seen: set[tuple[str, str]]) -> Iterator[str]:
    for node in n.walk(root):
        if isinstance(node, n.Switch):
            yield node.name
        elif isinstance(node, n.Fact) and (node.register, node.name) not in seen:
            seen.add((node.register, node.name))
            value = pack.fact(node.register, node.name).value
            if value is not None:
                yield from _switches(value, pack, seen)
        elif isinstance(node, n.Eligible):
            for condition in pack.measures[node.measure].conditions:
                yield from _switches(condition.test, pack, seen)
