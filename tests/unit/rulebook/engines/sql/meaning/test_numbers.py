"""Numbers get columns that always hold them, and keep bounds that always hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import Arithmetic, Quantity, TooWide, kind_of, places_of, scaled
from tests.unit.rulebook.engines.sql.columns_in import values_of

SIDES = st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9)), min_size=1, max_size=12)


def column(numbers: Arithmetic, name: str, places: int, most: int = 10**9) -> Quantity:
    return Quantity(numbers.forge.field("thing", name, kind_of(most)), places, -most, most)


@pytest.mark.parametrize(
    ("value", "places", "wanted"),
    [
        (Decimal("0.50"), 2, 50),
        (7, 3, 7000),
        (Decimal("-1.5"), 1, -15),
        (Decimal("12345678901234567890.12345678"), 8, 1234567890123456789012345678),
    ],
)
def test_scaling_is_exact(value: int | Decimal, places: int, wanted: int) -> None:
    assert scaled(value, places) == wanted


def test_scaling_refuses_to_drop_digits() -> None:
    with pytest.raises(ValueError):
        scaled(Decimal("0.505"), 2)


def test_places_that_a_value_needs() -> None:
    assert [places_of(Decimal(text)) for text in ("1.50", "100", "0.000", "1E+3", "0.125")] == [1, 0, 0, 0, 3]


def test_columns_are_as_narrow_as_the_bounds_allow() -> None:
    assert kind_of(2**63 - 1) is Kind.WHOLE
    assert kind_of(2**63) is Kind.WIDE
    assert kind_of(10**38 - 1) is Kind.WIDE
    with pytest.raises(TooWide):
        kind_of(10**38)


@given(
    SIDES, SIDES, st.sampled_from(["add", "subtract", "multiply"]), st.sampled_from([(0, 0), (2, 0), (0, 4), (2, 2)])
)
def test_arithmetic(left: list[int | None], right: list[int | None], name: str, places: tuple[int, int]) -> None:
    rows = list(zip(left, right, strict=False))
    numbers = Arithmetic(Forge())
    a, b = column(numbers, "a", places[0]), column(numbers, "b", places[1])
    found = getattr(numbers, name)(a, b)
    exact = {"add": Decimal.__add__, "subtract": Decimal.__sub__, "multiply": Decimal.__mul__}[name]
    wanted = [
        None if x is None or y is None else exact(Decimal(x).scaleb(-places[0]), Decimal(y).scaleb(-places[1]))
        for x, y in rows
    ]
    seen = values_of(found.expr, {a.expr: [x for x, _ in rows], b.expr: [y for _, y in rows]})
    assert [None if value is None else Decimal(value).scaleb(-found.places) for value in seen] == wanted
    assert all(found.low <= value <= found.high for value in seen if value is not None)


@pytest.mark.parametrize("op", ["<=", ">="])
@given(st.lists(st.tuples(*[st.one_of(st.none(), st.integers(-9, 9))] * 3), min_size=1, max_size=12))
def test_extremes_are_unknown_as_soon_as_one_part_is(
    op: str, rows: list[tuple[int | None, int | None, int | None]]
) -> None:
    numbers = Arithmetic(Forge())
    items = [column(numbers, name, 1, 9) for name in "abc"]
    found = numbers.extreme(op, [*items, numbers.literal(Decimal("0.4"), 1)])
    choose = min if op == "<=" else max
    wanted = [None if None in row else choose(*row, 4) for row in rows]
    assert values_of(found.expr, {item.expr: [row[at] for row in rows] for at, item in enumerate(items)}) == wanted


def test_a_product_too_wide_for_any_column_is_refused() -> None:
    numbers = Arithmetic(Forge())
    with pytest.raises(TooWide):
        numbers.multiply(column(numbers, "a", 0, 10**20), column(numbers, "b", 0, 10**20))


def test_multiplying_by_one_is_left_out() -> None:
    numbers = Arithmetic(Forge())
    item = column(numbers, "a", 2)
    assert numbers.multiply(item, numbers.whole(1)) is item
    assert numbers.multiply(numbers.whole(1), item) is item


def test_an_unknown_number_stays_unknown_at_any_scale() -> None:
    numbers = Arithmetic(Forge())
    assert numbers.to_places(numbers.literal(None, 2), 4).expr.is_null
    assert numbers.negate(numbers.unknown()).expr.is_null
