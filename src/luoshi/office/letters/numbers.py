"""Numbers of letters: 〔2026〕12号, each the one after the last, without a gap, whoever asks at the same moment."""

from __future__ import annotations

from django.db import connection

_TAKE = """
    INSERT INTO letters_counter (series, area, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (series, area, year) DO UPDATE SET last = letters_counter.last + 1
    RETURNING last
"""


def take(series: str, area: str, year: int) -> int:
    """The next number. The row stays locked until the transaction ends: undone with it, the number is free again."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of the letter that gets it")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, area, year])
        return int(cursor.fetchone()[0])


def written(series: str, year: int, serial: int) -> str:
    """A number as letters carry it.

    >>> written("某人社发", 2026, 12)
    '某人社发〔2026〕12号'
    """
    return f"{series}〔{year}〕{serial}号"
