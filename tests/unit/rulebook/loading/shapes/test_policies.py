"""Policies as written: division codes by their length, and every status there is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from luoshi.rulebook.loading.shapes.policies import ExampleShape, PolicyShape

TITLE = {"zh": "题", "en": "title"}


def policy(**more: object) -> PolicyShape:
    return PolicyShape.model_validate({"id": "x", "title": TITLE, "issuer": TITLE, "status": "draft", **more})


@pytest.mark.parametrize("code", [None, "33", "3311", "331124", "331124101", "331124101001"])
def test_a_jurisdiction_is_a_division(code: str | None) -> None:
    assert policy(jurisdiction=code).jurisdiction == code


@pytest.mark.parametrize("code", ["", "3", "331", "33112", "Lishui", "３３", "3311 "])
def test_other_jurisdictions_are_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        policy(jurisdiction=code)


@pytest.mark.parametrize("status", ["draft", "trial", "in-force", "repealed", "library"])
def test_the_statuses(status: str) -> None:
    assert policy(status=status).status == status


@pytest.mark.parametrize(
    "expect",
    [
        {"m": {"outcome": "eligible", "amount": "5", "unmet": ["a"], "missing": [{"fact": "size"}]}},
        {"cap": "met", "facts": {"big": "true", "open": None}, "rounds": {"best": {"choice": "people"}}},
        {"findings": ["CASE-018"]},
        {},
    ],
)
def test_what_may_be_expected(expect: dict[str, object]) -> None:
    assert ExampleShape.model_validate({"expect": expect}).expect.model_fields_set == set(expect)


@pytest.mark.parametrize(
    "expect",
    [
        None,
        ["m"],
        {"facts": ["big"]},
        {"facts": {"big": ["true"]}},
        {"rounds": {"best": "5"}},
        {"rounds": {"best": {"elegible": "5"}}},
        {"findings": "CASE-018"},
        {"cap": "fine"},
        {"m": None},
        {"m": ["eligible"]},
        {"m": {"outcome": "eligable"}},
        {"m": {"outcom": "eligible"}},
        {"m": {"unmet": "a"}},
        {"m": {"missing": ["size"]}},
        {"m": {"missing": [{"figure": "size"}]}},
    ],
)
def test_an_expectation_that_would_be_passed_over_is_refused(expect: object) -> None:
    with pytest.raises(ValidationError):
        ExampleShape.model_validate({"expect": expect})
