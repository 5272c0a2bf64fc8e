"""Columns that lie in files and are mapped into memory: what is not looked at just now takes no memory."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.rulebook.engines.native.forging import WORD

WIDE = pa.binary(2 * WORD // 8)
NUMPY = {pa.int8(): np.int8, pa.int32(): np.int32, pa.int64(): np.int64, WIDE: np.int64}


class Shelf:
    """A folder with a file of Arrow for each column."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._maps: list[mmap.mmap] = []

    def put(self, name: str, column: pa.Array) -> pa.Array:
        """Put a column on the shelf; what comes back is the same, read from there when it is looked at."""
        batch = pa.RecordBatch.from_arrays([column], ["cells"])
        with (
            pa.OSFile(str(self.path(name)), "wb") as file,
            pa.ipc.new_file(file, batch.schema) as writer,
        ):
            writer.write_batch(batch)
        return self.get(name)

    def get(self, name: str) -> pa.Array:
        """A column that was put there."""
        with self.path(name).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        batch = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(mapped))).get_batch(0)
        batch.validate()
        self._maps.append(mapped)
        return batch.column(0)

    def path(self, name: str) -> Path:
        """The file of a column."""
        return self.folder / f"{name}.arrow"

    def release(self) -> None:
        """Give back the memory of all that was looked at; whoever looks again finds it in the files."""
        for mapped in self._maps:
            mapped.madvise(mmap.MADV_DONTNEED)


def as_column(cells: Any) -> pa.Array:
    """Cells as a column that can be put on a shelf."""
    if cells.ndim == 1:
        return pa.array(cells)
    return pa.Array.from_buffers(WIDE, len(cells), [None, pa.py_buffer(np.ascontiguousarray(cells))])


def as_cells(column: pa.Array) -> Any:
    """The cells of a column, where they lie."""
    if not len(column):
        return np.empty(0, NUMPY[column.type])
    cells = np.frombuffer(column.buffers()[1], NUMPY[column.type])
    return cells.reshape(-1, 2)[: len(column)] if column.type == WIDE else cells[: len(column)]
