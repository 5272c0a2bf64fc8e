"""A page of a list: the rows that a question means within an area, with what is needed to ask further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
COUNTED = 300_000
"""Of a register with so many rows in an area all that are meant are counted: that takes no time to speak of."""
COUNTED_AT_FIRST = 20_000
"""Of a larger one as many are counted at first."""


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
    """A page of a list. `following` and `former` are the ends of the addresses of the pages beside it, "" for none.

    Where there are more rows than `count`, `count_all` is the end of the address that counts them all; else it is "".
    """

    count: int
    count_all: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    by_area: str
    following: str
    former: str


def listed(names: Names, area: str, question: Question) -> Listed:
    """The page that a question asks for, of an area and below. `WrongQuestion` for one that cannot be asked."""
    table = question.table
    found, rows, is_more = found_by(question, area)
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
        count=rows,
        count_all=question.query(count="all") if is_more else "",
        headings=heads,
        lines=lines,
        by_area=question.query(sort="") if question.sort.column != AREA else "",
        following=question.query(after=seal_place(last)) if last else "",
        former=question.query(before=seal_place(first)) if first else "",
    )


def found_by(question: Question, area: str) -> tuple[Page, int, bool]:
    """The page, with where those before and after it begin; how many rows are counted, and whether there are more."""
    table, asked, sort, after = question.table, question.all_filters, question.sort, question.after
    if question.before is not None or not asked:
        return page_of(question, area), *count_at_first(question, area)
    found, rows = queries.counted_page(table, area, asked, sort, after, SIZE, COUNTED_AT_FIRST)
    if found is None:
        return page_of(question, area), *_counted(question, area, rows)
    return _placed(found, question), rows, False


def page_of(question: Question, area: str) -> Page:
    """The rows of the page, with where the pages before and after it begin."""
    table, asked, sort = question.table, question.all_filters, question.sort
    if question.before is not None:
        return queries.page_before(table, area, asked, sort, question.before, SIZE)
    return _placed(queries.page(table, area, asked, sort, question.after, SIZE), question)


def _placed(found: Page, question: Question) -> Page:
    is_later = question.after is not None and found.rows
    return replace(found, before=queries.place_of(found.rows[0], question.sort)) if is_later else found


def count_of(question: Question, area: str) -> int:
    """How many rows there are on all pages together; of a whole register it is known without counting."""
    asked = question.all_filters
    return queries.count(question.table, area, asked) if asked else tally(question.table.name, area).rows


def count_at_first(question: Question, area: str) -> tuple[int, bool]:
    """How many rows there are, as far as they are counted without waiting, and whether there are more."""
    if not question.all_filters:
        return count_of(question, area), False
    rows = queries.count(question.table, area, question.all_filters, COUNTED_AT_FIRST + 1)
    return (rows, False) if rows <= COUNTED_AT_FIRST else _counted(question, area, rows)


def _counted(question: Question, area: str, seen: int) -> tuple[int, bool]:
    """The count where more rows were seen than are counted at first."""
    if question.counts_all or tally(question.table.name, area).rows <= COUNTED:
        return count_of(question, area), False
    return seen - 1, True


def matches(names: Names, question: Question, area: str, size: int) -> Mapping[RowId, tuple[str, str]]:
    """The names and areas of the first rows that a question means."""
    table, asked, sort = question.table, question.all_filters, question.sort
    few, _ = queries.counted_page(table, area, asked, sort, size=size)
    found = (few or queries.page(table, area, asked, sort, size=size)).rows
    called = names.of_rows(table, found)
    places = names.of(DIVISIONS, [row.area_code for row in found if row.area_code])
    return {row.id: (called[row.id], places.get(row.area_code or "", row.area_code or "")) for row in found}
