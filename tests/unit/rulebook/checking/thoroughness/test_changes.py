"""Small changes of expressions: each kind is made once, in its place, and leaves everything else as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.checking.thoroughness.changes import changes, moved
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.types import BOOL, DATE, TEXT, Code, Number, Type
from luoshi.rulebook.values.calendar import LAST
from tests.unit.rulebook.packs import pack_of


def node(expression: str) -> n.Node:
    value = pack_of(f'fact\nf: {{of: thing, value: "{expression}"}}\n').facts["thing", "f"].value
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("size < next.size", {"< to <=": "size <= next.size"}),
        ("size <= next.size", {"<= to <": "size < next.size"}),
        ("size > next.size", {"> to >=": "size >= next.size"}),
        ("size >= next.size", {">= to >": "size > next.size"}),
        ("size = next.size", {"= to <>": "size <> next.size"}),
        ("size <> next.size", {"<> to =": "size = next.size"}),
        ("share_of(part, good) >= ratio", {">= to >": "share_of(part, good) > ratio"}),
        ("good and next.good", {"and to or": "good or next.good", "item 1 left out": "next.good"}),
        ("good or next.good", {"or to and": "good and next.good", "item 2 left out": "good"}),
        (
            "good and next.good and next.next.good",
            {
                "and to or": "good or next.good or next.next.good",
                "item 1 left out": "next.good and next.next.good",
                "item 2 left out": "good and next.next.good",
                "item 3 left out": "good and next.good",
            },
        ),
        ("not good", {"not left out": "good"}),
        ("size + next.size", {"+ to -": "size - next.size"}),
        ("size - next.size", {"- to +": "size + next.size"}),
        ("min(size, next.size)", {"min to max": "max(size, next.size)"}),
        ("max(size, next.size)", {"max to min": "min(size, next.size)"}),
        (
            "colour in ('red', 'green')",
            {"red left out": "colour in ('green')", "green left out": "colour in ('red')"},
        ),
        ("colour in ('red')", {}),
        ("size in (1, 5)", {"1 to 2": "size in (2, 5)", "5 to 6": "size in (1, 6)", "5 left out": "size in (1)"}),
        ("any_of(part, good)", {"any to all": "all_of(part, good)"}),
        ("all_of(part, good)", {"all to any": "any_of(part, good)"}),
        ("min_of(part, paid)", {"min to max": "max_of(part, paid)"}),
        ("max_of(part, paid)", {"max to min": "min_of(part, paid)"}),
        ("count_of(part, good)", {"where left out": "count_of(part)"}),
        ("sum_of(part, paid, good)", {"where left out": "sum_of(part, paid)"}),
        ("count_of(part)", {}),
        ("price * ratio", {}),
        ("colour = 'red'", {"= to <>": "colour <> 'red'"}),
        ("label = 'x'", {"= to <>": "label <> 'x'"}),
        ("size + 5", {"5 to 6": "size + 6", "+ to -": "size - 5"}),
        ("price * 0.25", {"0.25 to 0.26": "price * 0.26"}),
        ("if(good, true, good)", {"True to False": "if(good, false, good)"}),
        ("born = date('2020-02-28')", {"2020-02-28 to 2020-02-29": "born = date('2020-02-29')"}),
    ],
)
def test_each_slip_of_the_pen(before: str, after: dict[str, str]) -> None:
    made = list(changes(node(before)))
    assert {what: new for what, new in made if what in after} == {what: node(text) for what, text in after.items()}
    assert len(dict(made)) == len(made), "each is made once"


@pytest.mark.parametrize(
    ("before", "whats"),
    [
        ("size < 5", ["< to <=", "5 to 6"]),
        ("good and not good", ["and to or", "item 1 left out", "item 2 left out", "not left out"]),
        ("count_of(part, paid > $grant)", ["where left out", "> to >="]),
        ("share_of(part, good) > ratio", ["> to >="]),
        ("is_known(size)", []),
        ("$strict", []),
        ("$grant * size", []),
    ],
)
def test_nothing_else_is_changed(before: str, whats: list[str]) -> None:
    assert [what for what, _ in changes(node(before))] == whats


@pytest.mark.parametrize(
    "place",
    [
        "not (%s)",
        "good or next.good or %s",
        "if(%s, 1, 2)",
        "case when good then 1 when %s then 2 else 3 end",
        "if(good, if(%s, 1, 2), 3)",
        "if(good, 1, if(%s, 2, 3))",
        "any_of(part, %s)",
        "count_of(part, good and %s)",
        "share_of(part, %s) > 0.5",
        "lookup(bands, if(%s, 1, 2)) * 2",
        "add_days(born, if(%s, days(1), days(2)))",
        "days_between(born, if(%s, born, ended))",
        "divide(if(%s, 1, 2), 3, 0.01, 'half_up')",
        "max(1, 2, if(%s, 1, 2))",
        "-if(%s, 1, 2)",
    ],
)
def test_a_change_is_made_in_its_place(place: str) -> None:
    made = [new for what, new in changes(node(place % "good <> $strict")) if what == "<> to ="]
    assert made == [node(place % "good = $strict")]


def test_a_change_in_a_row_that_a_reference_leads_to() -> None:
    followed = n.Follow(BOOL, n.Field(TEXT, "thing", "next"), node("size > 5"))
    assert dict(changes(followed))["> to >="] == n.Follow(BOOL, followed.ref, node("size >= 5"))


def test_different_values_may_be_counted_as_rows() -> None:
    pack = pack_of("fact\nf: {of: thing, count: part, distinct: maker}\ng: {of: thing, count: part}\n")
    before, after = pack.facts["thing", "f"].value, pack.facts["thing", "g"].value
    assert before is not None and list(changes(before)) == [("distinct left out", after)]


@pytest.mark.parametrize(
    ("value", "kind", "next_one"),
    [
        (5, Number(), 6),
        (-1, Number(), 0),
        (Decimal("0.99"), Number(2), Decimal("1.00")),
        (Decimal("0.0435"), Number(4), Decimal("0.0436")),
        (True, BOOL, False),
        (False, BOOL, True),
        (date(2019, 12, 31), DATE, date(2020, 1, 1)),
        (LAST, DATE, None),
        ("red", Code(("red", "green")), None),
        ("x", TEXT, None),
        (5, TEXT, None),
    ],
)
def test_the_next_value(value: n.Value, kind: Type, next_one: n.Value | None) -> None:
    found = moved(value, n.Literal(kind, value))
    assert (found, type(found)) == (next_one, type(next_one))
