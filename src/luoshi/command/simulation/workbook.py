"""The tables of a simulation as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from luoshi.command.simulation.sheets import CHANGE, COUNT, MONEY, TEXT, Sheet

SIGNED = "signed"
FORMATS = {
    TEXT: {"text_wrap": True, "valign": "top"},
    COUNT: {"num_format": "#,##0", "valign": "top"},
    MONEY: {"num_format": "#,##0.00", "valign": "top"},
    CHANGE: {"num_format": "+#,##0.00;[Red]-#,##0.00;0.00", "valign": "top"},
    SIGNED: {"num_format": "+#,##0;[Red]-#,##0;0", "valign": "top"},
}
HEADER = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F6B66", "text_wrap": True, "valign": "vcenter"}
NOTE = {"font_color": "#5B6B75", "italic": True}
NARROWEST, WIDEST = 9, 48
MADE = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed day: the same simulation gives the same file


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the tables, one on each sheet: header frozen, filters set, columns as wide as what they hold."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": MADE})
        formats = {name: book.add_format(kind) for name, kind in FORMATS.items()}
        head, note = book.add_format(HEADER), book.add_format(NOTE)
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            top = len(sheet.notes)
            for row, text in enumerate(sheet.notes):
                page.write_string(row, 0, text, note)
            for index, column in enumerate(sheet.columns):
                page.write_string(top, index, column.title, head)
                page.set_column(index, index, _width(column.title, [line[index] for line in sheet.rows]))
            for row, line in enumerate(sheet.rows, top + 1):
                for index, (column, cell) in enumerate(zip(sheet.columns, line, strict=True)):
                    _write(page, (row, index), cell, formats[_kind(column.kind, cell)])
            page.freeze_panes(top + 1, 1)
            page.autofilter(top, 0, top + max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _kind(kind: str, cell: Any) -> str:
    """Whole numbers in a column of money are counts."""
    return {MONEY: COUNT, CHANGE: SIGNED}.get(kind, kind) if isinstance(cell, int) else kind


def _write(page: Any, place: tuple[int, int], cell: Any, style: Any) -> None:
    """Write a cell; Excel itself keeps numbers as binary fractions of fifteen digits."""
    if cell is None:
        page.write_blank(*place, None, style)
    elif isinstance(cell, int | Decimal):
        page.write_number(*place, cell, style)
    else:
        page.write_string(*place, str(cell), style)


def _width(title: str, cells: Sequence[Any]) -> int:
    """How wide a column is: Chinese characters take two places."""
    widest = max((_places(_shown(cell)) for cell in cells), default=0)
    return min(max(widest + 2, min(_places(title) + 4, 16), NARROWEST), WIDEST)


def _shown(cell: Any) -> str:
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell)


def _places(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
