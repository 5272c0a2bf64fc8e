"""The cells that compiled code works on, and different cells counted."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import numpy as np
import pytest

from luoshi.rulebook.engines.native.cells import blank
from luoshi.rulebook.engines.native.forging import Column
from luoshi.rulebook.engines.native.memory import Memory, cells_of, different


@pytest.mark.parametrize(("width", "size"), [(8, 1), (32, 4), (64, 8), (128, 16), (256, 32)])
def test_cells_of_any_width(width: int, size: int) -> None:
    cells = cells_of([1, -2], width)
    assert cells.nbytes == 2 * size
    assert int.from_bytes(cells.tobytes()[size:], "little", signed=True) == -2


def test_different_cells() -> None:
    owners = np.array([0, 0, 0, 1, 1, -1, 3, 0], np.int32)
    cells = np.array([7, 7, 8, blank(32), 9, 9, 9, 8], np.int32)
    assert different(owners, cells, blank(32), 3).tolist() == [2, 1, 0]
    wide = np.array([10**30, 10**30, 5, 6, 6, 7, 8, blank(128)], object)
    assert different(owners, wide, blank(128), 3).tolist() == [2, 1, 0]
    assert different(owners[:0], cells[:0], 0, 2).tolist() == [0, 0]


class Slow(Memory):
    """Memory that takes its time to make a column."""

    def __init__(self) -> None:
        self._cells, self._making = {}, Lock()

    def _column(self, column: Column) -> Any:
        time.sleep(0.01)
        return np.zeros(4, np.int32)


def test_cells_stay_where_they_are_whichever_thread_asks_first() -> None:
    memory = Slow()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(memory.cells, [Column("thing", "x", 32)] * 8))
    assert len({cells.ctypes.data for cells in found}) == 1
