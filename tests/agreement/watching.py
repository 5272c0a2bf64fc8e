"""Compiled code called over a part of its rows, with everything around what it may write watched."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np

from luoshi.rulebook.engines import native
from luoshi.rulebook.engines.native.forging import Column
from luoshi.rulebook.engines.native.kernels import Kernel
from luoshi.rulebook.engines.native.planning import Pass

GUARD = 256
UNTOUCHED = 0xA5


class Guarded:
    """Memory with a margin at both ends; every byte says that nobody wrote it."""

    def __init__(self, size: int, content: int = UNTOUCHED) -> None:
        self._whole = np.full(size + 2 * GUARD, UNTOUCHED, np.uint8)
        self.bytes = self._whole[GUARD : GUARD + size]
        self.bytes[:] = content

    @property
    def address(self) -> int:
        return int(self.bytes.ctypes.data)

    def is_whole(self) -> bool:
        """Whether nobody wrote to the margins."""
        return bool((self._whole[:GUARD] == UNTOUCHED).all() and (self._whole[-GUARD:] == UNTOUCHED).all())


class Watched:
    """A question whose registers have been decided once; its code can be called again, part by part."""

    def __init__(self, trying: native.Trying) -> None:
        self.plan, self.memory, self.running = trying.plan, trying.memory, trying.running
        next(trying.outcomes())
        for register, (_, kernel) in self.plan.results.items():
            if not kernel.tallies:
                self.running.call(kernel, 0, self.memory.rows(register))
        self.codes = len(trying.areas) + 1

    def stored(self, kernel: Kernel) -> list[Column]:
        """The columns that a kernel fills."""
        return list(dict.fromkeys(item.column for unit in kernel.units for item in (*unit.stores, *unit.otherwise)))

    def strays(self, kernel: Kernel, register: str, part: tuple[int, int], owners: tuple[int, int]) -> list[str]:
        """What a kernel did beyond what it is for, when it was called for these rows and owners."""
        own: dict[str | Column, Guarded] = {}
        for column in self.stored(kernel):
            own[column] = Guarded(self.memory.rows(register) * column.width // 8)
        for tally in kernel.tallies:
            size = self._owners(tally.record) * self.plan.layout.sizes[tally.record]
            own[tally.record] = Guarded(size, content=0)
        self._call(kernel, part, owners, own)
        found = [str(item) for item, guarded in own.items() if not guarded.is_whole()]
        found += [column.name for column in self.stored(kernel) if not self._is_right(column, own[column], part)]
        if part == (0, self.memory.rows(register)):
            found += [of.record for of in kernel.tallies if not self._is_added(of.record, own[of.record], owners)]
        return found

    def _owners(self, record: str) -> int:
        """How many rows a record has."""
        if record.startswith("budget"):
            return self.codes
        return len(self.memory.cells(record)) // self.plan.layout.sizes[record]

    def _call(self, kernel: Kernel, part: tuple[int, int], owners: tuple[int, int], own: Any) -> None:
        """Call the code; what it only reads has to be what it was."""
        printed = self.running._printed[kernel.name]
        scratch = Guarded(printed.scratch)
        read = {item: self.memory.cells(item) for item in printed.buffers if item not in own}
        before = {item: cells.tobytes() for item, cells in read.items()}
        listed = [scratch.address]
        listed += [own[item].address if item in own else read[item].ctypes.data for item in printed.buffers]
        self.running._functions[kernel.name](*part, *owners, (ctypes.c_void_p * len(listed))(*listed))
        assert scratch.is_whole(), kernel.name
        assert {item: cells.tobytes() for item, cells in read.items()} == before, kernel.name

    def _is_right(self, column: Column, guarded: Guarded, part: tuple[int, int]) -> bool:
        """Whether the rows of the part hold what they held when all were decided, and all others nothing."""
        lo, hi = (row * column.width // 8 for row in part)
        wanted = np.full(len(guarded.bytes), UNTOUCHED, np.uint8)
        wanted[lo:hi] = self.memory.cells(column).view(np.uint8)[lo:hi]
        return bool((guarded.bytes == wanted).all())

    def _is_added(self, record: str, guarded: Guarded, owners: tuple[int, int]) -> bool:
        """Whether the owners asked for, and no others, were added up for."""
        start, end = (owner * self.plan.layout.sizes[record] for owner in owners)
        wanted = guarded.bytes.copy() if record.startswith("budget") else self.memory.cells(record).copy()
        wanted[:start], wanted[end:] = 0, 0
        return bool((guarded.bytes == wanted[: len(guarded.bytes)]).all())

    def parts(self, kernel: Kernel, register: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Parts of the rows and of the owners: all, nothing, one, some from within a block to within another."""
        rows = self.memory.rows(register)
        owners = self._owners(kernel.tallies[0].record) if kernel.tallies else 0
        yield (0, rows), (0, owners)
        yield (0, rows), (owners // 3, owners // 3 * 2)
        yield (rows // 3, rows // 3 * 2 + 1 if rows else 0), (owners // 2, owners)
        yield (max(rows - 1, 0), rows), (0, owners // 2)
        yield (rows // 2, rows // 2), (0, owners)


def mixed(step: Pass) -> set[Column]:
    """What is both read and written in one pass: nothing, so that its code may run at the same time."""
    gathered = [gather.kernel for gather in step.gathers]
    written = {item.column for kernel in step.kernels.values() for unit in kernel.units for item in unit.stores}
    written |= {entry.column for kernel in gathered for tally in kernel.tallies for entry in tally.entries}
    read: set[Column] = set()
    for kernel in [*step.kernels.values(), *gathered]:
        stored = {item.column for unit in kernel.units for item in unit.stores}
        read |= {column for column in kernel.columns() if column not in stored}
    return written & read
