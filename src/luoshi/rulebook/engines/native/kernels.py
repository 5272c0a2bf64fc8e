"""What compiled code does with the rows of a register: fill columns, block by block, and add rows up for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from luoshi.rulebook.engines.native.forging import BIT, BYTE, Column, Expr, within

BLOCK = 1_024
"""Rows that are gone through at a time: what is computed for them stays near the processor."""
CHEAP = 4
"""An expression of no more operations is computed again rather than kept."""
TOGETHER = 32
"""Operations of a loop that does several things, at most."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Store:
    """Fill a column with the value of an expression."""

    column: Column
    expr: Expr


@dataclass(frozen=True)
class Unit:
    """Stores that belong together. Where there is a guard and it does not hold, `otherwise` is stored instead."""

    stores: tuple[Store, ...]
    guard: Expr | None = None
    otherwise: tuple[Store, ...] = ()

    def exprs(self) -> list[Expr]:
        """Every expression of the unit."""
        return [item.expr for item in (*self.stores, *self.otherwise)]

    def unguarded(self) -> list[Expr]:
        """The same, where nothing has to hold."""
        return self.exprs() if self.guard is None else []


@dataclass(frozen=True)
class Entry:
    """A figure of a tally: what `function` does with the cell of `column` for a row that is picked."""

    function: str
    picked: Expr
    value: Expr | None
    column: Column
    seen: Column | None = None


@dataclass(frozen=True)
class Tally:
    """Rows added up in the cells of a record, for the row `owner` of its register."""

    record: str
    owner: Expr
    entries: tuple[Entry, ...]

    def exprs(self) -> list[Expr]:
        """Every expression of the tally."""
        values = [entry.value for entry in self.entries if entry.value is not None]
        return [self.owner, *(entry.picked for entry in self.entries), *values]


@dataclass(frozen=True)
class Kernel:
    """Compiled code over rows of one register."""

    name: str
    units: tuple[Unit, ...] = ()
    tallies: tuple[Tally, ...] = ()

    def columns(self) -> list[Column]:
        """The columns that are read and filled, each once; those of records stand for themselves."""
        found = [expr.column for expr in within(self._exprs()) if expr.column is not None]
        found += [item.column for unit in self.units for item in (*unit.stores, *unit.otherwise)]
        return list(dict.fromkeys(found))

    def buffers(self) -> list[str | Column]:
        """What the code needs the address of: columns, and records by name."""
        columns: list[str | Column] = [column.record or column for column in self.columns()]
        return list(dict.fromkeys([*columns, *(tally.record for tally in self.tallies)]))

    def _exprs(self) -> list[Expr]:
        guards = [unit.guard for unit in self.units if unit.guard is not None]
        parts = [*(unit.exprs() for unit in self.units), *(tally.exprs() for tally in self.tallies)]
        return guards + [expr for part in parts for expr in part]

    def kept(self) -> list[Expr]:
        """What is computed for a block at first and kept for it, in order: what several loops share, and guards."""
        guards = {unit.guard for unit in self.units if unit.guard is not None}
        kept = {expr for expr in guards if not expr.is_const}
        kept |= {expr for tally in self.tallies for expr in tally.exprs() if _is_worth(expr)}
        loops = [tuple(unit.exprs()) for unit in self.units]
        while more := _shared([*loops, *(expr.args for expr in kept)], kept):
            kept |= more
        return sorted(kept, key=lambda expr: expr.number)


def _is_worth(expr: Expr) -> bool:
    return expr.cost > CHEAP


def _shared(loops: Sequence[tuple[Expr, ...]], kept: set[Expr]) -> set[Expr]:
    """The largest parts that several loops compute and that are not kept yet."""
    reached = [below(roots, kept) for roots in loops]
    loops_of = Counter(expr for reach in reached for expr in reach)
    found = set()
    for roots, reach in zip(loops, reached, strict=True):
        tops = {*roots, *(arg for expr in reach if loops_of[expr] == 1 for arg in expr.args)}
        found |= {expr for expr in tops if loops_of[expr] > 1 and expr not in kept and _is_worth(expr)}
    return found


def below(roots: Iterable[Expr], kept: set[Expr]) -> list[Expr]:
    """The roots and what they are made of, operands first; what is kept is not gone into."""
    found: dict[int, Expr] = {}
    waiting = list(roots)
    while waiting:
        expr = waiting.pop()
        if expr.number not in found:
            found[expr.number] = expr
            waiting.extend(() if expr in kept else expr.args)
    return [found[number] for number in sorted(found)]


def together(
    items: Iterable[Item], exprs_of: Callable[[Item], Sequence[Expr]], kept: Sequence[Expr]
) -> list[list[Item]]:
    """Consecutive items that share a loop, so that there is less code to make: their numbers are equally wide.

    As many of those fit into a vector as if each item had its own loop. One without expressions here stays alone.
    """
    groups: list[list[Item]] = []
    before, work = None, 0
    for item in items:
        exprs = exprs_of(item)
        reached = below(exprs, set(kept).difference(exprs))
        like = (max(map(_reach, reached)), any(expr.op == "udiv" for expr in reached)) if exprs else None
        if like is not None and like == before and work + len(reached) <= TOGETHER:
            groups[-1].append(item)
            work += len(reached)
        else:
            groups.append([item])
            before, work = like, len(reached)
    return groups


def _reach(expr: Expr) -> int:
    """The widest number that an operation has to do with."""
    return max(expr.width, *(arg.width for arg in expr.args), BIT)


def memory_width(expr: Expr) -> int:
    """The bits that an expression takes where it is kept: a single bit takes a byte."""
    return BYTE if expr.width == BIT else expr.width


@dataclass(frozen=True)
class Layout:
    """Where the cells of records stand: the bytes of a record, and how far into it each column is."""

    sizes: Mapping[str, int]
    offsets: Mapping[Column, int]


def laid_out(columns: Iterable[Column]) -> Layout:
    """The cells of each record side by side, the widest first."""
    by_record: dict[str, list[Column]] = {}
    for column in columns:
        if column.record is not None:
            by_record.setdefault(column.record, []).append(column)
    sizes, offsets = {}, {}
    for record, listed in by_record.items():
        size = 0
        for column in sorted(listed, key=lambda column: -column.width):
            offsets[column] = size
            size += column.width // 8
        sizes[record] = -(-size // 8) * 8
    return Layout(sizes, offsets)
