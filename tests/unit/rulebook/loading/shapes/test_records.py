"""Registers, parameters and tables as written: the dated values of a parameter are gathered from its keys."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from luoshi.rulebook.loading.shapes.records import ParameterShape

TITLE = {"zh": "题", "en": "title"}


def test_the_keys_that_are_dates_are_values() -> None:
    shape = ParameterShape.model_validate({"title": TITLE, "2018-12-22": "5", "2020-01-01": "6"})
    assert shape.values == {"2018-12-22": "5", "2020-01-01": "6"}
    assert ParameterShape.model_validate({"title": TITLE}).values == {}


@pytest.mark.parametrize("key", ["2018-12", "2018-1-1", "soon"])
def test_other_keys_are_not(key: str) -> None:
    with pytest.raises(ValidationError):
        ParameterShape.model_validate({"title": TITLE, key: "5"})
