"""The words of a draw: short forms, exactly one kind, sensible numbers."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from luoshi.sampling.vocabulary import Case, Check, Draw, Lognormal


def test_short_forms() -> None:
    assert Draw.model_validate("7").value == "7"
    assert Draw.model_validate({"value": "7", "times": "2"}).times == ["2"]
    spans = Draw.model_validate({"dates": {"from": "2020-01-01", "to": "2020-01-02"}}).dates
    assert spans is not None
    assert spans[0].to == ["2020-01-02"]
    assert Check.model_validate("a") == Check.model_validate({"is": ["a"]}) == Check.model_validate(["a"])
    assert Case.model_validate({"when": {"a": "1"}, "chance": "0.5"}).then.chance == "0.5"
    assert Case.model_validate({"then": "x"}).then.value == "x"


@pytest.mark.parametrize(
    "draw",
    [
        {},
        [],
        {"value": "1", "chance": "0.5"},
        {"choice": {}},
        {"choice": {"a": 0}},
        {"choice": {"a": -1}},
        {"chance": ""},
        {"value": "1", "unknown": 1.5},
        {"value": "1", "unknown": "nan"},
        {"uniform": {"from": "inf", "to": 1}},
        {"lognormal": {"sigma": 1}},
        {"lognormal": {"sigma": 1, "mean": 1, "median": 1}},
        {"lognormal": {"sigma": 1, "mean": 0}},
        {"after": {"date": "a"}},
        {"after": {"date": "a", "days": 1, "months": 1}},
        {"zipf": {"exponent": 1, "most": 0}},
        {"dates": {"from": "2020-01-01", "to": []}},
        {"dates": "2020-01-01"},
        {"credit_code": {"kind": "9I"}},
        {"field": "Upper.case"},
        {"colour": "red"},
        {"cases": "red"},
    ],
)
def test_what_is_no_draw(draw: object) -> None:
    with pytest.raises(ValidationError):
        Draw.model_validate(draw)


def test_a_centre_is_a_mean_or_a_median() -> None:
    assert Lognormal(median=3, sigma=1).mean is None
