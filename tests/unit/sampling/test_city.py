"""Conditions on rows and on what they point at; paths; even luck."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from luoshi.sampling.areas import Areas
from luoshi.sampling.city import MOST_EVEN, City, Scope
from luoshi.sampling.columns import Table
from luoshi.sampling.streams import Streams

PLAN = """
registers:
  household:
    rows: {each: area, where: {level: village}, size: {value: 30}}
    fields:
      poor: {chance: 0.5, unknown: 0.2}
      income: {choice: {100: 1, 200: 1, 300: 1}}
  person:
    rows: {each: household}
    fields:
      born: {dates: {from: 2000-01-01, to: 2003-12-31}, unknown: 0.1}
      sex: {choice: {female: 1, male: 1}}
      name: {words: [[甲, 乙, 丙]]}
      able: {cases: [{when: {%s}, then: true}, {then: false}]}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("sex: male", lambda p, h: p["sex"] == "male"),
        ("sex: [male, female]", lambda p, h: True),
        ("sex: {not: male}", lambda p, h: p["sex"] == "female"),
        ("name: [甲, 丙]", lambda p, h: p["name"] in "甲丙"),
        ("household.poor: true", lambda p, h: h["poor"] is True),
        ("household.poor: {not: [true]}", lambda p, h: h["poor"] is False),
        ("household.poor: {known: false}", lambda p, h: h["poor"] is None),
        ("household.income: {min: 200}", lambda p, h: h["income"] >= 200),
        ("household.income: {max: 200}", lambda p, h: h["income"] <= 200),
        ("household.income: {below: 200}", lambda p, h: h["income"] < 200),
        (
            "household.income: {min: 200, below: 300}, sex: female",
            lambda p, h: h["income"] == 200 and p["sex"] == "female",
        ),
        ("born: {min: 2001-01-01, max: 2001-12-31}", lambda p, h: p["born"] is not None and p["born"].year == 2001),
        ("household.area: 990101", lambda p, h: h["area"].startswith("990101")),
        ("household.area: {not: [990101001, 990102]}", lambda p, h: h["area"].startswith("990101100")),
        ("household.area.kind: community", lambda p, h: h["area"][9] == "0"),
    ],
)
def test_conditions(sampled: Callable[..., Any], condition: str, expected: Callable[[Any, Any], bool]) -> None:
    registers = sampled(PLAN % condition)
    person, household = registers["person"], registers["household"]
    rows = [{name: values[row] for name, values in person.items()} for row in person["id"]]
    homes = [{name: values[row["household"]] for name, values in household.items()} for row in rows]
    assert [row["able"] for row in rows] == [bool(expected(row, home)) for row, home in zip(rows, homes, strict=True)]


def scope(count: int) -> Scope:
    return Scope(City(Areas([]), {}), Table("shop", count), Streams(1), ("shop", "staff"))


def test_luck_of_few_is_spread_out_evenly() -> None:
    luck = scope(40).luck()
    assert np.bincount((luck * 40).astype(int)).tolist() == [1] * 40
    assert luck.tolist() != sorted(luck)
    assert scope(0).luck().tolist() == []


def test_luck_of_many_is_drawn() -> None:
    luck = scope(MOST_EVEN + 1).luck()
    assert abs(luck.mean() - 0.5) < 0.01


def test_a_register_without_an_area_lies_nowhere() -> None:
    lost = scope(3)
    assert lost.areas(None).tolist() == [-1, -1, -1]
