"""Sums over a comparison: by measure, area, fund, payer and cause, before and after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.model.blocks import Award, Pack
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.simulating.comparing import BETWEEN
from luoshi.rulebook.simulating.decided import CENTS, money
from luoshi.rulebook.simulating.rounds import prizes
from luoshi.rulebook.simulating.side import Side
from luoshi.rulebook.values.area_code import LENGTHS

ELIGIBLE, UNDETERMINED = Outcome.ELIGIBLE.word, Outcome.UNDETERMINED.word
COSTS = ("cost_before", "cost_after")
MOVES = ("newly_eligible", "no_longer_eligible", "newly_undetermined", "amount_changed")


@dataclass(frozen=True)
class Figures:
    """Counts of subjects and measures, and costs in yuan, before and after a change."""

    eligible_before: int = 0
    eligible_after: int = 0
    newly_eligible: int = 0
    no_longer_eligible: int = 0
    undetermined_before: int = 0
    undetermined_after: int = 0
    newly_undetermined: int = 0
    amount_changed: int = 0
    cost_before: Decimal = Decimal("0.00")
    cost_after: Decimal = Decimal("0.00")

    @property
    def difference(self) -> Decimal:
        """What the change costs; below zero what it saves."""
        return self.cost_after - self.cost_before

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, name) + getattr(other, name) for name in NAMES))


NAMES = tuple(field.name for field in fields(Figures))
COUNTS = tuple(name for name in NAMES if name not in COSTS)
CELLS = pa.schema(
    [
        ("measure", pa.string()),
        ("area", pa.string()),
        *((name, pa.int64()) for name in COUNTS),
        *((name, money(CENTS)) for name in COSTS),
    ]
)


@dataclass(frozen=True)
class Line:
    """The figures of one measure, area, fund or payer."""

    key: str
    figures: Figures


@dataclass(frozen=True)
class CauseLine:
    """Why a measure changes for some subjects, and for how many.

    `causes` are the changed blocks, `clauses` theirs, `conditions` those that come out otherwise, `difference` that of
    the amounts; an award has none, since only as many are paid as there are places.
    """

    measure: str
    causes: str
    clauses: str
    conditions: str
    count: int
    newly_eligible: int
    no_longer_eligible: int
    newly_undetermined: int
    amount_changed: int
    difference: Decimal | None


class Sums:
    """The figures of a comparison, kept by measure and area."""

    def __init__(self, before: Side, after: Side, folders: tuple[Path, Path], changes: pa.Table) -> None:
        self._packs = before.pack, after.pack
        tables = [CELLS.empty_table(), _as_cells(_transitions(changes, "measure", "area"))]
        for side, folder, when in zip((before, after), folders, ("before", "after"), strict=True):
            tables += [_as_cells(table) for table in decided_cells(side, folder, when)]
        self.cells = _summed(pa.concat_tables(tables), ["measure", "area"])

    @cached_property
    def measures(self) -> list[Line]:
        """By measure, in the order of the packs."""
        found = {line.key: line for line in _lines(_summed(self.cells, ["measure"]), "measure")}
        before, after = (pack.measures for pack in self._packs)
        return [found[name] for name in [*after, *(name for name in before if name not in after)] if name in found]

    @property
    def total(self) -> Figures:
        """Over everything."""
        return sum((line.figures for line in self.measures), Figures())

    def areas(self, level: str) -> list[Line]:
        """By area of a level; what is recorded for wider areas only stays with them, what has no area under nothing."""
        return _lines(self.by_area(level), "area")

    def by_area(self, level: str) -> pa.Table:
        """The same as a table, for areas that may be many."""
        codes = pc.utf8_slice_codeunits(self.cells.column("area"), 0, LENGTHS[level])
        return _summed(self.cells.set_column(1, "area", codes), ["area"])

    def funds(self) -> list[Line]:
        """By the funds that a measure may be paid from, several of them together."""
        return self._by(lambda pack, measure: BETWEEN.join(pack.measures[measure].funds))

    def payers(self) -> list[Line]:
        """By who pays, several together where the text does not divide the burden."""
        return self._by(_payers)

    def _by(self, key: Callable[[Pack, str], str]) -> list[Line]:
        """By something said of measures; what it was before counts for the costs before."""
        found: dict[str, Figures] = {}
        for line in self.measures:
            for place, figures in zip(self._packs, _halves(line.figures), strict=True):
                name = key(place, line.key) if line.key in place.measures else ""
                if name or figures != Figures():
                    found[name] = found.get(name, Figures()) + figures
        return [Line(name, found[name]) for name in sorted(found)]


def _payers(pack: Pack, measure: str) -> str:
    return BETWEEN.join(dict.fromkeys(pack.funds[fund].payer for fund in pack.measures[measure].funds))


def _halves(figures: Figures) -> tuple[Figures, Figures]:
    """The figures that belong to the side before, and those that belong to the side after."""
    old = {name: getattr(figures, name) for name in NAMES if name.endswith("_before") or name == "no_longer_eligible"}
    new = {name: getattr(figures, name) for name in NAMES if name not in old}
    return Figures(**old), Figures(**new)


def awards_of(pack: Pack) -> list[str]:
    """The measures that are awards."""
    return [name for name, measure in pack.measures.items() if isinstance(measure, Award)]


def decided_cells(side: Side, folder: Path, when: str) -> Iterable[pa.Table]:
    """What a run decided, from the results in a folder."""
    return cells_of(side, pq.read_table(folder / "budget.parquet"), prizes(side, folder), when)


def cells_of(side: Side, budget: pa.Table, paid: pa.Table, when: str) -> Iterable[pa.Table]:
    """What was decided, from a budget and the prizes of rounds: awards cost no more than those."""
    is_award = pc.is_in(budget.column("measure"), pa.array(awards_of(side.pack), pa.string()))
    nothing = pa.scalar(Decimal("0.00"), money(CENTS))
    yield pa.table(
        {
            "measure": budget.column("measure"),
            "area": budget.column("area"),
            f"eligible_{when}": budget.column("eligible"),
            f"undetermined_{when}": budget.column("undetermined"),
            f"cost_{when}": pc.if_else(is_award, nothing, budget.column("amount")),
        }
    )
    yield paid.rename_columns(["area", "measure", f"cost_{when}"])


def by_cause(changes: pa.Table, awards: Collection[str]) -> list[CauseLine]:
    """The counted changes by measure and cause, the most frequent first."""
    keys, sums = ["measure", "causes", "clauses", "conditions"], ["count", *MOVES, "difference"]
    table = _transitions(changes, *keys, "count", "difference")
    found = table.group_by(keys).aggregate([(name, "sum") for name in sums]).rename_columns([*keys, *sums])
    ordered = found.sort_by([("count", "descending"), *((key, "ascending") for key in keys)])
    lines = [CauseLine(**row) for row in ordered.to_pylist()]
    return [replace(line, difference=None) if line.measure in awards else line for line in lines]


def _transitions(changes: pa.Table, *kept: str) -> pa.Table:
    """The counts of changes as figures, beside the columns to be kept."""
    count, was, becomes = changes.column("count"), changes.column("before"), changes.column("after")
    counted: Mapping[str, Any] = {
        "newly_eligible": pc.and_(pc.not_equal(was, ELIGIBLE), pc.equal(becomes, ELIGIBLE)),
        "no_longer_eligible": pc.and_(pc.equal(was, ELIGIBLE), pc.not_equal(becomes, ELIGIBLE)),
        "newly_undetermined": pc.and_(pc.not_equal(was, UNDETERMINED), pc.equal(becomes, UNDETERMINED)),
        "amount_changed": pc.equal(was, becomes),
    }
    columns = {name: pc.if_else(counted[name], count, 0) for name in MOVES}
    return pa.table({**{name: changes.column(name) for name in kept}, **columns})


def _as_cells(table: pa.Table) -> pa.Table:
    """A table with all columns of cells; what it does not have is zero, no area is an empty one."""
    columns = []
    for field in CELLS:
        if field.name in table.column_names:
            columns.append(table.column(field.name).cast(field.type))
        else:
            columns.append(pa.repeat(pa.scalar(0).cast(field.type), table.num_rows))
    found = pa.table(columns, schema=CELLS)
    return found.set_column(1, "area", pc.fill_null(found.column("area"), ""))


def _summed(cells: pa.Table, keys: list[str]) -> pa.Table:
    """The cells summed over everything but the keys, in the order of the keys."""
    sums = cells.group_by(keys).aggregate([(name, "sum") for name in NAMES])
    named = sums.rename_columns([*keys, *NAMES]).sort_by([(key, "ascending") for key in keys])
    return named.cast(pa.schema([CELLS.field(name) for name in named.column_names]))


def _lines(table: pa.Table, key: str) -> list[Line]:
    """A summed table, which is short, as lines."""
    return [Line(row.pop(key), Figures(**row)) for row in table.to_pylist()]
