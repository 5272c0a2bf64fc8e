"""The values of an .xls, read in a process of its own with little memory.

A damaged .xls can make the reader ask for more memory than there is, which ends its process; it must not be ours. The
file is run as a program: it gets a path and a number of sheets, and answers with one Arrow table for each of them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa

MOST_MEMORY = 4 << 30
MOST_SECONDS = 120


def values(path: Path, sheets: Sequence[int]) -> list[Any]:
    """The tables of sheets by their place in the file, all cells as texts; None when the file cannot be read."""
    command = [sys.executable, "-I", __file__, str(path), *map(str, sheets)]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=MOST_SECONDS)
    except subprocess.SubprocessError:
        return []
    answer = pa.BufferReader(done.stdout)
    return [pa.ipc.open_stream(answer).read_all().combine_chunks() for _ in sheets]


def table_of(reader: fastexcel.ExcelReader, sheet: int | str) -> Any:
    """A sheet from its first row on, all cells as texts."""
    return reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_arrow()


def main() -> None:
    """The tables have been written to the standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = fastexcel.read_excel(sys.argv[1])
    for place in sys.argv[2:]:
        batch = table_of(reader, int(place))
        with pa.ipc.new_stream(sys.stdout.buffer, batch.schema) as stream:
            stream.write_batch(batch)


if __name__ == "__main__":
    main()
