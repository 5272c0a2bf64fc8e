"""Blocks: texts in both languages, and the days on which a policy is in force."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.model.bases import Bilingual
from tests.unit.rulebook.packs import POLICY, pack_of

FUND = "fund\nm: {title: BOTH, payer: county}\n"


def test_a_text_in_both_languages() -> None:
    both = Bilingual("某局", "an office")
    assert (both.say("zh"), both.say("en")) == ("某局", "an office")


@pytest.mark.parametrize(
    ("status", "span", "on", "holds"),
    [
        ("in-force", "{from: 2018-12-22}", date(2018, 12, 21), False),
        ("in-force", "{from: 2018-12-22}", date(2018, 12, 22), True),
        ("trial", "{from: 2018-12-22, to: 2019-12-31}", date(2019, 12, 31), True),
        ("in-force", "{from: 2018-12-22, to: 2019-12-31}", date(2020, 1, 1), False),
        ("in-force", "{to: 2019-12-31}", date(2019, 1, 1), False),
        ("draft", "{from: 2018-12-22}", date(2019, 1, 1), False),
        ("repealed", "{from: 2018-12-22}", date(2019, 1, 1), False),
        ("library", "{from: 2018-12-22}", date(2019, 1, 1), False),
    ],
)
def test_when_a_policy_is_in_force(status: str, span: str, on: date, holds: bool) -> None:
    policy = POLICY.replace("in-force", status, 1).replace("{from: 2000-01-01}", span)
    assert pack_of(FUND, policy=policy).policy.in_force(on) is holds
