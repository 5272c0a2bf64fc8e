"""Registers as Arrow holds them."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.inputs.arrow import arrow_type, decimals
from luoshi.rulebook.model.types import Bool, Code, Date, Number, Ref, Text, Type

STEPS = st.integers(-(10**18) + 1, 10**18 - 1)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (Number(2), pa.decimal128(18, 2)),
        (Number(), pa.int64()),
        (Bool(), pa.bool_()),
        (Date(), pa.date32()),
        (Code(("city", "county")), pa.dictionary(pa.int32(), pa.string())),
        (Ref("area"), pa.dictionary(pa.int32(), pa.string())),
        (Ref("person"), pa.int64()),
        (Text(), pa.string()),
    ],
)
def test_a_field_is_held_as(kind: Type, stored: pa.DataType) -> None:
    assert arrow_type(kind) == stored


@given(st.lists(st.one_of(st.none(), STEPS)), st.integers(1, 6))
def test_decimals_are_exact(given_steps: list[int | None], places: int) -> None:
    steps = np.array([step or 0 for step in given_steps], dtype=np.int64)
    known = np.array([step is not None for step in given_steps], dtype=bool)
    wanted = [None if step is None else Decimal(step).scaleb(-places) for step in given_steps]
    assert decimals(steps, known, Number(places)).to_pylist() == wanted


def test_decimals_are_all_known_without_a_mask() -> None:
    assert decimals(np.array([1, -250]), None, Number(2)).to_pylist() == [Decimal("0.01"), Decimal("-2.50")]
