"""Columns: taking rows, hiding values, joining texts of different layouts."""

from __future__ import annotations

import numpy as np

from luoshi.rulebook.model.types import BOOL, TEXT, Number
from luoshi.sampling.columns import Column, Table, as_texts, constant, joined, numbers


def test_row_minus_one_is_unknown() -> None:
    column = Column(Number(2), np.array([100, 200])).take(np.array([1, -1, 0]))
    assert column.values[[0, 2]].tolist() == [200, 100]
    assert column.mask().tolist() == [True, False, True]
    hidden = Column(Number(2), np.array([100, 200]), np.array([True, False])).take(np.array([1, -1, 0]))
    assert hidden.mask().tolist() == [False, False, True]


def test_taking_from_nothing() -> None:
    column = Column(Number(), np.zeros(0, dtype=np.int64)).take(np.array([-1, -1]))
    assert column.mask().tolist() == [False, False]


def test_hiding_nothing_keeps_the_column() -> None:
    column = constant(BOOL, 1, 3)
    assert column.hide(np.zeros(3, dtype=bool)) is column
    assert column.hide(np.array([True, False, False])).rows().tolist() == [-1, 1, 1]


def test_numbers_are_rounded_to_their_places() -> None:
    column = numbers(Number(2, digits=6), np.array([1.004, 1.006, -2.5, 1e9]))
    assert column.values.tolist() == [100, 101, -250, 999_999]
    assert column.floats().tolist() == [1.0, 1.01, -2.5, 9999.99]


def test_texts_of_different_layouts_are_joined() -> None:
    chosen = Column(TEXT, np.array([1, 0]), None, ("甲", "乙"))
    written = Column(TEXT, np.frombuffer(b"W1W2", dtype=np.uint8).reshape(2, 2), np.array([True, False]))
    column = joined([chosen, written])
    assert as_texts(column) == ["乙", "甲", "W1", "W2"]
    assert column.mask().tolist() == [True, True, True, False]
    same = joined([written, written])
    assert same.words is None
    assert as_texts(same) == ["W1", "W2", "W1", "W2"]


def test_a_table_takes_all_its_columns() -> None:
    table = Table("shop", 2, {"staff": Column(Number(), np.array([7, 8]))}).take(np.array([1]))
    assert table.count == 1
    assert table.columns["staff"].values.tolist() == [8]
