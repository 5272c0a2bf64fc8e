"""Why a condition is met, unmet or unknown, and how an amount comes about, in words with the values compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.rulebook.explaining.phrases import Phrases
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.steps import Step
from luoshi.rulebook.model.types import Number
from luoshi.rulebook.wording import msg

NAMED = (n.Field, n.Fact, n.Parameter, n.Switch)
MOST_VALUES = 12


class Known(NamedTuple):
    """A value that a condition rests on: what it is, what it came to, and where it came from."""

    title: str
    value: str
    source: str


class Reasons:
    """Words for recorded steps, in one language."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.say = phrases.say

    def reason(self, step: Step, known: list[Known]) -> str:
        """What was required and what was found: the values that the step rests on."""
        words = self.phrases.phrase(step.node)
        if [item.title for item in known] == [words]:
            return self.say(msg("{words}: {found}"), words=words, found=known[0].value)
        found = [f"{item.title} {item.value}" for item in known]
        return self.say(msg("{words} ({found})"), words=words, found=found) if found else words

    def values(self, step: Step) -> list[Known]:
        """The named values a step rests on, as far as one reads at a glance: facts are not taken apart."""
        listed = {(known.title, known.value): known for known in self._values(step)}
        return list(listed.values())[:MOST_VALUES]

    def _values(self, step: Step) -> Iterator[Known]:
        node = step.node
        if isinstance(node, NAMED):
            yield Known(self.phrases.title(node), self._shown(step), self._source(step))
        elif isinstance(node, n.Follow):
            source = self._source(next(step.steps(), step))
            yield Known(self.phrases.phrase(node), self._shown(step), source)
        elif isinstance(node, n.Aggregate | n.Lookup | n.Eligible):
            yield Known(self.phrases.phrase(node), self._shown(step), self._source(step))
        elif isinstance(node, n.OnDate):
            yield Known(self.phrases.phrase(node), self._shown(step), "")
        else:
            for part in step.steps():
                yield from self._values(part)

    def _shown(self, step: Step) -> str:
        return shown(step.value, step.node.type, self.phrases.lang, self.phrases.codes(step.node))

    def _source(self, step: Step) -> str:
        """Where a value came from: a register, a clause, a judgement."""
        pack, lang, node = self.phrases.pack, self.phrases.lang, step.node
        if isinstance(node, n.Field):
            return pack.registers[node.register].title.say(lang)
        if isinstance(node, n.Fact):
            fact = pack.fact(node.register, node.name)
            if step.note == "given":
                return self.say(msg("given"))
            if fact.value is None:
                by = fact.judged_by.say(lang) if fact.judged_by else ""
                return self.say(msg("judgement of {by}"), by=by)
            return self.say(msg("worked out under clause {clause}"), clause=fact.clause)
        if isinstance(node, n.Parameter | n.Switch):
            blocks = pack.parameters if isinstance(node, n.Parameter) else pack.assumptions
            return self.say(msg("clause {clause}"), clause=blocks[node.name].clause)
        if isinstance(node, n.Aggregate):
            return pack.registers[node.register].title.say(lang)
        return ""

    def workings(self, step: Step) -> list[str]:
        """How the facts behind a step were worked out, one line each, in the order met."""
        return list(self._workings(step, set()))

    def _workings(self, step: Step, seen: set[int]) -> Iterator[str]:
        if id(step) in seen or isinstance(step.node, n.Aggregate | n.Eligible):
            return
        seen.add(id(step))
        for part in step.steps():
            if isinstance(step.node, n.Fact):
                yield self._worked_out(step.node, step, part)
            yield from self._workings(part, seen)

    def _worked_out(self, fact: n.Fact, step: Step, inner: Step) -> str:
        title, value = self.phrases.title(fact), self._shown(step)
        words = self.phrases.phrase(inner.node)
        if isinstance(inner.node, n.Aggregate):
            return self.say(
                msg("{title} = {words} = {value} ({rows} rows read)"),
                title=title,
                words=words,
                value=value,
                rows=len(inner.parts),
            )
        return self.say(msg("{title} = {words} = {value}"), title=title, words=words, value=value)

    def arithmetic(self, step: Step, paid: object) -> str:
        """The amount as a calculation: the expression in words, then in numbers, then what is paid."""
        words, numbers = self.phrases.phrase(step.node), self.numbers(step)
        result = shown(paid if paid is not None else step.value, step.node.type, self.phrases.lang)
        return f"{words} = {result}" if numbers in {words, result} else f"{words} = {numbers} = {result}"

    def numbers(self, step: Step) -> str:
        """A calculation with values in the place of names."""
        node = step.node
        parts = list(step.steps())
        infix = {n.Add: " + ", n.Subtract: " − ", n.Multiply: " × ", n.Divide: " ÷ "}.get(type(node))
        if infix:
            return infix.join(self._grouped(part) for part in parts)
        if isinstance(node, n.Least | n.Greatest):
            message = msg("the least of {items}") if isinstance(node, n.Least) else msg("the greatest of {items}")
            return self.say(message, items=[self.numbers(part) for part in parts])
        if isinstance(node, n.Choose) and parts:
            return self.numbers(parts[-1])
        return self._shown(step)

    def _grouped(self, step: Step) -> str:
        words = self.numbers(step)
        return f"({words})" if isinstance(step.node, n.Add | n.Subtract) else words

    def change(self, step: Step) -> str:
        """What would have to be different for an unmet step to be met."""
        node = step.node
        if isinstance(node, n.All):
            unmet = [self.change(part) for part in step.steps() if part.value is False]
            return self.phrases.join(unmet, msg(" and "))
        if isinstance(node, n.Any):
            return self.phrases.join([self.change(part) for part in step.steps()], msg(" or "))
        gap = self._gap(node, step) if isinstance(node, n.Compare) else None
        words = self.phrases.phrase(node)
        return self.say(msg("{words} (short by {gap})"), words=words, gap=gap) if gap else words

    def _gap(self, node: n.Compare, step: Step) -> str | None:
        """By how much a comparison of numbers fails."""
        left, right = step.steps()
        if not isinstance(left.node.type, Number) or node.op in {"=", "<>"}:
            return None
        gap = abs(n.exact(right.value) - n.exact(left.value))
        return shown(gap, left.node.type, self.phrases.lang) if gap else None
