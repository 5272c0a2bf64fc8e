"""Calendar arithmetic on days since 1970: whole months completed; month ends fall to shorter months' ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np

EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def moved(day: date, months: int) -> date:
    """The same day some months later or earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_start(on: date, months: int) -> int:
    """The last first day of work that makes `months` complete on `on`, the first day counted.

    Service is complete when the day after `on` is not before start plus months. Later starts only make that later,
    so the whole test folds to one comparison: back by the months from the day after, then forward over month ends.
    """
    target = on + timedelta(days=1)
    start = moved(target, -months)
    while moved(start + timedelta(days=1), months) <= target:
        start += timedelta(days=1)
    return day_number(start)


def split(days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Month number (from 1970) and day of the month."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months).astype(np.int64) + 1


def months_until(days: np.ndarray, end: date) -> np.ndarray:
    """Whole months from each day to `end`."""
    month, day = split(days)
    shortest = np.minimum(day, monthrange(end.year, end.month)[1])
    return (end.year - 1970) * 12 + end.month - 1 - month - (end.day < shortest)


def months_between(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whole months from each start to each end."""
    start_month, start_day = split(start)
    end_month, end_day = split(end)
    first_next = (end_month + 1).astype("datetime64[M]").astype("datetime64[D]")
    length = (first_next - end_month.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    return end_month - start_month - (end_day < np.minimum(start_day, length))
