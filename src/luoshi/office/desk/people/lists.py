"""Reads a list of accounts from a spreadsheet: titles, roles and areas as people write them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.office.accounts.errors import AccountError
from luoshi.office.accounts.listing import COLUMNS, Line
from luoshi.office.accounts.roles import Role
from luoshi.office.desk.people.places import Places
from luoshi.office.exchange.books import Limits, Problem, Refused, Sheet, read_book

TITLES: Mapping[str, str | Promise] = {
    "username": gettext_lazy("账号"),
    "display_name": gettext_lazy("姓名"),
    "role": gettext_lazy("角色"),
    "area": gettext_lazy("区划"),
    "department": gettext_lazy("部门"),
    "id_number": gettext_lazy("身份证号"),
}
NEEDED = ("username", "display_name", "role", "area", "id_number")
LANGUAGES = ("zh-hans", "en")
MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
LIMITS = Limits(rows=2_000, columns=50, cells=100_000, unpacked=50 * MEGABYTE)


class NotRead(ValueError):
    """A file of which nothing can be taken; the text says why, for whoever gave it."""


def read_lines(file: UploadedFile[Any], places: Places) -> tuple[Line, ...]:
    """The lines of a list; areas that no one knows stand as they were written. `NotRead` for what is no list."""
    if (file.size or 0) > MOST_BYTES:
        raise NotRead(_("文件太大，一次最多 %(most)s MB。") % {"most": MOST_BYTES // MEGABYTE})
    sheet = _sheet(file)
    cells = _columns(sheet)
    roles = _in_words(dict(Role.choices))
    rows = zip(*(cells[name] for name in COLUMNS), strict=True)
    return tuple(_line(number, row, roles, places) for number, row in zip(sheet.rows.to_pylist(), rows, strict=True))


def _sheet(file: UploadedFile[Any]) -> Sheet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(file.read())
        try:
            book = read_book(path, file.name or "", _in_words(TITLES), LIMITS)
        except Refused as refused:
            raise NotRead(_said(refused.problem)) from None
    if len(book.sheets) > 1:
        raise NotRead(_("文件里有几张有内容的工作表，请只留名单那一张。"))
    (sheet,) = book.sheets
    if sheet.problems:
        raise NotRead(_said(sheet.problems[0]))
    return sheet


def _said(problem: Problem) -> str:
    told = problem.told()
    return f"{told.wrong} {told.todo}"


def _columns(sheet: Sheet) -> dict[str, list[str]]:
    """The cells of each column as texts."""
    names = _in_words(TITLES)
    found = {
        names[column.title.strip()]: column.cells.texts for column in sheet.columns if column.title.strip() in names
    }
    missing = [str(TITLES[name]) for name in NEEDED if name not in found]
    if missing:
        raise NotRead(_("缺少列：%(missing)s。请用模板的列名。") % {"missing": "、".join(missing)})
    size = len(sheet.rows)
    return {
        name: [(text or "").strip() for text in found[name].to_pylist()] if name in found else [""] * size
        for name in COLUMNS
    }


def _line(number: int, row: tuple[str, ...], roles: Mapping[str, str], places: Places) -> Line:
    username, display_name, role, area, department, id_number = row
    try:
        code = places.code_of(area)
    except AccountError:
        code = area
    return Line(number, username, display_name, roles.get(role, role), code, department, id_number)


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    """The names, by every way in which they may be written: as they are, and in each language."""
    found = {name: name for name in said}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {str(words): name for name, words in said.items()}
    return found
