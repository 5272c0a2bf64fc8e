"""Working days: festivals, the Saturdays worked for them, and terms that end beside them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.office import workdays

DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 1, 20), True),
        (date(2023, 1, 21), False),
        (date(2023, 1, 27), False),
        (date(2023, 1, 28), True),
        (date(2023, 1, 29), True),
        (date(2023, 2, 4), False),
        (date(2031, 10, 1), True),
        (date(2031, 10, 4), False),
    ],
    ids=str,
)
def test_festivals_and_the_weekends_worked_for_them(day: date, works: bool) -> None:
    """Spring Festival 2023 was from Saturday to Friday, and the weekend after it was worked; 2031 is not announced."""
    assert workdays.is_working_day(day) is works
    assert workdays.is_announced(day) is (day.year < 2031)


@pytest.mark.parametrize(
    ("start", "days", "kind", "last"),
    [
        (date(2023, 1, 19), 1, "working", date(2023, 1, 20)),
        (date(2023, 1, 19), 2, "working", date(2023, 1, 28)),
        (date(2023, 1, 20), 5, "working", date(2023, 2, 1)),
        (date(2023, 1, 19), 7, "calendar", date(2023, 1, 26)),
        (date(2023, 3, 1), 7, "calendar", date(2023, 3, 8)),
        (date(2023, 3, 1), 0, "working", date(2023, 3, 1)),
    ],
)
def test_a_term_does_not_count_its_first_day(start: date, days: int, kind: str, last: date) -> None:
    """Across a festival, in working and in calendar days."""
    assert workdays.after(start, days, kind) == last


@given(DAYS, st.integers(1, 40))
def test_a_term_has_as_many_working_days_as_it_says(start: date, days: int) -> None:
    """Counting back gives the number of days; a day earlier there is one less."""
    last = workdays.after(start, days)
    assert workdays.between(start, last) == days
    assert workdays.between(start, last - timedelta(days=1)) == days - 1
    assert workdays.between(last, start) == -days
