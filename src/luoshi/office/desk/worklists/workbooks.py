"""Workbooks as answers: texts are written as texts, so that none of them is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Book:
    """A sheet to be printed or filled in: a title above (or none), headings, widths, rows of texts."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[str]]


def written(book: Book) -> bytes:
    """The workbook, set for A4 across, headings on every printed page."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        head = workbook.add_format({"bold": True, "bg_color": "#E3F1EF", "border": 1, "text_wrap": True})
        cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        top = 0
        if book.title:
            sheet.write_string(0, 0, book.title, workbook.add_format({"bold": True, "font_size": 14}))
            top = 1
        for column, (heading, width) in enumerate(zip(book.headings, book.widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, heading, head)
        for number, row in enumerate(book.rows, top + 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, cell)
        sheet.freeze_panes(top + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
    return stream.getvalue()


def answer(book: Book, name: str) -> HttpResponse:
    """The workbook as a file to keep; no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(written(book), content_type=XLSX, headers=headers)
