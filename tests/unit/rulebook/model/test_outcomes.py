"""Outcomes from masks, and the words and widths that all engines share."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.outcomes import Outcome, State, amount_bit, mask_bits, outcome_of
from tests.unit.rulebook.packs import pack_of


@pytest.mark.parametrize(
    ("unmet", "unknown", "outcome"),
    [
        (0, 0, Outcome.ELIGIBLE),
        (0, 1, Outcome.UNDETERMINED),
        (1, 0, Outcome.INELIGIBLE),
        (2, 1, Outcome.INELIGIBLE),
    ],
)
def test_one_unmet_condition_refuses(unmet: int, unknown: int, outcome: Outcome) -> None:
    assert outcome_of(unmet, unknown) is outcome


def test_the_words_are_those_of_the_output() -> None:
    assert [State.of(value).word for value in (True, False, None)] == ["met", "unmet", "unknown"]
    assert [outcome.word for outcome in Outcome] == ["not_in_force", "eligible", "ineligible", "undetermined"]


@pytest.mark.parametrize(
    ("conditions", "bits"), [(1, 8), (7, 8), (8, 16), (15, 16), (16, 32), (31, 32), (32, 64), (60, 64)]
)
def test_a_mask_has_room_for_the_amount(conditions: int, bits: int) -> None:
    tests = ", ".join(f"c{number}: good" for number in range(conditions))
    text = f"measure\nm: {{title: BOTH, for: thing, conditions: {{{tests}}}, frequency: once, discretion: may}}\n"
    measure = pack_of(text).measures["m"]
    assert amount_bit(measure) == conditions
    assert mask_bits(measure) == bits
