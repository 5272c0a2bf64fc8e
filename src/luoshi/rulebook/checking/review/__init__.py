"""What a careful lawyer would ask about a pack: each question a finding, with a concrete case where one shows it.

Nothing here is an error of the pack: a review tells what the *text* leaves open, contradicts or counts twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from luoshi.rulebook.checking.review.ambiguities import open_readings
from luoshi.rulebook.checking.review.bounds import contradicting_bounds, cut_floors
from luoshi.rulebook.checking.review.double_payment import paid_twice
from luoshi.rulebook.checking.review.figures import figures_that_do_not_add_up
from luoshi.rulebook.checking.review.responsibility import (
    amounts_without_fund,
    judgements_nobody_gives,
    ledgers_nobody_keeps,
    measures_without_procedure,
    one_office_alone,
    targets_nobody_reports,
    values_left_to_localities,
)
from luoshi.rulebook.checking.review.thresholds import unequal_wording
from luoshi.rulebook.checking.review.tiers import tiers_apart, unreachable_arms
from luoshi.rulebook.checking.review.ties import rounds_with_ties
from luoshi.rulebook.checking.review.witnesses import Witness, witnesses
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings

QUESTIONS: tuple[Callable[[Pack], Iterable[Finding]], ...] = (
    amounts_without_fund,
    measures_without_procedure,
    one_office_alone,
    ledgers_nobody_keeps,
    judgements_nobody_gives,
    targets_nobody_reports,
    values_left_to_localities,
    unreachable_arms,
    tiers_apart,
    rounds_with_ties,
    contradicting_bounds,
    unequal_wording,
    figures_that_do_not_add_up,
)
"""Questions that the pack's own text answers."""
QUESTIONS_OF_CASES: tuple[Callable[[Pack, list[Witness]], Iterable[Finding]], ...] = (
    paid_twice,
    cut_floors,
    open_readings,
)
"""Questions that are put to the worked cases as well."""


def review(pack: Pack) -> list[Finding]:
    """The findings of a review, by position."""
    cases = witnesses(pack)
    findings = Findings(finding for question in QUESTIONS for finding in question(pack))
    findings.extend(finding for question in QUESTIONS_OF_CASES for finding in question(pack, cases))
    return findings.sorted()
