"""Policies as written: division codes by their length, and every status there is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from luoshi.rulebook.loading.shapes.policies import PolicyShape

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
