"""Where the text can be read in more than one way, and a worked case that comes out otherwise under another reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.checking.review.witnesses import Witness
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.blocks import Assumption, Pack
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.steps import Decision
from luoshi.rulebook.model.types import KindWords
from luoshi.rulebook.wording.states import outcome_words, state_words


@dataclass(frozen=True)
class Shown:
    """A worked case in which a block comes out otherwise under another reading."""

    alternative: Bilingual
    example: str
    decided: str
    before: KindWords
    after: KindWords


def open_readings(pack: Pack, cases: list[Witness]) -> Iterator[Finding]:
    """Each assumption; one that can be computed, with the first case that changes under an alternative."""
    for assumption in pack.assumptions.values():
        facts = {"reading": assumption.reading, "ref": assumption.ref or "-"}
        shown = next(_shown(assumption, cases), None)
        if shown is None:
            yield ask("REVIEW-016", assumption, **facts)
        else:
            yield ask("REVIEW-017", assumption, **facts, **vars(shown))


def _shown(assumption: Assumption, cases: list[Witness]) -> Iterator[Shown]:
    if assumption.default is None:
        return
    for case in cases:
        if assumption.id in case.switches:
            before = case.decided(case.with_value(assumption.id, assumption.default))
            for value, words in assumption.alternatives:
                assert value is not None
                after = case.decided(case.with_value(assumption.id, value))
                for block, old, new in _differences(before, after):
                    yield Shown(words, case.example.name, block, old, new)


def _differences(before: Decision, after: Decision) -> Iterator[tuple[str, KindWords, KindWords]]:
    for old, new in zip(before.determinations, after.determinations, strict=True):
        if (old.outcome, old.amount) != (new.outcome, new.amount):
            yield (
                old.measure.id,
                outcome_words(old.outcome.word, old.amount),
                outcome_words(new.outcome.word, new.amount),
            )
    for check, other in zip(before.checks, after.checks, strict=True):
        if check.state != other.state:
            yield check.block.id, state_words(check.state), state_words(other.state)
