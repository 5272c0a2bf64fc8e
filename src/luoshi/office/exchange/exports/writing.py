"""Writes rows into a file: Excel, CSV or Parquet. Nothing here knows where the rows come from."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

EXCEL_ROWS = 1_048_576 - 2
"""Rows that a sheet holds beside the line that says who and why, and the head."""
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GROUP = 65_536
EXCEL_DIGITS = 15
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Sheet:
    """What a file says beside its rows. `told` is its first line: who exported when, and for what."""

    told: str
    titles: Sequence[str]
    schema: pa.Schema


Rows = Iterable[Sequence[Any]]


def write_csv(path: Path, sheet: Sheet, rows: Rows) -> None:
    """Text that Excel reads as it is meant: marked as UTF-8, and no cell of it is ever run as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(sheet.told)])
        writer.writerow([harmless(title) for title in sheet.titles])
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """A cell of a text file that no program takes for a formula.

    >>> harmless("=1+1"), harmless(-5), harmless("样例"), harmless(" =1")
    ("'=1+1", -5, '样例', "' =1")
    """
    is_formula = isinstance(cell, str) and (cell.startswith(BEGIN_FORMULAS) or cell.lstrip().startswith(BEGIN_FORMULAS))
    return f"'{cell}" if is_formula else cell


def write_xlsx(path: Path, sheet: Sheet, rows: Rows) -> None:
    """A workbook of one sheet. Texts stay texts, whatever they begin with."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        page.freeze_panes(2, 1)
        page.set_column(0, max(len(sheet.titles) - 1, 0), 16)
        page.write_string(0, 0, sheet.told)
        for place, title in enumerate(sheet.titles):
            page.write_string(1, place, title, bold)
        for number, row in enumerate(rows, 2):
            for place, cell in enumerate(row):
                _put(page, number, place, cell, day)


def _put(page: Any, number: int, place: int, cell: Any, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        if cell.year > FIRST_YEAR:
            page.write_datetime(number, place, cell, day)
        else:
            page.write_string(number, place, cell.isoformat())
    elif isinstance(cell, int | Decimal) and not isinstance(cell, bool) and len(str(cell)) <= EXCEL_DIGITS:
        page.write_number(number, place, cell)
    else:
        page.write_string(number, place, str(cell))


def write_parquet(path: Path, sheet: Sheet, rows: Rows) -> None:
    """A table with the types of the register; who exported when and for what is in its metadata."""
    schema = sheet.schema.with_metadata({"exported": sheet.told})
    with pq.ParquetWriter(path, schema) as writer:
        for some in _groups(rows):
            columns = list(zip(*some, strict=True))
            arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Rows) -> Iterator[list[Sequence[Any]]]:
    group: list[Sequence[Any]] = []
    for row in rows:
        group.append(row)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


WRITERS: Mapping[str, Callable[[Path, Sheet, Rows], None]] = {
    "xlsx": write_xlsx, "csv": write_csv, "parquet": write_parquet,
}  # fmt: skip
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
