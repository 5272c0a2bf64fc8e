"""Single draws that do not fit: what is said about each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.model.types import Ref

PLAN = """
registers:
  household: {rows: {total: 9}}
  person:
    rows: {each: household}
    fields:
      sex: female
      born: 1990-01-01
      able: true
  shop:
    rows: {total: 5}
    fields:
      _kind: {choice: {a: 1, b: 1}}
      _date: 2020-01-01
      %s
"""


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("owner: {pick: {register: household}}", ["SAMPLE-011"]),
        ("owner: {pick: {register: sale}}", ["SAMPLE-006"]),
        ("owner: {pick: {register: person, within: village}}", ["SAMPLE-008"]),
        ("owner: {pick: {register: person, within: village, near: _date}}", ["SAMPLE-011"]),
        ("owner: {pick: {register: person, weight: sex}}", ["SAMPLE-011"]),
        ("owner: {pick: {register: person, other_than: _date}}", ["SAMPLE-011"]),
        ("owner: {pick: {register: person, where: {able: perhaps}}}", ["SAMPLE-012"]),
        ("owner: {pick: {register: person, where: {household: 7}}}", ["SAMPLE-012"]),
        ("owner: anybody", ["SAMPLE-011"]),
        ("staff: {field: _kind}", ["SAMPLE-011"]),
        ("_copy: {field: nothing}", ["SAMPLE-008"]),
        ("_copy: {cases: []}", ["PACK-033"]),
        ("_far: {pick: {register: person}}\n      _copy: {field: _far.household.area}", ["SAMPLE-008"]),
        ("second: {pick: {register: shop}}", ["SAMPLE-006"]),
        ("staff: {value: 1, times: _date}", ["SAMPLE-011"]),
        ("staff: {value: 1, times: 0.123456789}", ["SAMPLE-012"]),
        ("staff: {year: _kind}", ["SAMPLE-011"]),
        ("staff: {cases: [{when: {_kind: c}, then: 1}]}", ["SAMPLE-012"]),
        ("staff: {cases: [{when: {nothing: c}, words: [[a]]}]}", ["SAMPLE-008", "SAMPLE-011"]),
        ("staff: {value: 1, until: 2020-01-01}", ["SAMPLE-011"]),
        ("opened: {value: 2020-01-01, step: 3}", ["SAMPLE-011"]),
        ("opened: {after: {date: _kind, days: 3}}", ["SAMPLE-011"]),
        ("opened: {after: {date: _date, days: {serial: a}}}", ["SAMPLE-011"]),
        ("opened: {month: {day: 1}}", ["SAMPLE-008"]),
        ("opened: {dates: {from: _kind, to: 2020-01-01}}", ["SAMPLE-011"]),
        ("trusted: {chance: _kind}", ["SAMPLE-011"]),
        ("trusted: {chance: 0.123456}", ["SAMPLE-012"]),
        ("trusted: {chance: 0.5, never: 0.5}", ["SAMPLE-013"]),
        ("code: {words: []}", ["SAMPLE-017"]),
        ("code: {words: [[a], []]}", ["SAMPLE-017"]),
        ("code: {citizen_id: {birth: _kind, sex: _kind}}", ["SAMPLE-011", "SAMPLE-011"]),
    ],
)
def test_a_draw_that_does_not_fit(refused: Callable[[str], list[Finding]], field: str, codes: list[str]) -> None:
    assert sorted(finding.code for finding in refused(PLAN % field)) == codes


def test_a_misfit_names_its_column(refused: Callable[[str], list[Finding]]) -> None:
    (finding,) = refused(PLAN % "owner: {cases: [{pick: {register: household}}]}")
    assert finding.facts["name"] == "owner"
    assert finding.facts["seen"] == str(Ref("household"))
