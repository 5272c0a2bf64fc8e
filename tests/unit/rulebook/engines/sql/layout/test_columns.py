"""What is mentioned twice becomes a column on the level above its parts; the rest stays inline."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.layout.columns import MOST_NESTED, Columns, local_parts, mentioned
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge

MAKE = Forge()
A, B = (MAKE.field("thing", name, Kind.WHOLE) for name in "ab")
SUM = MAKE.strict("+", Kind.WHOLE, A, B)
TWICE = MAKE.strict("*", Kind.WHOLE, SUM, MAKE.strict("-", Kind.WHOLE, SUM, A))
FAR = MAKE.follow(MAKE.field("thing", "ref", Kind.WHOLE), "other", MAKE.field("other", "x", Kind.WHOLE))


def test_parts_mentioned_once_stay_inline() -> None:
    columns = Columns([SUM], {}, {})
    assert not columns.bound and columns.levels == [] and columns.leaves == [A, B]


def test_parts_mentioned_twice_are_named_below() -> None:
    columns = Columns([TWICE, MAKE.negated(MAKE.strict("=", Kind.TRUTH, TWICE, A))], {SUM: "total"}, {})
    assert columns.levels == [[("total#1", SUM)], [("#2", TWICE)]]


def test_deep_parts_are_named_too() -> None:
    deep = A
    for _ in range(3 * MOST_NESTED):
        deep = MAKE.strict("+", Kind.WHOLE, deep, B)
    assert len(Columns([deep], {}, {}).levels) == 2


def test_what_is_given_is_not_taken_apart() -> None:
    columns = Columns([TWICE], {}, {SUM: "given"})
    assert SUM in columns.leaves and B not in columns.parts


def test_the_largest_parts_of_the_row_itself() -> None:
    mixed = MAKE.strict("+", Kind.WHOLE, TWICE, FAR)
    assert set(local_parts([mixed, SUM])) == {TWICE, SUM, FAR.args[0]}
    assert local_parts([TWICE]) == []


def test_columns_that_are_mentioned() -> None:
    names = {SUM: "s", A: "a", TWICE: "t"}
    assert mentioned([TWICE], names) == {"s", "a"}
    assert mentioned([TWICE], names, roots_too=True) == {"t"}
