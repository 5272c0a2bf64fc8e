"""Writes seeded synthetic registers as Parquet, one file per register.

    python -m bench.data FOLDER --persons 1000000 [--seed 1]

Batches of a quarter million households keep memory far below one gigabyte at any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.parquet as pq

from bench.synthetic.areas import area_table
from bench.synthetic.people import Homes, Plan
from bench.synthetic.work import Jobs, workshops

ON_DATE = date(2024, 12, 31)
HOUSEHOLDS_PER_BATCH = 250_000
JOBS_PER_BATCH = 1_000_000
ROW_GROUP = 122_880


class RegisterFile:
    """A Parquet file that is written batch by batch."""

    def __init__(self, folder: Path, register: str) -> None:
        self.path = folder / f"{register}.parquet"
        self.writer: pq.ParquetWriter | None = None

    def append(self, table: pa.Table) -> None:
        """Write more rows."""
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, table.schema, compression="zstd", store_decimal_as_integer=True)
        self.writer.write_table(table, row_group_size=ROW_GROUP)

    def __enter__(self) -> RegisterFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self.writer is not None:
            self.writer.close()


def _batches(rows: int, size: int) -> Iterator[tuple[int, int]]:
    for first in range(0, rows, size):
        yield first, min(size, rows - first)


def write_registers(folder: Path, people: int, seed: int) -> None:
    """Write all five registers for `people` persons, a multiple of eight."""
    if people % 8:
        raise click.BadParameter("the number of persons must be a multiple of eight")
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(people, seed, (ON_DATE - date(1970, 1, 1)).days)
    homes, jobs = Homes(plan), Jobs(plan)
    with RegisterFile(folder, "area") as file:
        file.append(area_table(homes.codes, seed))
    with RegisterFile(folder, "household") as of_homes, RegisterFile(folder, "person") as of_people:
        for first, rows in _batches(plan.households, HOUSEHOLDS_PER_BATCH):
            batch, poor = homes.households(first, rows)
            of_homes.append(batch.table())
            of_people.append(homes.people(first, poor).table())
    with RegisterFile(folder, "workshop") as file:
        file.append(workshops(plan).table())
    with RegisterFile(folder, "employment") as file:
        for first, rows in _batches(plan.jobs, JOBS_PER_BATCH):
            file.append(jobs.rows(first, rows).table())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--persons", default=100_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(folder: Path, persons: int, seed: int) -> None:
    """Write the registers of PERSONS people into FOLDER."""
    write_registers(folder, persons, seed)


if __name__ == "__main__":
    main()
