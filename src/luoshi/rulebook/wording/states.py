"""The words for what an engine answers: outcomes of measures, states of conditions and checks."""

from __future__ import annotations

from luoshi.rulebook.model.types import KindWords
from luoshi.rulebook.wording.marking import msg

OUTCOMES = {
    "eligible": msg("eligible"),
    "ineligible": msg("not eligible"),
    "undetermined": msg("undetermined"),
    "not_in_force": msg("not in force"),
}
STATES = {
    "met": msg("met"),
    "unmet": msg("unmet"),
    "unknown": msg("unknown"),
    "not_applicable": msg("not applicable"),
}


def outcome_words(outcome: str, amount: object = None) -> KindWords:
    """An outcome with its amount, if there is one, as a fact of a finding."""
    return KindWords(OUTCOMES[outcome] if amount is None else f"{OUTCOMES[outcome]} ({amount})")


def state_words(state: str) -> KindWords:
    """A state as a fact of a finding."""
    return KindWords(STATES[state])
