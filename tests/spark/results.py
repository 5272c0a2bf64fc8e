"""Reads the results of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.rulebook.engines import sql


def registers_of(folder: Path) -> list[str]:
    """The registers that results were written for, and the budget."""
    return sorted(
        path.name.partition(".")[0] for path in folder.iterdir() if path.suffix == ".parquet" or path.is_dir()
    )


def written(folder: Path, register: str) -> dict[str, Any]:
    """Every cell of a result by column, with the order of the rows."""
    return pa.concat_tables([pq.read_table(file) for file in sql.result_files(folder, register)]).to_pydict()
