"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from luoshi.command.options import Day

Call = Callable[..., Any]


def test_a_day_may_be_one_already() -> None:
    assert Day().convert(date(2019, 7, 14), None, None) == date(2019, 7, 14)


@pytest.mark.parametrize("day", ["soon", "2019-02-29", "14.7.2019", "", "9999-12-31", "0999-12-31", "20190714"])
def test_what_is_no_day_is_answered_with_the_form(luoshi: Call, pack: str, case: Call, day: str) -> None:
    result = luoshi("decide", pack, "--case", case(), "--on", day)
    assert result.exit_code == 2
    assert "is not a date; write it as 2019-07-14" in result.stderr


def test_the_languages_are_two(luoshi: Call, pack: str) -> None:
    assert luoshi("check", pack, "--lang", "fr").exit_code == 2
