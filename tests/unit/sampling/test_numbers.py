"""Drawing numbers: spread, bounds, steps, factors, cases."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import mean, median
from typing import Any

import pytest

SHOPS = """
registers:
  shop:
    rows: {total: 4000}
    fields:
      area: "990101100"
      _kind: {choice: {a: 1, b: 3}}
      %s
"""


def draw(sampled: Callable[..., Any], fields: str, name: str) -> list[Any]:
    values: list[Any] = sampled(SHOPS % fields)["shop"][name]
    return values


@pytest.mark.parametrize(
    ("how", "least", "middle", "most"),
    [
        ("{uniform: {from: 10, to: 20}}", 10, 15, 20),
        ("{normal: {mean: 50, sd: 5}}", 25, 50, 75),
        ("{lognormal: {mean: 30, sigma: 0.5}}", 2, 30, 300),
        ("{poisson: 12}", 0, 12, 40),
        ("{zipf: {exponent: 2, most: 9}}", 1, 1.83, 9),
        ("{choice: {10: 1, 40: 1}}", 10, 25, 40),
        ("{value: 7}", 7, 7, 7),
        ("{normal: {mean: 0, sd: 50}, min: -3, max: 4}", -3, 0.5, 4),
        ("{chance: 0.25}", 0, 0.25, 1),
    ],
)
def test_a_kind_has_its_mean_and_bounds(
    sampled: Callable[..., Any], how: str, least: float, middle: float, most: float
) -> None:
    how = how.replace("{chance: 0.25}", "{field: _flag}")
    values = [float(value) for value in draw(sampled, f"_flag: {{chance: 0.25}}\n      floor: {how}", "floor")]
    assert least <= min(values) <= max(values) <= most
    assert abs(mean(values) - middle) <= 0.06 * max(middle, 5)


def test_a_median_is_a_median(sampled: Callable[..., Any]) -> None:
    values = draw(sampled, "floor: {lognormal: {median: 100, sigma: 1.2}}", "floor")
    assert abs(median(map(float, values)) - 100) < 8
    assert mean(map(float, values)) > 170


def test_steps_and_places(sampled: Callable[..., Any]) -> None:
    values = draw(sampled, "floor: {uniform: {from: 0, to: 9}, step: 0.5}", "floor")
    assert {value % Decimal("0.5") for value in values} == {Decimal("0.0")}
    assert {value.as_tuple().exponent for value in values} == {-1}


def test_factors_are_numbers_or_fields_and_pass_the_unknown_on(sampled: Callable[..., Any]) -> None:
    shop = sampled(SHOPS % "staff: {choice: {2: 1, 3: 1}, unknown: 0.2}\n      floor: {value: 5, times: [staff, 2]}")[
        "shop"
    ]
    assert {(staff, floor and int(floor)) for staff, floor in zip(shop["staff"], shop["floor"], strict=True)} == {
        (2, 20),
        (3, 30),
        (None, None),
    }


def test_the_year_of_a_date(sampled: Callable[..., Any]) -> None:
    shop = sampled(SHOPS % "opened: {dates: {from: 2017-12-30, to: 2018-01-02}}\n      staff: {year: opened}")["shop"]
    assert {opened.year == year for opened, year in zip(shop["opened"], shop["staff"], strict=True)} == {True}


def test_cases_take_the_first_arm_that_fits(sampled: Callable[..., Any]) -> None:
    fields = """staff:
        cases:
          - {when: {_kind: a}, then: 1}
          - {when: {_kind: [a, b]}, choice: {2: 1}, unknown: 0.5}"""
    values = draw(sampled, fields, "staff")
    assert set(values) == {1, 2, None}
    assert abs(values.count(1) / len(values) - 0.25) < 0.03
    assert abs(values.count(None) / len(values) - 0.375) < 0.03


def test_without_a_last_arm_the_rest_is_unknown(sampled: Callable[..., Any]) -> None:
    values = draw(sampled, "staff: {cases: [{when: {_kind: a}, then: 1}]}", "staff")
    assert set(values) == {1, None}


def test_numbers_too_large_for_the_field_are_bounded(sampled: Callable[..., Any]) -> None:
    assert set(draw(sampled, "staff: {value: 999999999, times: 100}", "staff")) == {10**9 - 1}
