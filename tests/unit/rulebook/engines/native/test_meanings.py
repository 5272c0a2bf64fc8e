"""Truths of three values, and the width of numbers."""

from __future__ import annotations

from itertools import product

import pytest

from luoshi.rulebook.engines.native.forging import Forge
from luoshi.rulebook.engines.native.meanings import Truth, Truths, width_of

THREE = (True, False, None)
TRUTHS = Truths(Forge())


def said(item: Truth) -> bool | None:
    assert not (item.met.value and item.unmet.value)
    return True if item.met.value else False if item.unmet.value else None


@pytest.mark.parametrize(("left", "right"), [*product(THREE, THREE)])
def test_kleene(left: bool | None, right: bool | None) -> None:
    both = TRUTHS.written(left), TRUTHS.written(right)
    assert said(TRUTHS.every(*both)) is (False if False in (left, right) else None if None in (left, right) else True)
    assert said(TRUTHS.some(*both)) is (True if True in (left, right) else None if None in (left, right) else False)


@pytest.mark.parametrize("value", THREE)
def test_one_truth(value: bool | None) -> None:
    make, item = TRUTHS.forge, TRUTHS.written(value)
    assert said(TRUTHS.negated(item)) is (None if value is None else not value)
    assert bool(TRUTHS.known(item).value) is (value is not None) is not bool(TRUTHS.missing(item).value)
    assert said(TRUTHS.where(make.truth(False), item)) is None
    assert said(TRUTHS.where(make.truth(True), item)) is value
    assert said(TRUTHS.select(make.truth(True), item, TRUTHS.written(None))) is value


def test_a_bit_that_may_be_unknown() -> None:
    make = TRUTHS.forge
    assert [said(TRUTHS.of(make.truth(True), make.truth(known))) for known in (True, False)] == [True, None]


@pytest.mark.parametrize(("most", "width"), [(0, 32), (2**31, 64), (2**63, 128), (10**76, 256), (10**80, 512)])
def test_numbers_have_room_for_one_more(most: int, width: int) -> None:
    assert width_of(most) == width_of(-most) == width
