"""Syntax to typed nodes: what an expression of a pack may not say, with code and line."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.scope import MOST_TOKENS
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import BOOL, DATE, SHARE, Number, Unit
from tests.unit.rulebook.packs import pack_of, seen, try_blocks

MEASURES = """
--- measure
firm-grant: {title: BOTH, for: firm, conditions: {c: is_known(name)}, frequency: once, discretion: may}
thing-grant: {title: BOTH, for: thing, conditions: {c: good}, frequency: once, discretion: may}
"""


def fact(expression: str) -> str:
    return f'fact\nf:\n  of: thing\n  value: "{expression}"{MEASURES}'


@pytest.mark.parametrize(
    ("expression", "code", "facts"),
    [
        ("size >", "EXPR-005", {"column": 7}),
        ("size and good", "EXPR-010", {"seen": "whole number", "expected": "yes or no", "column": 1}),
        ("good and size", "EXPR-010", {"seen": "whole number", "expected": "yes or no", "column": 1}),
        ("good + 1", "EXPR-010", {"seen": "yes or no", "expected": "number"}),
        ("size = price", "EXPR-011", {}),
        ("price > 100", "EXPR-011", {}),
        ("good > true", "EXPR-012", {"op": ">", "seen": "yes or no"}),
        ("label < 'x'", "EXPR-012", {"seen": "text"}),
        ("colour = 'pink'", "EXPR-013", {"seen": "pink", "expected": ("red", "green", "blue")}),
        ("colour in ('red', 'pink')", "EXPR-013", {"seen": "pink"}),
        ("size in (1, 'x')", "EXPR-011", {}),
        ("good in (1)", "EXPR-011", {}),
        ("divide(size, 3, 0.01, 'bankers')", "EXPR-014", {"seen": "bankers"}),
        ("size.name = 'x'", "EXPR-015", {"name": "size", "seen": "whole number"}),
        ("firm.area.name.x", "EXPR-015", {"name": "name", "seen": "text"}),
        ("size = 1234567890123456789012345", "EXPR-020", {"digits": 25, "most": 24}),
        ("siz = 1", "EXPR-030", {"name": "siz", "register": "thing", "column": 1}),
        ("good and siz = 1", "EXPR-030", {"column": 10}),
        ("firm.nam = 'x'", "EXPR-030", {"name": "nam", "register": "firm"}),
        ("$lest > 1", "EXPR-031", {"name": "lest"}),
        ("$spoken", "EXPR-032", {"name": "spoken"}),
        ("count_of(parts) > 1", "EXPR-033", {"name": "parts"}),
        ("lookup(band, size) > 1", "EXPR-034", {"name": "band"}),
        ("eligible('thing-grand')", "EXPR-035", {"name": "thing-grand"}),
        ("eligible('firm-grant')", "EXPR-036", {"name": "firm-grant", "register": "firm", "scope": "thing"}),
        ("count_of(area) > 1", "EXPR-037", {"child": "area", "subject": "thing", "found": []}),
        ("count_of(firm) > 1", "EXPR-037", {"child": "firm"}),
        ("len(label)", "EXPR-040", {"name": "len"}),
        ("min(size)", "EXPR-041", {"name": "min", "seen": 1, "least": 2, "most": 8}),
        ("min(1, 2, 3, 4, 5, 6, 7, 8, 9)", "EXPR-041", {"seen": 9}),
        ("is_known()", "EXPR-041", {"seen": 0}),
        ("lookup(bands, size, size) > 1", "EXPR-041", {"name": "bands", "seen": 2, "least": 1, "most": 1}),
        ("date(born)", "EXPR-042", {"expected": "'text'", "column": 6}),
        ("eligible(good)", "EXPR-042", {"expected": "'text'"}),
        ("count_of('part')", "EXPR-042", {"expected": "a name", "column": 10}),
        ("count_of(part.thing)", "EXPR-042", {"expected": "a name"}),
        ("round_to(price, 0.05, 'up')", "EXPR-043", {"seen": "0.05", "column": 17}),
        ("round_to(price, 10, 'up')", "EXPR-043", {"seen": "10"}),
        ("round_to(price, 0.000000001, 'up')", "EXPR-043", {}),
        ("round_to(price, size, 'up')", "EXPR-043", {"seen": ""}),
        ("born > date('2019-02-29')", "EXPR-044", {"seen": "2019-02-29"}),
        ("lookup(bands, label) > 1", "EXPR-011", {"column": 15}),
        ("is_known(share_of(part, good))", "EXPR-010", {}),
        ("on_date.year", "EXPR-030", {}),
    ],
)
def test_what_an_expression_may_not_say(expression: str, code: str, facts: dict[str, object]) -> None:
    findings = try_blocks(fact(expression)).findings
    assert seen(findings) == [(code, 8)]
    assert {key: findings[0].facts[key] for key in facts} == facts
    assert findings[0].facts["expression"] == expression


def test_a_misspelt_name_gets_the_nearest_ones() -> None:
    assert try_blocks(fact("siz = 1")).findings[0].facts["near"] == "size"
    assert try_blocks(fact("$lest > 1")).findings[0].facts["near"] == "least"
    assert try_blocks(fact("firm.zzz = 'x'")).findings[0].facts["near"] == "name, area"


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("on_date", DATE),
        ("born >= on_date", BOOL),
        ("clamp(size, 1, 5)", Number(0, Unit(), 9)),
        ("cap(size, 5)", Number(0, Unit(), 9)),
        ("at_least(size, 5)", Number(0, Unit(), 9)),
        ("round_to(price, 1, 'down')", Number(0, Unit.parse("CNY"), 11)),
        ("round_to(price, 0.1, 'down')", Number(1, Unit.parse("CNY"), 12)),
        ("share_of(part, good)", SHARE),
        ("months(size)", Number(0, Unit.parse("month"), 9)),
        ("add_years(born, years(2))", DATE),
        ("eligible('thing-grant')", BOOL),
        ("price > 0", BOOL),
    ],
)
def test_what_an_expression_comes_to(expression: str, kind: object) -> None:
    assert pack_of(fact(expression)).facts["thing", "f"].type == kind


def test_between_includes_both_ends() -> None:
    value = pack_of(fact("size between 1 and 5")).facts["thing", "f"].value
    assert isinstance(value, n.All)
    assert [item.op for item in value.items if isinstance(item, n.Compare)] == [">=", "<="]


def test_the_first_day_counts_unless_an_assumption_says_otherwise() -> None:
    text = fact("served(born, ended, $half)")
    plain = pack_of(text).facts["thing", "f"].value
    assert isinstance(plain, n.Served) and plain.first_day == n.Literal(BOOL, True)
    switch = (
        "--- assume\ncount_first_day:\n  title: BOTH\n  type: bool\n  default: false\n"
        "  reading: BOTH\n  alternatives: {true: BOTH}\n"
    )
    switched = pack_of(text + switch).facts["thing", "f"].value
    assert isinstance(switched, n.Served) and switched.first_day == n.Switch(BOOL, "count_first_day")


def test_a_quota_rests_on_parameters_only() -> None:
    award = (
        "award\na:\n  title: BOTH\n  for: thing\n  conditions: {c: good}\n  frequency: once\n  discretion: may\n"
        "  quota: size\n"
    )
    assert seen(try_blocks(award).findings) == [("EXPR-039", 12)]


def test_the_expressions_of_a_pack_are_bounded_in_all() -> None:
    long = " + ".join(["size"] * 30)
    facts = "".join(f"f{number}: {{of: thing, value: {long}}}\n" for number in range(MOST_TOKENS // 59 + 3))
    findings = try_blocks("fact\n" + facts).findings
    assert [finding.code for finding in findings] == ["EXPR-006"]
    assert findings[0].facts["most"] == MOST_TOKENS
