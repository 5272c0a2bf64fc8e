"""Files as people give them, and a small city to give them to."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl  # type: ignore[import-untyped] # the library has no types
from django.db import connection
from psycopg import sql

from luoshi.office.exchange import actions, working
from luoshi.office.exchange.actions import Given
from luoshi.office.exchange.models import Import
from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import table_of
from luoshi.office.runs import library
from tests.office.runs.city import PACK, install_city

CITY = "3311"
NOW = datetime(2024, 3, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUSEHOLDS = ("户编号", "行政区划", "年人均纯收入")

__all__ = ["CITY", "NOW", "PACK", "install", "install_city"]


def install(folder: Path) -> None:
    """The city is there."""
    install_city(folder / "data")


def workbook(titles: Sequence[str], rows: Sequence[Sequence[Any]], sheet: str = "名单") -> bytes:
    """An .xlsx with a row of titles and the rows below it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(list(titles))
    for row in rows:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def titles(register: str, *names: str) -> list[str]:
    """The titles of columns, as the pack has them."""
    fields = library.pack(PACK).registers[register].fields
    return [fields[name].title.zh for name in names]


def give(register: str, content: bytes, area: str = CITY, *, clears: bool = False, by: str = "chen") -> Import:
    """An import that was checked."""
    pack = library.pack(PACK)
    work, _ = actions.receive(pack, register, Given("名单.xlsx", content, clears), area=area, by=by, now=NOW)
    working.check(work.id)
    work.refresh_from_db()
    return work


def take_in(work: Import, by: str = "wang") -> Import:
    """The import, accepted and taken in."""
    actions.accept(work, by=by, now=NOW)
    working.take_in(work.id)
    work.refresh_from_db()
    return work


def take_back(work: Import, by: str = "wang") -> Import:
    """The import, undone."""
    actions.undo(work, "给错了文件", by=by, now=NOW)
    working.undo(work.id)
    work.refresh_from_db()
    return work


def rows(register: str, *names: str, where: str = "true") -> list[tuple[Any, ...]]:
    """Cells of a register, in the order of ids."""
    table = table_of(library.pack(PACK), register)
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    form = sql.SQL("SELECT {} FROM {} WHERE ").format(listed, identifier(table.name)).as_string() + where
    with connection.cursor() as cursor:
        cursor.execute(form + " ORDER BY id")
        return list(cursor.fetchall())
