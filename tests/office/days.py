"""Days on which tests take place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from django.utils import timezone


class Today:
    """The day that it is, for pages and for the worker; whoever holds it lets time pass."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self, value: object = None, timezone: object = None) -> date:
        return self.day


@contextmanager
def on(day: date) -> Iterator[Today]:
    """It is this day, or the one it is moved to."""
    today = Today(day)
    with patch.object(timezone, "localdate", today):
        yield today
