"""How many rows a register gets, and what each belongs to: its parent row and, where it has one, its month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from luoshi.rulebook.model.findings import Finding, Refused, Where
from luoshi.rulebook.model.types import DATE, Ref
from luoshi.sampling.city import MONTH, City, Scope
from luoshi.sampling.columns import Array, Column, Table
from luoshi.sampling.dates import bound
from luoshi.sampling.numbers import floats
from luoshi.sampling.plan_shape import Rows
from luoshi.sampling.streams import Streams
from luoshi.sampling.vocabulary import Draw

FAR_MONTH = 12 * 9000
MOST_ROWS = 100_000_000
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def lay_out(city: City, register: str, rows: Rows, parent: str | None, streams: Streams, scale: float) -> Table:
    """An empty register: only the reference `parent` and the month of each row."""
    if rows.each is None:
        return Table(register, _bearable(register, _total(rows, scale)))
    scope = Scope(city, city.tables[rows.each], streams, (register, "rows"))
    fits = scope.fits(rows.where)
    scope = replace(scope, rows=np.flatnonzero(fits))
    assert scope.rows is not None
    if rows.every:
        return _by_month(scope, register, rows, parent)
    counts = _shared(scope, rows, scale) if rows.total is not None else _sizes(scope, rows)
    count = _bearable(register, int(counts.sum()))
    return Table(register, count, _parents(parent, rows.each, np.repeat(scope.rows, counts)))


def _bearable(register: str, count: int) -> int:
    """The count, unless it is more than can be held."""
    if count > MOST_ROWS:
        facts = {"register": register, "rows": count, "most": MOST_ROWS}
        raise Refused([Finding("SAMPLE-023", Where(column=register), facts)])
    return count


def _total(rows: Rows, scale: float) -> int:
    return max(round((rows.total or 0) * scale), rows.least)


def _parents(parent: str | None, register: str, rows: Array) -> dict[str, Column]:
    return {parent: Column(Ref(register), rows)} if parent else {}


def _sizes(scope: Scope, rows: Rows) -> Array:
    """So many rows for each parent."""
    if rows.size is None:
        return np.ones(scope.count, dtype=np.int64)
    return np.rint(_weights(scope, rows.size)).astype(np.int64)


def _weights(scope: Scope, size: Draw) -> Array:
    """What a size gives for each parent, nothing where it is unknown."""
    values, known = floats(scope.child("size"), size)
    return np.clip(values if known is None else np.where(known, values, 0), 0, MOST_ROWS + 1)


def _shared(scope: Scope, rows: Rows, scale: float) -> Array:
    """The scaled total, shared out in proportion to the sizes without losing a row to rounding."""
    total = _total(rows, scale)
    weights = np.ones(scope.count) if rows.size is None else _weights(scope, rows.size)
    if not weights.sum() > 0:
        return np.zeros(scope.count, dtype=np.int64)
    ends = np.cumsum(weights) * (total / weights.sum()) + scope.random("share").random()
    ends = np.floor(ends).astype(np.int64)
    ends[-1] = total
    return np.diff(np.minimum(ends, total), prepend=0)


def _by_month(scope: Scope, register: str, rows: Rows, parent: str | None) -> Table:
    """One row per month (quarter, year) from the later of the starts to the earliest of the ends."""
    step = MONTHS[rows.every or "month"]
    first = _months(scope, rows.start or "")
    last = np.minimum.reduce([_months(scope, end) for end in rows.to])
    first, last = -(-first // step), last // step
    counts = np.where(first < FAR_MONTH // step, np.maximum(last - first + 1, 0), 0)
    _bearable(register, int(counts.sum()))
    parents = np.repeat(np.arange(scope.count), counts)
    turn = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
    months = ((first[parents] + turn) * step).astype("datetime64[M]")
    assert scope.rows is not None
    columns = _parents(parent, rows.each or "", scope.rows[parents])
    columns[MONTH] = Column(DATE, months.astype("datetime64[D]").astype(np.int32))
    return Table(register, len(parents), columns)


def _months(scope: Scope, text: str) -> Array:
    """Months since 1970 of a written date or of a field; what is unknown is open."""
    column = bound(scope, text)
    months = column.values.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months if column.known is None else np.where(column.known, months, FAR_MONTH)
