"""What every engine hands back: four columns per measure in row order, totals per county, times per phase."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.rules.reading import SUBJECTS, rules

PARTS = {"outcome": np.uint8, "amount": np.int32, "unmet": np.uint8, "unknown": np.uint8}
ELIGIBLE, INELIGIBLE, UNDETERMINED = 1, 2, 3
ROW_GROUP = 122_880
BATCH = 1 << 18
Columns = dict[str, np.ndarray]


@dataclass
class Results:
    """Per register the columns `<measure>.<part>` in the order of ids; totals by county and measure; phases.

    With an `out_dir` an engine writes its results there; one that does not hold them leaves `columns` empty.
    """

    columns: dict[str, Columns] = field(default_factory=dict)
    budgets: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    phases: dict[str, float] = field(default_factory=dict)
    notes: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase: wall seconds under `name`, CPU seconds under `name.cpu`."""
        wall, cpu = time.perf_counter(), _cpu()
        yield
        self.phases[name] = time.perf_counter() - wall
        self.phases[f"{name}.cpu"] = _cpu() - cpu

    def add_budget(self, register: str, county: np.ndarray, counties: list[str]) -> None:
        """Total eligible rows and amounts of a register by county (`county` holds places in `counties`)."""
        for measure in rules().of(register):
            rows = np.flatnonzero(self.columns[register][f"{measure.id}.outcome"] == ELIGIBLE)
            amounts = self.columns[register][f"{measure.id}.amount"][rows]
            heads = np.bincount(county[rows], minlength=len(counties))
            sums = np.bincount(county[rows], weights=amounts, minlength=len(counties))
            for place in np.flatnonzero(heads):
                self.budgets[counties[place], measure.id] = int(heads[place]), int(sums[place])


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def empty(register: str, rows: int) -> Columns:
    """Result columns to be filled."""
    return {
        f"{measure.id}.{part}": np.zeros(rows, kind) for measure in rules().of(register) for part, kind in PARTS.items()
    }


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """A well-spread 64-bit image of each number."""
    mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    return mixed ^ (mixed >> np.uint64(29))


def fingerprint(results: Results, written: Path | None = None) -> dict[str, str]:
    """A hash per register that does not depend on the order of rows, and one of the county totals.

    Results that are not held in memory are read from the files written, a batch at a time.
    """
    if results.columns or written is None:
        marks = {register: _mark(_slices(columns)) for register, columns in results.columns.items()}
    else:
        marks = {register: _mark(_batches(written, register)) for register in SUBJECTS}
    totals = repr(sorted(results.budgets.items())).encode()
    return {**marks, "budgets": hashlib.sha256(totals).hexdigest()[:16]}


def _mark(parts: Iterable[tuple[np.ndarray, Columns]]) -> str:
    """The sum of a hash of every row: its id and all its columns."""
    total = np.uint64(0)
    for ids, columns in parts:
        mark = _mixed(ids.astype(np.uint64))
        for place, name in enumerate(sorted(columns)):
            part = columns[name].astype(np.int64).view(np.uint64)
            mark = _mixed(mark ^ _mixed(part + np.uint64(place * 0x10001 + 1)))
        total += mark.sum(dtype=np.uint64)
    return f"{int(total):016x}"


def _slices(columns: Columns) -> Iterator[tuple[np.ndarray, Columns]]:
    rows = len(next(iter(columns.values())))
    for low in range(0, rows, BATCH):
        high = min(rows, low + BATCH)
        yield np.arange(low, high), {name: values[low:high] for name, values in columns.items()}


def _batches(folder: Path, register: str) -> Iterator[tuple[np.ndarray, Columns]]:
    names = list(empty(register, 0))
    for file in _files(folder, register):
        for batch in pq.ParquetFile(file).iter_batches(BATCH, columns=["id", *names]):
            yield batch.column("id").to_numpy(), {name: _plain(batch.column(name)) for name in names}


def _files(folder: Path, register: str) -> list[Path]:
    """The file of a register or, as Luoshi writes large ones, the files of its parts."""
    return sorted([*folder.glob(f"{register}.parquet"), *folder.glob(f"{register}.[0-9]*.parquet")])


def write_wide(results: Results, folder: Path | None) -> None:
    """One Parquet file per register, zstd: the id and four columns per measure; nothing without a folder."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with results.phase("write"):
        for register, columns in results.columns.items():
            rows = len(next(iter(columns.values())))
            arrays = {"id": pa.array(np.arange(rows, dtype=np.int64))}
            arrays.update({name: pa.array(values) for name, values in columns.items()})
            pq.write_table(
                pa.table(arrays), folder / f"{register}.parquet", compression="zstd", row_group_size=ROW_GROUP
            )


def read_wide(folder: Path) -> dict[str, Columns]:
    """The columns of result files, in the order of ids. An amount that is blank counts as nothing paid."""
    found = {}
    for register in SUBJECTS:
        rows = sum(pq.ParquetFile(file).metadata.num_rows for file in _files(folder, register))
        found[register] = empty(register, rows)
        for ids, columns in _batches(folder, register):
            for name, values in columns.items():
                found[register][name][ids] = values
    return found


def _plain(column: pa.Array) -> np.ndarray:
    """Whole numbers; decimals as fen."""
    if not pa.types.is_decimal(column.type):
        return column.fill_null(0).to_numpy(zero_copy_only=False)
    fen = pc.multiply(column.cast(pa.decimal128(20, 2)), pa.scalar(100, pa.decimal128(3, 0)))
    return fen.cast(pa.int64()).fill_null(0).to_numpy()
