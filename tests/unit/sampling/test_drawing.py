"""Drawing fields of every type: constants, choices, copies, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

PEOPLE = """
registers:
  household:
    rows: {each: area, where: {level: village}, size: {value: 4}}
    fields: {poor: {chance: 0.5, unknown: 0.2}}
  person:
    rows: {each: household}
    fields:
      _luck: {choice: {a: 1, b: 1, c: 1}}
      %s
"""


def people(sampled: Callable[..., Any], fields: str) -> Any:
    return sampled(PEOPLE % fields)["person"]


def test_constants_of_every_type(sampled: Callable[..., Any]) -> None:
    person = people(sampled, "born: 1990-03-07\n      sex: male\n      able: true\n      name: 甲")
    assert {name: set(person[name]) for name in ("born", "sex", "able", "name")} == {
        "born": {date(1990, 3, 7)},
        "sex": {"male"},
        "able": {True},
        "name": {"甲"},
    }


def test_choices_of_truths_dates_and_codes(sampled: Callable[..., Any]) -> None:
    person = people(
        sampled, "able: {choice: {true: 3, false: 1}}\n      born: {choice: {1990-03-07: 1, 2001-01-31: 1}}"
    )
    assert person["able"].count(True) == 75
    assert set(person["born"]) == {date(1990, 3, 7), date(2001, 1, 31)}


def test_a_copy_passes_the_unknown_on(sampled: Callable[..., Any]) -> None:
    registers = sampled(PEOPLE % "able: {field: household.poor}")
    assert registers["person"]["able"] == [
        registers["household"]["poor"][row] for row in registers["person"]["household"]
    ]


def test_a_narrower_list_of_codes_fits_a_wider_one(sampled: Callable[..., Any]) -> None:
    person = people(sampled, "_sex: {choice: {male: 1}}\n      sex: {field: _sex}")
    assert set(person["sex"]) == {"male"}


def test_shares_of_few_rows_are_exact(sampled: Callable[..., Any]) -> None:
    person = people(sampled, "able: {chance: 0.3, unknown: 0.25}")
    assert person["able"].count(None) == 25


def test_cases_of_codes_and_without_a_last_arm(sampled: Callable[..., Any]) -> None:
    person = people(sampled, "sex: {cases: [{when: {_luck: a}, then: male}, {when: {_luck: b}, choice: {female: 1}}]}")
    assert {None, "male", "female"} == set(person["sex"])


def test_cases_none_of_which_ever_fits(sampled: Callable[..., Any]) -> None:
    never = "when: {_luck: {known: false}}"
    fields = f"name: {{cases: [{{{never}, words: [[a]]}}]}}\n      sex: {{cases: [{{{never}, then: male}}]}}"
    person = people(sampled, fields)
    assert set(person["name"]) == set(person["sex"]) == {None}
