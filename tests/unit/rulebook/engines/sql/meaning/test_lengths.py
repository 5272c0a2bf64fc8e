"""The latest start from which a length of time has passed, against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.lengths import TOO_EARLY, latest_start
from luoshi.rulebook.values.calendar import FIRST, LAST, months_between


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_the_latest_start_is_the_last_that_suffices(end: date, months: int) -> None:
    latest = latest_start(end, months)
    suffices = [months_between(latest + timedelta(days=shift), end) >= months for shift in (-1, 0, 1)]
    assert suffices == [True, True, False]


def test_starts_outside_the_calendar() -> None:
    assert latest_start(date(2020, 1, 1), 12 * 1100) == TOO_EARLY < FIRST
    assert latest_start(date(2020, 1, 1), -12 * 8000) == LAST
