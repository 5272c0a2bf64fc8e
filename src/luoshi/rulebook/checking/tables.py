"""Proves that at most one row of a table fits any keys, and finds the keys that none fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby
from typing import Any

from luoshi.rulebook.model.blocks import Band, Pack, TableDef, TableRow
from luoshi.rulebook.model.findings import Findings, Where


def check_tables(pack: Pack, findings: Findings) -> None:
    """Note overlaps and gaps of every table."""
    for table in pack.tables.values():
        for first, second in _overlaps(table):
            where = Where(table.place.file, second.line, table.place.clause)
            findings.add("CHECK-001", where, first=table.rows.index(first) + 1, second=table.rows.index(second) + 1)
        for gap in _gaps(table):
            findings.add("CHECK-002", Where(table.place.file, table.place.line, table.place.clause), gap=gap)


def _overlaps(table: TableDef) -> Iterator[tuple[TableRow, TableRow]]:
    for first, second in combinations(table.rows, 2):
        if all(_meet(a, b) for a, b in zip(first.keys, second.keys, strict=True)):
            yield first, second


def _meet(a: Any, b: Any) -> bool:
    if not isinstance(a, Band):
        return bool(a == b)
    return _below(a.start, b.below) and _below(b.start, a.below)


def _below(start: Any, below: Any) -> bool:
    return start is None or below is None or start < below


def _gaps(table: TableDef) -> Iterator[str]:
    """Gaps inside the range of a single band key, among rows whose other keys are alike."""
    for index, key in enumerate(table.keys):
        if key.match != "band":
            continue
        rows = sorted(table.rows, key=lambda row: (repr(_others(row, index)), _start(row.keys[index])))
        for _, group in groupby(rows, key=lambda row: _others(row, index)):
            yield from _gaps_between([row.keys[index] for row in group], key.name)


def _others(row: TableRow, index: int) -> tuple[Any, ...]:
    return row.keys[:index] + row.keys[index + 1 :]


def _start(band: Any) -> tuple[bool, Any]:
    return (band.start is not None, band.start if band.start is not None else _zero(band.below))


def _zero(like: Any) -> Any:
    return date.min if isinstance(like, date) else Decimal(0)


def _gaps_between(bands: list[Any], name: str) -> Iterator[str]:
    reached = bands[0].below
    for band in bands[1:]:
        if reached is not None and band.start is not None and band.start > reached:
            yield f"{name}: {reached} … {band.start}"
        reached = None if reached is None or band.below is None else max(reached, band.below)
