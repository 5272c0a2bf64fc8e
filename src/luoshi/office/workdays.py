"""Working days of China: the public holidays, and the Saturdays and Sundays worked instead of them.

The State Council announces them for one year at a time. For years it has not announced yet, Monday to Friday count;
`is_announced` tells whoever shows such a day that it may still move.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar import constants

ONE = timedelta(days=1)
SATURDAY = 5
"""As `date.weekday` counts. From it on it is the weekend."""
FIRST_YEAR: int = min(constants.holidays).year
LAST_YEAR: int = max(constants.holidays).year
KINDS = ("working", "calendar")


def is_announced(day: date) -> bool:
    """Whether the holidays of the year are known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return bool(chinese_calendar.is_workday(day)) if is_announced(day) else day.weekday() < SATURDAY


def after(start: date, days: int, kind: str = "working") -> date:
    """The last day of a term of so many days, `working` or `calendar`, in which the starting day does not count.

    Where something has to be done within calendar days, the term runs on to `next_working_day` of it.
    """
    if kind == "calendar":
        return start + days * ONE
    day = start
    for _ in range(days):
        day = next_working_day(day + ONE)
    return day


def next_working_day(day: date) -> date:
    """The day itself if offices are open, else the first day after it on which they are."""
    while not is_working_day(day):
        day += ONE
    return day


def between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and with `end`; negative where `end` comes first."""
    if end < start:
        return -between(end, start)
    return sum(is_working_day(start + each * ONE) for each in range(1, (end - start).days + 1))
