"""Equal expressions are one object; what has no effect is left out; strict work is done where its parts are."""

from __future__ import annotations

from itertools import product

import pytest

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from tests.unit.rulebook.engines.sql.columns_in import values_of

TRUTHS = [True, False, None]


def kleene(values: list[bool | None], decides: bool) -> bool | None:
    return decides if decides in values else (None if None in values else not decides)


def test_equal_expressions_are_one_object() -> None:
    make = Forge()
    a, b = (make.field("thing", name, Kind.WHOLE) for name in "ab")
    assert make.strict("+", Kind.WHOLE, a, b) is make.strict("+", Kind.WHOLE, a, b)
    assert make.literal(Kind.WHOLE, 1) is not make.truth(True)


@pytest.mark.parametrize("decides", [True, False])
def test_and_and_or_with_columns_and_written_truths(decides: bool) -> None:
    make = Forge()
    junction = make.either if decides else make.every
    a, b = (make.field("thing", name, Kind.TRUTH) for name in "ab")
    rows = list(product(TRUTHS, TRUTHS))
    columns = {a: [row[0] for row in rows], b: [row[1] for row in rows]}
    assert values_of(junction(a, b), columns) == [kleene(list(row), decides) for row in rows]
    for written in TRUTHS:
        wanted = [kleene([*row, written], decides) for row in rows]
        assert values_of(junction(a, make.truth(written), b), columns) == wanted


def test_not_missing_and_surely() -> None:
    make = Forge()
    a = make.field("thing", "a", Kind.TRUTH)
    columns = {a: TRUTHS}
    assert values_of(make.negated(a), columns) == [False, True, None]
    assert make.negated(make.negated(a)) is a
    assert values_of(make.missing(a), columns) == [False, False, True]
    assert values_of(make.surely(a, True), columns) == [True, False, False]
    assert values_of(make.surely(a, False), columns) == [False, True, False]


def test_what_is_known_needs_no_care_for_the_unknown() -> None:
    make = Forge()
    a = make.field("thing", "a", Kind.TRUTH, known=True)
    assert make.missing(a).says(False)
    assert make.surely(a, True) is a
    assert make.surely(a, False) is make.negated(a)
    assert make.first_known(a, make.truth(False)) is a


def test_the_first_of_nothing_known_is_unknown() -> None:
    make = Forge()
    a = make.field("thing", "a", Kind.DAY)
    assert make.first_known(make.null(Kind.DAY), make.null(Kind.DAY)) is make.null(Kind.DAY)
    assert make.first_known(make.null(Kind.DAY), a, make.null(Kind.DAY)) is a


def test_choices_drop_arms_that_cannot_be_taken() -> None:
    make = Forge()
    a, b = (make.field("thing", name, Kind.WHOLE) for name in "ab")
    test = make.field("thing", "t", Kind.TRUTH)
    assert make.case((make.truth(False), a), (make.truth(None), a), otherwise=b) is b
    assert make.case((make.truth(True), a), otherwise=b) is a
    assert make.case((test, b), otherwise=b) is b
    assert values_of(make.case((test, a), otherwise=b), {test: TRUTHS, a: [1] * 3, b: [2] * 3}) == [1, 2, 2]


def test_strict_work_on_one_other_row_is_done_there() -> None:
    make = Forge()
    ref, other = make.field("person", "home", Kind.WHOLE), make.field("person", "work", Kind.WHOLE)
    a, b = (make.follow(ref, "home", make.field("home", name, Kind.WHOLE)) for name in "ab")
    found = make.strict("<", Kind.TRUTH, a, b)
    assert found.op == "follow" and found.data[1].op == "<"
    elsewhere = make.follow(other, "home", make.field("home", "a", Kind.WHOLE))
    assert make.strict("<", Kind.TRUTH, a, elsewhere).op == "<"
    assert make.missing(a).op == "missing"


def test_following_an_unknown_reference_or_to_an_unknown_value() -> None:
    make = Forge()
    ref, target = make.field("a", "r", Kind.WHOLE), make.field("b", "x", Kind.DAY)
    assert make.follow(make.null(Kind.WHOLE), "b", target) is make.null(Kind.DAY)
    assert make.follow(ref, "b", make.null(Kind.DAY)) is make.null(Kind.DAY)


def test_comparisons_of_written_values_are_settled() -> None:
    make = Forge()
    one, two = make.literal(Kind.WHOLE, 1), make.literal(Kind.WHOLE, 2)
    assert make.strict("<", Kind.TRUTH, one, two).says(True)
    assert make.strict("<", Kind.TRUTH, one, make.null(Kind.WHOLE)).is_null


def test_kinds_of_written_values_change_in_place() -> None:
    make = Forge()
    assert make.as_kind(make.literal(Kind.WHOLE, 5), Kind.TEXT).data == "5"
    assert make.as_kind(make.literal(Kind.WHOLE, 5), Kind.WIDE).kind is Kind.WIDE
    field: Expr = make.field("a", "x", Kind.WHOLE)
    assert make.as_kind(field, Kind.WHOLE) is field
    assert values_of(make.as_kind(field, Kind.TEXT), {field: [7, None]}) == ["7", None]
