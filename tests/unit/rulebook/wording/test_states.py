"""The words for answers: every outcome and state, as facts of findings in the language of the reader."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.rulebook.model.outcomes import Outcome, State
from luoshi.rulebook.wording import say
from luoshi.rulebook.wording.states import OUTCOMES, STATES, outcome_words, state_words


def test_every_answer_of_an_engine_has_words() -> None:
    assert set(OUTCOMES) == {outcome.word for outcome in Outcome}
    assert set(STATES) == {*(state.word for state in State), "not_applicable"}


@pytest.mark.parametrize(
    ("outcome", "amount", "zh", "en"),
    [
        ("eligible", None, "符合", "eligible"),
        ("eligible", Decimal("200.00"), "符合 (200.00)", "eligible (200.00)"),
        ("eligible", 0, "符合 (0)", "eligible (0)"),
        ("ineligible", None, "不符合", "not eligible"),
        ("undetermined", None, "无法判定", "undetermined"),
        ("not_in_force", None, "未施行", "not in force"),
    ],
)
def test_an_outcome_with_its_amount(outcome: str, amount: object, zh: str, en: str) -> None:
    words = outcome_words(outcome, amount)
    assert (say("zh", "{it}", it=words), say("en", "{it}", it=words)) == (zh, en)


@pytest.mark.parametrize("state", STATES)
def test_a_state_in_both_languages(state: str) -> None:
    words = state_words(state)
    assert say("en", "{it}", it=words) == STATES[state]
    assert say("zh", "{it}", it=words) not in {STATES[state], ""}
