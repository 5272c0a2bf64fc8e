"""Drawing texts: serials, words, identity numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luoshi.rulebook.values.citizen_id import CitizenId
from luoshi.rulebook.values.credit_code import CreditCode

SHOPS = """
registers:
  shop:
    rows: {total: %d}
    fields:
      area: "990101100"
      _kind: {choice: {a: 1, b: 1}}
      %s
"""


def test_serials_count_and_grow(sampled: Callable[..., Any]) -> None:
    values = sampled(SHOPS % (12, 'code: {serial: "第{n:01}号"}'))["shop"]["code"]
    assert values == [f"第{n:02}号" for n in range(1, 13)]


def test_serials_do_not_start_again_in_each_case(sampled: Callable[..., Any]) -> None:
    fields = 'code: {cases: [{when: {_kind: a}, serial: "A{n:03}"}, {serial: "乙{n:04}"}]}'
    values = sampled(SHOPS % (60, fields))["shop"]["code"]
    assert [int(value[1:]) for value in values] == list(range(1, 61))
    assert {value[0] for value in values} == {"A", "乙"}


def test_words_are_put_together(sampled: Callable[..., Any]) -> None:
    values = sampled(SHOPS % (900, 'code: {words: [[王, 李], ["", 小], [明, 红, 华]], unknown: 0.1}'))["shop"]["code"]
    assert {value for value in values if value} == {a + b + c for a in "王李" for b in ("", "小") for c in "明红华"}
    assert 50 < values.count(None) < 140


def test_texts_may_be_chosen_or_fixed(sampled: Callable[..., Any]) -> None:
    assert set(sampled(SHOPS % (50, "code: {choice: {甲: 1, 乙: 2}}"))["shop"]["code"]) == {"甲", "乙"}
    assert set(sampled(SHOPS % (50, "code: {cases: [{when: {_kind: a}, then: 甲}]}"))["shop"]["code"]) == {"甲", None}


def test_credit_codes_of_several_kinds_are_valid_and_different(sampled: Callable[..., Any]) -> None:
    fields = 'code: {cases: [{when: {_kind: a}, credit_code: {kind: N2}}, {credit_code: {kind: "93"}}]}'
    values = sampled(SHOPS % (3000, fields))["shop"]["code"]
    assert {CreditCode.parse(value).kind for value in values} == {"N2", "93"}
    assert len(set(values)) == 3000


def test_more_people_of_one_birthday_than_serials_get_another_address(sampled: Callable[..., Any]) -> None:
    plan = """
registers:
  household:
    rows: {each: area, where: {level: village}, size: {value: 60}}
  person:
    rows: {each: household}
    fields:
      born: 1990-03-07
      sex: male
      citizen_id: {citizen_id: {birth: born, sex: sex}}
"""
    numbers = [CitizenId.parse(text) for text in sampled(plan)["person"]["citizen_id"]]
    assert len(set(numbers)) == 1500
    assert {number.address for number in numbers} == {"999901", "999902", "999903"}
    assert all(number.is_test for number in numbers)
