"""Days in the layouts that people and spreadsheets use."""

from __future__ import annotations

import re
from datetime import date, timedelta

from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER

_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:t?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_DAY = re.compile(r"\d{4}(?:[-/.年]\d{1,2}月?|\d{2}|年)?")
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.0+)?")
"""Five digits are days of Excel, 1927 to 2173; four are a year, six a year and a month."""
_ZERO = date(1899, 12, 30)


class NoDay(ValueError):
    """Not a day. `kind` is `date`, `month_only` or `no_such_day`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


def day_of(text: str) -> date:
    """The day of a text in normal width without blanks. `NoDay` with the reason for anything else.

    >>> {day_of(text) for text in ("2023-01-05", "2023/1/5", "2023.1.5", "2023年1月5日", "20230105", "44931")}
    {datetime.date(2023, 1, 5)}
    >>> day_of("2023年1月")
    Traceback (most recent call last):
    luoshi.office.exchange.books.days.NoDay: month_only
    """
    if serial := _SERIAL.fullmatch(text):
        return _ZERO + timedelta(days=int(serial[1]))
    found = _WHOLE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise NoDay("month_only" if _NO_DAY.fullmatch(text) else "date")
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise NoDay("no_such_day") from None
    if day != NEVER and not FIRST <= day <= LAST:
        raise NoDay("no_such_day")
    return day
