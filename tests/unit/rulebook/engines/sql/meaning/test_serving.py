"""Service on DuckDB equals `values.calendar.served`, whether compared by the start or worked out."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.dates import Dates, Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.serving import served
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER
from tests.unit.rulebook.engines.sql.columns_in import values_of

EDGES = [
    FIRST,
    LAST,
    NEVER,
    date(2019, 1, 15),
    date(2019, 7, 14),
    date(2019, 7, 15),
    date(2018, 8, 31),
    date(2019, 2, 28),
]
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2017, 1, 1), date(2020, 12, 31)))
MAYBE = st.one_of(DAYS, DAYS, DAYS, st.none())
ROWS = st.tuples(MAYBE, MAYBE, MAYBE, st.one_of(st.integers(-13, 40), st.none()), st.one_of(st.booleans(), st.none()))


def meant(row: tuple[date | None, ...]) -> bool | None:
    return None if None in row else calendar.served(*row)


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_columns(rows: list[tuple[date | None, ...]]) -> None:
    dates = Dates(Forge())
    kinds = (Kind.DAY, Kind.DAY, Kind.DAY, Kind.WHOLE, Kind.TRUTH)
    fields = [dates.forge.field("thing", name, kind) for name, kind in zip("abcde", kinds, strict=True)]
    start, end, day, months, first = fields
    columns = {field: [row[at] for row in rows] for at, field in enumerate(fields)}
    assert values_of(served(dates, start, end, months, day, first), columns) == [meant(row) for row in rows]


@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1, max_size=12), DAYS, st.integers(-13, 40), st.booleans())
def test_a_written_day_and_length(rows: list[tuple[date | None, ...]], on: date, months: int, first: bool) -> None:
    wanted = [meant((*row, on, months, first)) for row in rows]
    starts = [row[0] for row in rows if row[0] not in (None, NEVER)]
    spans = [Span(), Span(min(starts, default=FIRST), max(starts, default=FIRST), any(row[0] == NEVER for row in rows))]
    for span in spans:
        dates = Dates(Forge())
        start = dates.learn(dates.forge.field("thing", "a", Kind.DAY), span)
        end = dates.forge.field("thing", "b", Kind.DAY)
        found = served(dates, start, end, dates.whole(months), dates.day(on), dates.forge.truth(first))
        assert values_of(found, {start: [row[0] for row in rows], end: [row[1] for row in rows]}) == wanted


def test_a_written_length_needs_no_calendar_on_the_rows() -> None:
    dates = Dates(Forge())
    start = dates.learn(dates.forge.field("thing", "a", Kind.DAY, known=True), Span(date(2010, 1, 1), date(2020, 1, 1)))
    end = dates.forge.field("thing", "b", Kind.DAY, known=True)
    found = served(dates, start, end, dates.whole(6), dates.day(date(2019, 7, 14)), dates.forge.truth(True))
    assert found.op == "and" and {part.op for part in found.args} == {"<=", "<"}
