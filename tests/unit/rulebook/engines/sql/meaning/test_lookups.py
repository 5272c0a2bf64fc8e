"""Looking up equals going through the rows one by one, however the search is laid out."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.lookups import KeyColumn, lookup
from luoshi.rulebook.model.blocks import Band, TableRow
from tests.unit.rulebook.engines.sql.columns_in import values_of


def bands(borders: list[int], open_ends: bool) -> list[Band]:
    edges: list[int | None] = [None, *borders, None] if open_ends else list(borders)
    return [Band(start, below) for start, below in pairwise(edges)]


@st.composite
def tables(draw: Any) -> list[TableRow]:
    """Rows of a band and an exact key that do not overlap, with gaps."""
    rows = []
    for colour in draw(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=10, unique=True)):
        borders = sorted(draw(st.sets(st.integers(-20, 20), min_size=2, max_size=12)))
        for band in bands(borders, draw(st.booleans())):
            if draw(st.integers(0, 5)):
                rows.append(TableRow((band, colour), len(rows), 0))
    return rows


def key(make: Forge, name: str, kind: Kind) -> KeyColumn:
    field = make.field("thing", name, kind)
    return KeyColumn(field, lambda op, value: make.strict(op, Kind.TRUTH, field, make.literal(kind, value)))


def found(make: Forge, keys: list[KeyColumn], rows: list[TableRow]) -> Expr:
    return lookup(make, keys, rows, lambda value: make.literal(Kind.WHOLE, value), make.null(Kind.WHOLE))


KEYS = st.tuples(st.one_of(st.integers(-22, 22), st.none()), st.one_of(st.sampled_from("abcdefghijk"), st.none()))


@given(tables(), st.lists(KEYS, min_size=1, max_size=40))
def test_bands_and_exact_keys(rows: list[TableRow], asked: list[tuple[int | None, str | None]]) -> None:
    make = Forge()
    for order in ((0, 1), (1, 0)):
        keys = [key(make, "band", Kind.WHOLE), key(make, "colour", Kind.TEXT)]
        turned = [TableRow(tuple(row.keys[at] for at in order), row.value, 0) for row in rows]
        expr = found(make, [keys[at] for at in order], turned)
        columns = {keys[0].expr: [band for band, _ in asked], keys[1].expr: [colour for _, colour in asked]}
        assert values_of(expr, columns) == [_by_hand(rows, *pair) for pair in asked]


def _by_hand(rows: list[TableRow], number: int | None, colour: str | None) -> int | None:
    if number is None or colour is None:
        return None
    for row in rows:
        band: Any = row.keys[0]
        inside = (band.start is None or band.start <= number) and (band.below is None or number < band.below)
        if inside and row.keys[1] == colour:
            return row.value
    return None


def test_a_band_open_at_both_ends_wants_a_known_key() -> None:
    make = Forge()
    number = key(make, "band", Kind.WHOLE)
    expr = found(make, [number], [TableRow((Band(None, None),), 7, 0)])
    assert values_of(expr, {number.expr: [5, None]}) == [7, None]


def test_a_long_table_is_searched_by_halving() -> None:
    make = Forge()
    number = key(make, "band", Kind.WHOLE)
    rows = [TableRow((band,), at, 0) for at, band in enumerate(bands(list(range(1000)), True))]
    expr = found(make, [number], rows)
    assert expr.height < 30
    assert values_of(expr, {number.expr: [-5, 0, 998, 5000]}) == [0, 1, 999, 1000]


def test_an_empty_table_knows_nothing() -> None:
    make = Forge()
    assert found(make, [key(make, "band", Kind.WHOLE)], []).is_null
