"""Whole registers, decided by whichever engine is right for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Unpack

from luoshi.rulebook.bulk.asking import RunSummary
from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.engines.native import RunOptions
from luoshi.rulebook.engines.native.taking import Source
from luoshi.rulebook.model.blocks import Pack

__all__ = ["RunOptions", "run"]


def run(pack: Pack, source: Source, on: date, out: Path, **options: Unpack[RunOptions]) -> RunSummary:
    """Decide whole registers and write the results to the folder `out`, all of them or nothing.

    Machine code does it where the memory allowed suffices. Else DuckDB does, which puts aside what does not fit.
    """
    try:
        return native.run(pack, source, on, out, **options)
    except MemoryError:
        asked: dict[str, Any] = {name: value for name, value in options.items() if name != "folder"}
        return sql.run(pack, source, on, out, **asked)
