"""Drawing dates: from weighted spans, counted from another date, or within the month of the row."""

from __future__ import annotations

import numpy as np

from luoshi.rulebook.model.types import DATE
from luoshi.rulebook.values.calendar import FIRST, LAST, MOST_DAYS, MOST_MONTHS
from luoshi.sampling.city import MONTH, Scope
from luoshi.sampling.columns import Array, Column
from luoshi.sampling.numbers import floats, weighted
from luoshi.sampling.vocabulary import Draw, is_number

EARLY, FAR = (np.datetime64(day, "D").astype(np.int64) for day in (FIRST, LAST))


def draw_dates(scope: Scope, draw: Draw) -> Column:
    """Days from spans; a span that ends before it starts gives its first day."""
    spans = draw.dates or []
    chosen = weighted(scope, [span.weight for span in spans])
    starts = [[bound(scope, text) for text in span.start] for span in spans]
    firsts = _chosen([np.maximum.reduce([column.values for column in columns]) for columns in starts], chosen)
    known = _chosen([np.logical_and.reduce([column.mask() for column in columns]) for columns in starts], chosen)
    lasts = _chosen([np.minimum.reduce([_end(scope, text) for text in span.to]) for span in spans], chosen)
    lengths = np.maximum(lasts - firsts + 1, 1)
    days = firsts + np.floor(scope.random("day").random(scope.count) * lengths).astype(np.int64)
    return Column(DATE, days.astype(np.int32), None if known.all() else known)


def bound(scope: Scope, text: str) -> Column:
    """A written date, or the dates of a field."""
    if is_number(text):
        return Column(DATE, np.full(scope.count, np.datetime64(text, "D").astype(np.int64)))
    return scope.column(text)


def _end(scope: Scope, text: str) -> Array:
    """A last day; one that is not known does not bound."""
    column = bound(scope, text)
    return np.where(column.mask(), column.values, FAR).astype(np.int64)


def _chosen(columns: list[Array], chosen: Array) -> Array:
    """For each row the value of the column that was chosen for it."""
    picked: Array = columns[0] if len(columns) == 1 else np.stack(columns)[chosen, np.arange(len(chosen))]
    return picked


def draw_after(scope: Scope, draw: Draw) -> Column:
    """Days counted from another date."""
    assert draw.after
    base = scope.column(draw.after.date)
    length = draw.after.days or draw.after.months
    assert length
    values, known = floats(scope.child("length"), length)
    most = MOST_DAYS if draw.after.days else MOST_MONTHS
    counts = np.rint(np.clip(values, -most, most)).astype(np.int64)
    days = base.values + counts if draw.after.days else add_months(base.values, counts)
    days = np.clip(days, EARLY, FAR)
    known = base.known if known is None else known & base.mask()
    return Column(DATE, days.astype(np.int32), known)


def draw_month(scope: Scope, draw: Draw) -> Column:
    """A day of the row's month, or of a month later."""
    assert draw.month
    first = add_months(scope.column(MONTH).values, np.full(scope.count, draw.month.later))
    values, _ = floats(scope.child("day"), draw.month.day)
    length = add_months(first, np.ones(scope.count, dtype=np.int64)) - first
    return Column(DATE, (first + np.clip(np.rint(values), 1, length) - 1).astype(np.int32))


def add_months(days: Array, months: Array) -> Array:
    """The same day of the month some months later, or the last day of a shorter month."""
    moments = days.astype("datetime64[D]")
    month = moments.astype("datetime64[M]")
    day = (moments - month).astype(np.int64)
    target = month + months
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    moved: Array = target.astype("datetime64[D]").astype(np.int64) + np.minimum(day, length - 1)
    return moved
