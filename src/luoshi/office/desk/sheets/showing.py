"""The lines of a sheet as a page shows them: fields to fill in, values in words, what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.office.desk.keeping import in_words
from luoshi.office.desk.naming import Names
from luoshi.office.desk.sheets.opening import Opened
from luoshi.office.registry.shape import Column
from luoshi.office.sheets import queries
from luoshi.office.sheets.lines import CONFIRMED, ENTERED, MISSING, UNCLEAR, Line
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref
from luoshi.rulebook.values.calendar import NEVER


@dataclass(frozen=True)
class FieldView:
    """A field that is asked: how it is entered, what stands in it, and that in words."""

    name: str
    title: str
    kind: str
    text: str
    words: str
    unit: str
    may_be_blank: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LineView:
    """A line of the page. `follows` are titles with values."""

    line: Line
    name: str
    place: str
    fields: tuple[FieldView, ...]
    follows: tuple[tuple[str, str], ...]
    is_open: bool


@dataclass(frozen=True)
class TotalView:
    """What a source was divided into."""

    title: str
    field: str
    sum: str
    whole: str
    left: str
    is_even: bool
    missing: int


def line_views(opened: Opened, *, may_write: bool) -> list[LineView]:
    """Every line."""
    table, block = opened.rules.table, opened.block
    asked = [table.columns[name] for name in block.asked]
    follow = [table.columns[name] for name in (*block.filled, *block.found)]
    names = opened.names
    return [
        LineView(
            line,
            opened.called.get(line.owner) or names.plain(opened.rules.owner_register, line.owner),
            opened.places.get(line.area, line.area) if line.area != opened.sheet.area else "",
            tuple(_fields(opened, asked, line)),
            tuple(_follows(names, opened, follow, line)),
            may_write and line.state in (MISSING, ENTERED, UNCLEAR),
        )
        for line in opened.lines
    ]


def _fields(opened: Opened, columns: Iterable[Column], line: Line) -> Iterator[FieldView]:
    definitions = opened.rules.pack.registers[opened.block.register].fields
    lang = opened.names.lang
    for column in columns:
        definition = definitions[column.name]
        cell = _cell(line.cells, column.name)
        options: list[tuple[str, str]] = []
        if isinstance(column.type, Bool):
            options = [(text, shown(text == "true", column.type, lang)) for text in ("true", "false")]
        elif isinstance(column.type, Code):
            options = [(code, definition.codes[code].say(lang)) for code in column.type.codes]
        yield FieldView(
            column.name,
            column.title.say(lang),
            _kind(column),
            _text(line, column.name),
            in_words(opened.names, opened.rules.table, column, cell) if cell is not None else "",
            shown(0, column.type, lang).partition(" ")[2] if isinstance(column.type, Number) else "",
            definition.blank_never,
            tuple(options),
        )


def _text(line: Line, name: str) -> str:
    return str(line.entry.values.get(name, "")) if line.entry is not None and line.state != CONFIRMED else ""


def _cell(cells: Mapping[str, Any], name: str) -> Any:
    found = cells.get(name)
    return None if found == NEVER else found


def _kind(column: Column) -> str:
    kinds = {Bool: "choice", Code: "select", Date: "date", Number: "number"}
    return kinds.get(type(column.type), "text")


def _follows(names: Names, opened: Opened, columns: Iterable[Column], line: Line) -> Iterator[tuple[str, str]]:
    if line.state not in (ENTERED, CONFIRMED):
        return
    for column in columns:
        cell = _cell(line.cells, column.name)
        yield column.title.say(names.lang), "" if cell is None else _said(names, opened, column, cell)


def _said(names: Names, opened: Opened, column: Column, cell: Any) -> str:
    if isinstance(column.type, Ref):
        return names.of(column.type.register, [cell]).get(cell, "") or names.plain(column.type.register, cell)
    return in_words(names, opened.rules.table, column, cell)


def total_views(opened: Opened) -> list[TotalView]:
    """The sums of the sheet, each beside what was to be divided."""
    found = queries.totals(opened.rules, opened.lines)
    if not found:
        return []
    source = opened.block.source
    assert source is not None
    register = opened.rules.pack.sheets[source.sheet].register
    called = opened.names.of(register, [one.source for one in found])
    return [_total(opened, one, called.get(one.source, str(one.source))) for one in found]


def _total(opened: Opened, one: queries.Total, called: str) -> TotalView:
    lang, column = opened.names.lang, opened.rules.table.columns[one.field]

    def say(value: Any) -> str:
        return shown(value, column.type, lang) if value is not None else ""

    title, is_even = column.title.say(lang), one.left == 0
    return TotalView(called, title, say(one.sum), say(one.whole), say(one.left), is_even, one.missing)
