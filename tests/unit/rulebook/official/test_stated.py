"""The figures that a pack states, clause by clause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.rulebook.official.stated import Key, stated_figures, value_keys, worded_figures
from tests.unit.rulebook.packs import CLAUSE

NAMED = "title: {zh: 名, en: name}"
BLOCKS = f"""parameter
sum: {{{NAMED}, unit: CNY, 2000-01-01: 2000.00}}
part: {{{NAMED}, unit: rate, local: {{set_by: [county], min: 0.40}}}}
--- table
rates:
  {NAMED}
  keys: {{term: {{type: int, unit: month, match: band}}, day: {{type: date}}, kind: {{type: text}}}}
  value: {{unit: rate}}
  rows: [{{term: {{from: 6, below: 13}}, day: 2019-08-20, kind: a, value: 0.0435}}]
--- fact
big: {{of: thing, {NAMED}, value: size > 77 and ratio > 0.20 and price > $grant}}
--- target
goal: {{title: {{zh: 到2020年底建成88个, en: goal}}, of: thing, indicator: size, value: 88, by: 2020-12-31}}
--- procedure
way:
  {NAMED}
  steps:
    - {{id: go, actor: {{zh: 某, en: x}}, does: {{zh: 办, en: x}}, within: 15, notice: {{days: 7, kind: working}}}}
--- norm
a: {{kind: scope, force: must, by: [half, goal], zh: 至少三名, en: three or more}}
--- example
满10年的: {{as_of: 2019-07-14, subject: thing, fields: {{size: 6}}}}
"""
HEAD = "# 试 · Test\n\n## 一、满5年 · Clause\n\n释义写到30%。\n\nEnglish says 44 and 55.\n\n"


def test_values_and_words() -> None:
    from tests.unit.rulebook.packs import BASE, POLICY, document, try_files

    pack = try_files({"policy.yaml": POLICY, "0-base.md": document(BASE), "1-test.md": document(BLOCKS, HEAD)}).pack
    assert pack is not None
    words: set[Key] = {
        ("date", "2020-12-31"),
        ("year", Fraction(2020)),
        ("count", Fraction(88)),
        ("count", Fraction(3)),
    }
    words |= {("months", Fraction(60)), ("share", Fraction(3, 10)), ("months", Fraction(120))}
    assert worded_figures(pack)[CLAUSE] == words
    stated = stated_figures(pack)[CLAUSE]
    assert words < stated
    for key in [
        ("money", 2000),
        ("share", Fraction(2, 5)),
        ("share", Fraction(87, 2000)),
        ("months", 6),
        ("date", "2019-08-20"),
        ("count", 77),
        ("share", Fraction(1, 5)),
        ("money", 100),
        ("days", 15),
        ("days", 7),
    ]:
        assert key in stated, key
    assert ("count", 44) not in stated


@pytest.mark.parametrize(
    ("value", "unit", "keys"),
    [
        (5, "person", [("count", 5)]),
        (16, "year", [("months", 192), ("count", 16)]),
        (2020, "", [("count", 2020), ("year", 2020)]),
        (Decimal("1.5"), "MW", [("count", 1500)]),
        (Decimal("5.00"), "CNY/m2", [("money", 5)]),
        (date(2018, 12, 22), "", [("date", "2018-12-22"), ("year", 2018)]),
        (True, "bool", []),
        ("red", "", []),
        (None, "", []),
    ],
)
def test_keys_of_values(value: object, unit: str, keys: list[Key]) -> None:
    assert list(value_keys(value, unit)) == keys


def test_what_imported_packs_lend_is_not_the_packs_own() -> None:
    from tests.unit.rulebook.packs import POLICY, try_files

    files = {"policy.yaml": POLICY + "imports: [common]\n", "1-test.md": "# 试\n\n## 一、条\n"}
    pack = try_files(files).pack
    assert pack is not None and worded_figures(pack)[CLAUSE] == set()
