"""A page of a list: the rows that a question means within an area, with what is needed to ask further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.registers.cells import Cells
from luoshi.office.desk.registers.columns import Heading, headings
from luoshi.office.desk.registers.question import Question
from luoshi.office.desk.registers.sealing import seal_place
from luoshi.office.registry import queries
from luoshi.office.registry.queries import Page
from luoshi.office.registry.shape import AREA, DIVISIONS
from luoshi.office.registry.tallying import tally

SIZE = 50


@dataclass(frozen=True)
class Line:
    """A row of a list: its cells in words, each with the heading that it stands under."""

    id: RowId
    name: str
    area: str
    cells: tuple[tuple[Heading, str], ...]
    double: bool


@dataclass(frozen=True)
class Listed:
    """A page of a list. `following` and `former` are the ends of the addresses of the pages beside it, "" for none."""

    count: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    by_area: str
    following: str
    former: str


def listed(names: Names, area: str, question: Question) -> Listed:
    """The page that a question asks for, of an area and below. `WrongQuestion` for one that cannot be asked."""
    table = question.table
    found = page_of(question, area)
    heads = tuple(headings(table, question, names.lang))
    columns = [table.columns[head.name] for head in heads]
    cells = Cells.of(names, table, columns, found.rows)
    called = names.of_rows(table, found.rows)
    places = names.of(DIVISIONS, [row.area_code for row in found.rows if row.area_code])
    lines = tuple(
        Line(
            id=row.id,
            name=called[row.id],
            area=places.get(row.area_code, row.area_code) if row.area_code else "",
            cells=tuple(
                (head, cells.words(column, row.cells[column.name])) for head, column in zip(heads, columns, strict=True)
            ),
            double=row.double,
        )
        for row in found.rows
    )
    first, last = found.before, found.after
    return Listed(
        count=count_of(question, area),
        headings=heads,
        lines=lines,
        by_area=question.query(sort="") if question.sort.column != AREA else "",
        following=question.query(after=seal_place(last)) if last else "",
        former=question.query(before=seal_place(first)) if first else "",
    )


def page_of(question: Question, area: str, size: int = SIZE) -> Page:
    """The rows of the page, with where the pages before and after it begin."""
    table, asked, sort = question.table, question.all_filters, question.sort
    if question.before is not None:
        return queries.page_before(table, area, asked, sort, question.before, size)
    found = queries.page(table, area, asked, sort, question.after, size)
    is_later = question.after is not None and found.rows
    return Page(found.rows, found.after, queries.place_of(found.rows[0], sort) if is_later else None)


def count_of(question: Question, area: str) -> int:
    """How many rows there are on all pages together; of a whole register it is known without counting."""
    asked = question.all_filters
    return queries.count(question.table, area, asked) if asked else tally(question.table.name, area).rows


def matches(names: Names, question: Question, area: str, size: int) -> Mapping[RowId, tuple[str, str]]:
    """The names and areas of the first rows that a question means."""
    found = queries.page(question.table, area, question.all_filters, size=size).rows
    called = names.of_rows(question.table, found)
    places = names.of(DIVISIONS, [row.area_code for row in found if row.area_code])
    return {row.id: (called[row.id], places.get(row.area_code or "", row.area_code or "")) for row in found}
