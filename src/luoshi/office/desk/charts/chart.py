"""A chart as plain data: the table that it is drawn from, and the sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.office.desk.wording import MILLION, MYRIAD

MOST_BARS = 20
"""Of more only the longest are shown; the table below a measure lists all."""
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """A series: its title, and the tone that it is drawn in."""

    title: str
    tone: str


@dataclass(frozen=True)
class Row:
    """A bar or a point: its name, where it leads ("" nowhere), and a number for each column, None if not known."""

    name: str
    values: tuple[Decimal | int | None, ...]
    query: str = ""

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each value as a program and as a person reads it."""
        return [("", "") if value is None else (str(value), f"{value:,}") for value in self.values]


@dataclass(frozen=True)
class Chart:
    """`kind` is `bars`, `stacked` or `line`; `mark` a value with a line; `rest` how many rows are left out."""

    id: str
    title: str
    finding: str
    kind: str
    axis: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    mark: int | None = None
    rest: int = 0
    note: str = ""


def ranked(rows: Iterable[Row]) -> tuple[tuple[Row, ...], int]:
    """The rows with something in them, the largest first, and how many more there are than can be shown."""
    busy = [row for row in rows if total(row)]
    busy.sort(key=total, reverse=True)
    return tuple(busy[:MOST_BARS]), max(0, len(busy) - MOST_BARS)


def total(row: Row) -> Decimal:
    """The length of a stacked bar."""
    return sum((Decimal(value) for value in row.values if value is not None), Decimal(0))


def in_unit(amounts: Iterable[Decimal], lang: str) -> tuple[str, Decimal]:
    """The unit that sums of one chart are read in, and what it is worth in yuan.

    >>> in_unit([Decimal(30), Decimal(43500)], "zh"), in_unit([Decimal(43500)], "en")
    (('万元', Decimal('10000')), ('yuan', Decimal('1')))
    """
    largest = max(amounts, default=Decimal(0))
    unit, worth = ("m yuan", MILLION) if lang == "en" else ("万元", MYRIAD)
    return (unit, worth) if largest >= worth else ("yuan" if lang == "en" else "元", Decimal(1))


def share(part: Decimal | int, whole: Decimal | int) -> int:
    """A part in whole percent.

    >>> share(1, 3), share(1, 0)
    (33, 0)
    """
    return int((100 * Decimal(part) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP)) if whole else 0


def by_code(names: Iterable[tuple[str, str]], values: Mapping[str, tuple[Decimal | int, ...]], day: str) -> list[Row]:
    """A row for each area that has values; it leads to the same page for that area."""
    return [Row(name, values[code], f"?area={code}{day}") for code, name in names if code in values]
