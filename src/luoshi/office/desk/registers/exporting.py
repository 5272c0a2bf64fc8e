"""A list as a file: its rows page by page, in words for sheets and as they are for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from luoshi.office.accounts.models import User
from luoshi.office.desk.naming import Names
from luoshi.office.desk.registers.cells import Cells
from luoshi.office.desk.registers.question import Question
from luoshi.office.exchange.exports.models import Export
from luoshi.office.exchange.exports.writing import WRITERS, Sheet
from luoshi.office.registry import queries
from luoshi.office.registry.queries import MOST_ROWS, Page
from luoshi.office.registry.shape import DIVISIONS, Column
from luoshi.rulebook.model.types import Bool, Date, Number, Ref

DIRECTLY = 5_000
"""As many rows are written while somebody waits; more are written by a job."""


@dataclass(frozen=True)
class Exporting:
    """Writes what a question means, within an area, for one person."""

    names: Names
    area: str
    question: Question
    export: Export

    def write(self, path: Path, advance: Callable[[int], None] = lambda written: None) -> int:
        """The file is whole; how many rows it has. `advance` is told how many there are so far."""
        told, columns = said(self.export), self._columns()
        is_plain = self.export.form == Export.Form.PARQUET
        sheet = Sheet(told, self._titles(columns), _schema(self.question, columns))
        counted = _Counted(advance)
        rows = self._rows(columns, in_words=not is_plain)
        WRITERS[self.export.form](path, sheet, counted.through(rows))
        return counted.rows

    def _columns(self) -> list[Column]:
        return [self.question.table.columns[name] for name in self.question.columns]

    def _titles(self, columns: Sequence[Column]) -> list[str]:
        fields = self.names.pack.registers[self.question.table.register].fields
        units = [fields[column.name].unit_label if column.name in fields else "" for column in columns]
        titles = [column.title.say(self.names.lang) for column in columns]
        named = [f"{title}（{unit}）" if unit else title for title, unit in zip(titles, units, strict=True)]
        return [_("编号"), _("名称"), _("地区代码"), _("地区"), *named]

    def _rows(self, columns: Sequence[Column], *, in_words: bool) -> Iterator[Sequence[Any]]:
        for page in self._pages():
            cells = Cells.of(self.names, self.question.table, columns if in_words else (), page.rows)
            called = self.names.of_rows(self.question.table, page.rows)
            places = self.names.of(DIVISIONS, [row.area_code for row in page.rows if row.area_code])
            for row in page.rows:
                told = [row.cells[column.name] for column in columns]
                if in_words:
                    told = [cells.plain(column, cell) for column, cell in zip(columns, told, strict=True)]
                yield [row.id, called[row.id], row.area_code, places.get(row.area_code or ""), *told]

    def _pages(self) -> Iterator[Page]:
        asked, sort, after, is_open = self.question.all_filters, self.question.sort, None, True
        masks = self.export.masked
        while is_open:
            table = self.question.table
            page: Page = queries.page(table, self.area, asked, sort, after, MOST_ROWS, masks=masks)
            after, is_open = page.after, page.after is not None
            yield page


@dataclass
class _Counted:
    advance: Callable[[int], None]
    rows: int = 0

    def through(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            self.rows += 1
            if self.rows % DIRECTLY == 0:
                self.advance(self.rows)
            yield row


def said(export: Export) -> str:
    """The first line of a file: who exported when, where, and for what purpose."""
    at: datetime = localtime(export.asked_at)
    facts = {
        "person": person_of(export.user), "at": at.strftime("%Y-%m-%d %H:%M"), "area": export.area,
        "purpose": export.purpose, "masked": _("号码已遮盖") if export.masked else _("号码未遮盖，请妥善保管"),
    }  # fmt: skip
    return _("%(person)s 于 %(at)s 导出，地区 %(area)s，用途：%(purpose)s。%(masked)s。") % facts


def person_of(user: User) -> str:
    """Somebody's name with the account."""
    return f"{user.display_name}（{user.username}）"


def _schema(question: Question, columns: Sequence[Column]) -> pa.Schema:
    number = pa.string() if question.table.of_divisions else pa.int64()
    fields = [("id", number), ("_name", pa.string()), ("_area_code", pa.string()), ("_area", pa.string())]
    return pa.schema([*fields, *((column.name, _type(column)) for column in columns)])


def _type(column: Column) -> pa.DataType:
    kind = column.type
    if isinstance(kind, Number):
        return pa.decimal128(kind.digits, kind.places) if kind.places else pa.int64()
    if isinstance(kind, Bool):
        return pa.bool_()
    if isinstance(kind, Date):
        return pa.date32()
    return pa.int64() if isinstance(kind, Ref) and column.storage == "bigint" else pa.string()
