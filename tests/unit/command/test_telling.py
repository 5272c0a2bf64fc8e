"""What a decision looks like in the terminal: each state with its mark, each outcome with its words."""

from __future__ import annotations

import pytest

from luoshi.command.telling import KINDS, MARKS, OUTCOMES, STATES, tell

BOTH = {"zh": "题", "en": "title"}
MEASURE = {
    "title": BOTH,
    "clause": "1/1",
    "outcome": "eligible",
    "amount": "5",
    "unit": None,
    "discretion": "must",
    "arithmetic": None,
    "conditions": [],
    "missing": [],
    "changes": [{"zh": "改", "en": "be bigger"}],
    "assumptions": [],
}


def told(measure: dict[str, object], capsys: pytest.CaptureFixture[str], lang: str = "en") -> str:
    report = {
        "policy": BOTH,
        "on": "2019-07-14",
        "subject": {"title": BOTH, "id": "this"},
        "pack_hash": "0123456789abcdef",
        "simulated": False,
        "in_force": True,
        "measures": [MEASURE | measure],
        "checks": [],
    }
    tell(report, lang)
    return capsys.readouterr().out


def test_every_state_and_outcome_can_be_told() -> None:
    assert set(MARKS) == set(STATES)
    assert set(OUTCOMES) == {"eligible", "ineligible", "undetermined", "not_in_force"}
    assert set(KINDS) == {"fact", "parameter", "judgement"}


def test_an_amount_without_unit(capsys: pytest.CaptureFixture[str]) -> None:
    text = told({}, capsys)
    assert "title  [1/1]  eligible  5 \n" in text
    assert "due when the conditions are met" in text
    assert "title this  0123456789ab\n" in text


CONDITION = {
    "title": {"zh": "够大", "en": "big"},
    "requirement": {"zh": "大小大于5", "en": "size is above 5"},
    "state": "met",
    "values": {
        "zh": [],
        "en": [{"title": "size", "value": "6", "source": "thing"}, {"title": "x", "value": "1", "source": ""}],
    },
    "workings": {"zh": [], "en": ["size = 2 × 3 = 6"]},
}


def test_a_condition_shows_its_values_and_where_they_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    text = told({"conditions": [CONDITION]}, capsys)
    assert "  ✓ big: size is above 5\n      size 6  ← thing\n      x 1\n      size = 2 × 3 = 6\n" in text


def test_a_condition_does_not_say_its_title_twice(capsys: pytest.CaptureFixture[str]) -> None:
    text = told({"conditions": [CONDITION | {"title": CONDITION["requirement"]}]}, capsys)
    assert "  ✓ size is above 5\n" in text


def test_only_a_refusal_says_what_would_change_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert "be bigger" not in told({}, capsys)
    assert "  would change it: be bigger\n" in told({"outcome": "ineligible", "amount": None}, capsys)


def test_words_in_brackets_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    assert "[red]x[/red]" in told({"title": {"zh": "x", "en": "[red]x[/red]"}}, capsys)
