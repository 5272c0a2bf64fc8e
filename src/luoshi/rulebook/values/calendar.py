"""Calendar arithmetic of the rulebook, decided once.

A missing day of a month falls to the month's last day; lengths of time are counted in whole months or years completed;
`NEVER` stands for "has not ended" and stays itself. Results outside the years 1000 to 9000 are unknown (`None`).
Basis: the number and date conventions of the sources (documents of 2018 No. 241, shared conventions).
"""

from calendar import isleap
from datetime import date, timedelta

NEVER = date(9999, 12, 31)
FIRST, LAST = date(1000, 1, 1), date(9000, 12, 31)
MOST_MONTHS = 12_000
MOST_DAYS = 400_000
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """The days of a month.

    >>> days_in_month(2020, 2), days_in_month(1900, 2)
    (29, 28)
    """
    return 29 if month == 2 and isleap(year) else _DAYS[month]


def add_months(day: date, months: int) -> date | None:
    """The same day of the month `months` later, or the last day of a shorter month.

    >>> add_months(date(2018, 8, 31), 6)
    datetime.date(2019, 2, 28)
    """
    if abs(months) > MOST_MONTHS:
        return None
    if day == NEVER:
        return NEVER
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST.year <= year <= LAST.year:
        return None
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def add_days(day: date, days: int) -> date | None:
    """The day `days` later."""
    if abs(days) > MOST_DAYS:
        return None
    if day == NEVER:
        return NEVER
    later = day.toordinal() + days
    return date.fromordinal(later) if FIRST.toordinal() <= later <= LAST.toordinal() else None


def days_between(start: date, end: date) -> int | None:
    """Days from `start` to `end`; unknown if either has not come to pass."""
    if NEVER in (start, end):
        return None
    return (end - start).days


def months_between(start: date, end: date) -> int | None:
    """The most whole months `n` such that `add_months(start, n)` is not after `end`.

    >>> months_between(date(2018, 8, 31), date(2019, 2, 28))
    6
    """
    if NEVER in (start, end):
        return None
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < min(start.day, days_in_month(end.year, end.month)))


def years_between(start: date, end: date) -> int | None:
    """The most whole years `n` such that `add_months(start, 12 * n)` is not after `end`.

    >>> years_between(date(2000, 2, 29), date(2018, 2, 28))
    18
    """
    months = months_between(start, end)
    return None if months is None else months // 12


def served(start: date, end: date, day: date, months: int, count_first_day: bool) -> bool | None:
    """Whether somebody who began on `start` is there on `day` and has completed `months` of service.

    `end` is the first day no longer there. With the first day counted, 15 January to 14 July is half a year.

    >>> served(date(2019, 1, 15), NEVER, date(2019, 7, 14), 6, count_first_day=True)
    True
    >>> served(date(2019, 1, 15), NEVER, date(2019, 7, 14), 6, count_first_day=False)
    False
    """
    complete = add_months(start, months)
    if complete is None:
        return None
    if not start <= day < end:
        return False
    return day + timedelta(days=int(count_first_day)) >= complete


def first_of_month(day: date) -> date:
    """The first day of the month of `day`; never stays never."""
    return day if day == NEVER else day.replace(day=1)


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=days_in_month(day.year, day.month))


def first_of_year(day: date) -> date:
    """1 January of the year of `day`; never stays never."""
    return day if day == NEVER else day.replace(month=1, day=1)


def last_of_year(day: date) -> date:
    """31 December of the year of `day`."""
    return day.replace(month=12, day=31)
