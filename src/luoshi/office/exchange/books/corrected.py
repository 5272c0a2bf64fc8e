"""A user's own sheet back, with what is wrong marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.exchange.books.places import column_of
from luoshi.office.exchange.books.problems import Problem
from luoshi.office.exchange.books.sheets import Sheet
from luoshi.office.exchange.books.writing import LONGEST_TEXT, new_workbook, sheet_name, width_of

MOST_COMMENTS = 500
SLICE = 10_000
WRONG, TITLE = "#FFD9D2", "#E8EEF4"

ByPlace = dict[int, list[Problem]]
"""Problems by row; 0 for those of whole columns or the sheet."""


def write_corrected(path: Path, sheet: Sheet, problems: Iterable[Problem], *, only_wrong: bool = False) -> None:
    """An .xlsx at `path` with the columns and rows of the sheet, wrong cells coloured, and a last column in words.

    Every cell stands where it stood, so that places such as C12 stay right; lines above the titles are left out. With
    `only_wrong`, only the rows with problems are written, one below the other. The texts are in the active language.
    Corrected and read again, the last column is left out.
    """
    by_row: ByPlace = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    with new_workbook(path) as book:
        page = book.add_worksheet(sheet_name(sheet.name))
        marked = _Page(page, sheet, {shade: book.add_format(look) for shade, look in _looks().items()}, by_row)
        marked.write_titles()
        place = sheet.header
        for row, texts in _rows(sheet):
            if row in by_row or not only_wrong:
                place = place + 1 if only_wrong else row
                marked.write_row(place - 1, row, texts)


def _looks() -> dict[str, dict[str, Any]]:
    text: dict[str, Any] = {"num_format": "@"}
    return {
        "text": text,
        "wrong": {**text, "bg_color": WRONG},
        "title": {"bold": True, "bg_color": TITLE, "text_wrap": True, "valign": "top"},
        "wrong_title": {"bold": True, "bg_color": WRONG, "text_wrap": True, "valign": "top"},
        "words": {"text_wrap": True, "valign": "top"},
    }


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[str | None]]]:
    """The number of each row and its cells; a part of the sheet at a time."""
    for first in range(0, len(sheet.rows), SLICE):
        numbers = sheet.rows.slice(first, SLICE).to_pylist()
        cells = [column.cells.texts.slice(first, SLICE).to_pylist() for column in sheet.columns]
        for place, number in enumerate(numbers):
            yield number, [texts[place] for texts in cells]


class _Page:
    """The page that is written, row after row."""

    def __init__(self, page: Any, sheet: Sheet, shades: dict[str, Any], by_row: ByPlace) -> None:
        self._page, self._sheet, self._shades, self._by_row = page, sheet, shades, by_row
        self._places = [column_of(column.letter) for column in sheet.columns]
        self._last = max(self._places) + 1
        self._comments = iter(range(MOST_COMMENTS))
        page.freeze_panes(sheet.header, 0)
        for column, place in zip(sheet.columns, self._places, strict=True):
            page.set_column(place, place, width_of(column.title, 12, 28), shades["text"])
        page.set_column(self._last, self._last, 70)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{1 << 20}"})

    def write_titles(self) -> None:
        """The titles, with what is wrong with whole columns; what is wrong with the sheet stands by the last one."""
        row = self._sheet.header - 1
        whole = self._by_row.get(0, [])
        for column, place in zip(self._sheet.columns, self._places, strict=True):
            own = [problem for problem in whole if problem.letter == column.letter]
            self._page.write_string(row, place, column.title, self._shades["wrong_title" if own else "title"])
            self._comment(row, place, own)
        self._page.write_string(row, self._last, _("有什么不对（请改好后重新上传）"), self._shades["title"])
        self._comment(row, self._last, [problem for problem in whole if not problem.letter])

    def write_row(self, place: int, row: int, texts: list[str | None]) -> None:
        """A row, with its wrong cells coloured and told."""
        problems = self._by_row.get(row, [])
        wrong = {problem.letter for problem in problems}
        for column, at, text in zip(self._sheet.columns, self._places, texts, strict=True):
            shade = self._shades["wrong" if column.letter in wrong else "text"]
            if text is not None:
                self._page.write_string(place, at, text[:LONGEST_TEXT], shade)
            elif column.letter in wrong:
                self._page.write_blank(place, at, None, shade)
            if column.letter in wrong:
                self._comment(place, at, [problem for problem in problems if problem.letter == column.letter])
        if problems:
            self._page.write_string(place, self._last, _lines(problems)[:LONGEST_TEXT], self._shades["words"])

    def _comment(self, row: int, place: int, problems: list[Problem]) -> None:
        """A comment on a cell; large files get a few hundred, since each is a drawing."""
        if problems and any(True for _turn in islice(self._comments, 1)):
            self._page.write_comment(row, place, _lines(problems), {"x_scale": 2})


def _lines(problems: list[Problem]) -> str:
    return "\n".join(map(line, problems))


def line(problem: Problem) -> str:
    """A problem in one line: which cell, what is wrong, what would fit, what to do."""
    told = problem.told()
    place = f"{problem.place} {problem.title}".strip()
    fits = _("应填：%(expected)s") % {"expected": told.expected} if told.expected else ""
    parts = [part for part in (told.wrong, fits, told.todo) if part]
    return (_("%(place)s：") % {"place": place} if place else "") + _("；").join(parts) + _("。")
