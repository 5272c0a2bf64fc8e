"""Two measures that pay the same subject, of which the text does not say whether they may be joined."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from luoshi.rulebook.checking.review.asking import ask
from luoshi.rulebook.checking.review.witnesses import Witness
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.findings import Finding


def paid_twice(pack: Pack, cases: list[Witness]) -> Iterator[Finding]:
    """Pairs of measures of one kind, with the first worked case in which both pay."""
    told = set()
    for case in cases:
        paying = [item for item in case.eligible() if item.amount is not None]
        for first, second in combinations(paying, 2):
            pair = (first.measure.id, second.measure.id)
            if pair not in told and _unsaid(first.measure, second.measure):
                told.add(pair)
                yield ask(
                    "REVIEW-013",
                    second.measure,
                    other=first.measure.id,
                    example=case.example.name,
                    first=first.amount,
                    second=second.amount,
                )


def _unsaid(first: Measure, second: Measure) -> bool:
    """Whether two measures are of one kind and neither says how it stands to the other."""
    return first.support == second.support and not (_speaks_of(first, second) or _speaks_of(second, first))


def _speaks_of(one: Measure, other: Measure) -> bool:
    stacking = one.stacking
    if stacking is None or stacking.rule == "silent":
        return False
    return not stacking.others or other.id in stacking.others
