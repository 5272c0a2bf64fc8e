"""Expressions computed by compiled code over written columns."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from luoshi.rulebook.engines.native.compiling import library
from luoshi.rulebook.engines.native.forging import Column, Expr
from luoshi.rulebook.engines.native.kernels import Kernel, Layout, Store, Unit, laid_out, memory_width
from luoshi.rulebook.engines.native.memory import cells_of
from luoshi.rulebook.engines.native.printing import module_text

NOTHING = Layout({}, {})


def computed(exprs: Sequence[Expr], given: Mapping[Column, Sequence[int]], *, fast: bool = False) -> list[list[int]]:
    """The values of expressions in every row of the given columns."""
    rows = max(len(cells) for cells in given.values())
    columns = [Column("made", str(place), memory_width(expr)) for place, expr in enumerate(exprs)]
    units = tuple(Unit((Store(column, expr),)) for column, expr in zip(columns, exprs, strict=True))
    memory: dict[str | Column, Any] = {column: cells_of(cells, column.width) for column, cells in given.items()}
    memory |= {column: np.zeros(rows * column.width // 8, np.uint8) for column in columns}
    call(Kernel("made", units), memory, rows, fast=fast)
    return [numbers(memory[column], column.width) for column in columns]


def call(
    kernel: Kernel,
    memory: Mapping[str | Column, Any],
    rows: int,
    owners: tuple[int, int] = (0, 0),
    *,
    fast: bool = False,
) -> None:
    """Run a kernel over rows of memory."""
    layout = laid_out([entry.column for tally in kernel.tallies for entry in tally.entries])
    text, printed = module_text([kernel], layout)
    made = library(text, printed, None, fast=fast)
    scratch = np.zeros(printed[kernel.name].scratch + 8, np.uint8)
    listed = [scratch.ctypes.data, *(memory[item].ctypes.data for item in printed[kernel.name].buffers)]
    made.functions[kernel.name](0, rows, *owners, (ctypes.c_void_p * len(listed))(*listed))


def numbers(cells: Any, width: int) -> list[int]:
    """Cells as whole numbers."""
    size = width // 8
    content = cells.tobytes()
    return [
        int.from_bytes(content[start : start + size], "little", signed=True) for start in range(0, len(content), size)
    ]
