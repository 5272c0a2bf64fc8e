"""A simulation over whole registers: both sides decided, compared, summed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.running import RunOptions, run
from luoshi.rulebook.simulating.causes import Causes
from luoshi.rulebook.simulating.comparing import Comparison
from luoshi.rulebook.simulating.decided import CENTS, money
from luoshi.rulebook.simulating.differing import Change, changes_between
from luoshi.rulebook.simulating.side import Side, only_measures
from luoshi.rulebook.simulating.summing import COSTS, COUNTS, CauseLine, Line, Sums, awards_of, by_cause
from luoshi.rulebook.simulating.undecided import Undecided, undecided
from luoshi.rulebook.values.area_code import LENGTHS

Source = Path | Mapping[str, pa.Table]
Progress = Callable[[int, int, str], None]
FIGURES = (*COUNTS, *COSTS, "difference")
GROUPINGS = ("total", "measure", *LENGTHS, "fund", "payer")
SUMMARY = pa.schema(
    [
        ("grouping", pa.string()),
        ("key", pa.string()),
        *((name, pa.int64()) for name in COUNTS),
        *((name, money(CENTS)) for name in (*COSTS, "difference")),
    ]
)


@dataclass(frozen=True)
class Simulation:
    """What a change comes to over whole registers."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    touched: tuple[str, ...]
    sums: Sums
    causes: list[CauseLine]
    undecided: list[Undecided]
    rows: Mapping[str, int]


def kept_registers(data: Source) -> frozenset[str]:
    """The registers in a source of data."""
    if isinstance(data, Mapping):
        return frozenset(data)
    return frozenset(path.stem for path in Path(data).glob("*.parquet"))


def simulate(
    before: Side, after: Side, data: Source, work: Path, out: Path, **options: Unpack[RunOptions]
) -> Simulation:
    """Decide the registers of `data` on both sides and compare.

    The changes are written to `out`: `changes/<register>.parquet` and `summary.parquet`. `work` holds the results of
    both runs, which nobody needs afterwards.
    """
    folders = work / "before", work / "after"
    for number, (side, folder) in enumerate(zip((before, after), folders, strict=True)):
        decide(only_measures(side), data, folder, (number, 2), options)
    causes = Causes(before, after, changes_between(before, after))
    comparison = Comparison(before, after, causes, folders)
    (out / "changes").mkdir(parents=True)
    rows = {name: comparison.write(name, out / "changes" / f"{name}.parquet") for name in comparison.registers()}
    counts = comparison.counts()
    sums = Sums(before, after, folders, counts.changes)
    pq.write_table(summary(sums), out / "summary.parquet", compression="zstd")
    open_ = undecided(before, after, counts.open, kept_registers(data))
    why = by_cause(counts.changes, {*awards_of(before.pack), *awards_of(after.pack)})
    return Simulation(before, after, causes.changes, tuple(causes.touched()), sums, why, open_, rows)


def decide(side: Side, data: Source, folder: Path, turn: tuple[int, int], options: RunOptions) -> None:
    """Decide one side; progress is told as that of one of several runs."""
    told = options.copy()
    told["local"], told["as_if_in_force"] = side.local, side.as_if_in_force
    told["progress"] = _in_turn(options.get("progress"), *turn)
    run(side.pack, data, side.on, folder, **told)


def _in_turn(progress: Progress | None, number: int, runs: int) -> Progress | None:
    if progress is None:
        return None
    show = progress
    return lambda done, total, label: show(number * total + done, runs * total, label)


def summary(sums: Sums) -> pa.Table:
    """The figures of every grouping, one row for each of its keys: all in one table, for other programs."""
    short = {"total": [Line("", sums.total)], "measure": sums.measures, "fund": sums.funds(), "payer": sums.payers()}
    tables = {grouping: _few(lines) for grouping, lines in short.items()}
    tables |= {level: _many(sums.by_area(level)) for level in LENGTHS}
    return pa.concat_tables(_grouped(grouping, tables[grouping]) for grouping in GROUPINGS)


def _few(lines: list[Line]) -> pa.Table:
    """A few lines as a table."""
    rows = [{"key": line.key, **{name: getattr(line.figures, name) for name in FIGURES}} for line in lines]
    return pa.Table.from_pylist(rows, schema=SUMMARY.remove(0))


def _many(table: pa.Table) -> pa.Table:
    """A summed table, with the difference of the costs."""
    difference = pc.subtract(table.column("cost_after"), table.column("cost_before")).cast(money(CENTS))
    return table.append_column("difference", difference).rename_columns(SUMMARY.names[1:]).cast(SUMMARY.remove(0))


def _grouped(grouping: str, table: pa.Table) -> pa.Table:
    return table.add_column(0, "grouping", pa.repeat(grouping, table.num_rows))
