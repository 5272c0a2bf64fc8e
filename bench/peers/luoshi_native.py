"""Luoshi's native engine: the pack is loaded and compiled, whole registers are decided from Parquet to Parquet.

Variants, for runs after the first: `cached` finds its machine code compiled, `kept` finds its registers taken in, too.
`python -m bench.peers.luoshi_native DATA` prepares what they find.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.peers.results import Results
from bench.peers.written import add_written_budgets
from luoshi.rulebook.engines.native import Wanted, Wish, ingest, run
from luoshi.rulebook.loading import load_pack

PACK = Path(__file__).parent.parent / "pack"
VARIANT = "LUOSHI_BENCH"


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None, memory_limit: str | None = None) -> Results:
    """Load the pack and run it. The engine always writes; without `out_dir` what it wrote is thrown away."""
    results, variant = Results(), os.environ.get(VARIANT)
    with results.phase("build"):
        pack = load_pack(PACK)
    with tempfile.TemporaryDirectory(dir=data_dir.parent) as folder:
        out = out_dir or Path(folder) / "out"
        options = {"folder": _code(data_dir)} if variant else {}
        options |= {"memory_limit": memory_limit} if memory_limit else {}
        with results.phase("run"):
            run(pack, data_dir if variant == "kept" else _bare(data_dir, Path(folder)), on_date, out, **options)
        with results.phase("total"):
            add_written_budgets(results, out)
    return results


def _code(data_dir: Path) -> Path:
    return data_dir.parent / "code"


def _bare(data_dir: Path, folder: Path) -> Path:
    """The files of the registers, without what is kept beside them."""
    bare = folder / "registers"
    bare.mkdir()
    for path in data_dir.glob("*.parquet"):
        (bare / path.name).symlink_to(path.resolve())
    return bare


def prepare(data_dir: Path) -> None:
    """Take the registers in, and compile, as a first run does."""
    ingest(Wish(load_pack(PACK), Wanted(), data_dir), os.cpu_count() or 1)
    os.environ[VARIANT] = "kept"
    evaluate(data_dir, date(2024, 12, 31))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
