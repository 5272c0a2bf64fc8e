"""The typing rules that no expression of a pack can reach by itself, and the widths of numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.model import build
from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import (
    BOOL,
    CNY,
    DATE,
    DAY,
    MONTH,
    MOST_DIGITS,
    SHARE,
    TEXT,
    YEAR,
    Code,
    Number,
    Ref,
    Type,
    Unit,
)

RED, BLUE = Code(("red", "green")), Code(("blue",))


def field(kind: Type, name: str = "x") -> n.Field:
    return n.Field(kind, "thing", name)


NUMBER, MONEY, TRUTH, DATED = field(Number(0)), field(Number(2, CNY)), field(BOOL), field(DATE)
SHARED = n.Aggregate(SHARE, "share", "part", ("thing",))


def refusal(make: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Mismatch) as refused:
        make(*arguments, **named)  # type: ignore[operator]  # a typing rule
    return refused.value.code


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, BOOL),
        (0, Number(0, digits=1)),
        (9, Number(0, digits=1)),
        (10, Number(0, digits=2)),
        (-10, Number(0, digits=2)),
        (Decimal("0.05"), Number(2, digits=2)),
        (Decimal("12.50"), Number(2, digits=4)),
        (Decimal("1E+2"), Number(0, digits=3)),
        (date(2019, 7, 14), DATE),
        ("red", TEXT),
    ],
)
def test_a_literal_is_typed_by_how_it_is_written(value: n.Value, kind: Type) -> None:
    assert build.literal(value) == n.Literal(kind, value)


def test_a_literal_may_have_a_unit() -> None:
    assert build.literal(5, MONTH).type == Number(0, MONTH, 1)


def test_numbers_have_at_most_38_digits() -> None:
    assert build.literal(10**24 - 1).type == Number(0, Unit(), 24)
    assert refusal(build.literal, 10**MOST_DIGITS) == "EXPR-020"


def test_products_add_places_digits_and_units() -> None:
    price, area = field(Number(2, Unit.parse("CNY/m2"), 12)), field(Number(1, Unit.parse("m2"), 8))
    assert build.multiply(price, area).type == Number(3, CNY, 20)


def test_a_product_too_wide_is_refused() -> None:
    wide = field(Number(0, Unit(), 19))
    assert build.multiply(wide, wide).type == Number(0, Unit(), 38)
    assert refusal(build.multiply, wide, field(Number(0, Unit(), 20))) == "EXPR-020"


def test_a_sum_has_one_digit_more_than_its_widest_part() -> None:
    assert build.add(field(Number(2, digits=5)), field(Number(0, digits=4))).type == Number(2, Unit(), 7)
    assert build.subtract(NUMBER, NUMBER).type == Number(0, Unit(), 10)


def test_a_quotient_has_the_places_asked_for() -> None:
    assert build.divide(MONEY, NUMBER, 4, "down").type == Number(4, CNY, 12)


def test_rounding_finer_than_the_number_is_the_number() -> None:
    assert build.round_to(MONEY, 2, "up") is MONEY
    assert build.round_to(MONEY, 1, "up").type == Number(1, CNY, 9)


def test_one_item_is_itself() -> None:
    assert build.conjunction((TRUTH,)) is TRUTH
    assert build.disjunction((TRUTH,)) is TRUTH


@pytest.mark.parametrize(
    ("code", "make", "arguments"),
    [
        ("EXPR-010", build.truth, (NUMBER,)),
        ("EXPR-010", build.number, (TRUTH,)),
        ("EXPR-010", build.day, (NUMBER,)),
        ("EXPR-010", build.conjunction, ((NUMBER,),)),
        ("EXPR-010", build.disjunction, ((TRUTH, NUMBER),)),
        ("EXPR-010", build.negation, (DATED,)),
        ("EXPR-010", build.is_known, (SHARED,)),
        ("EXPR-010", build.compare, ("<", SHARED, TRUTH)),
        ("EXPR-011", build.compare, ("<", SHARED, MONEY)),
        ("EXPR-011", build.compare, ("=", NUMBER, MONEY)),
        ("EXPR-011", build.compare, ("=", field(RED), field(BLUE))),
        ("EXPR-011", build.compare, ("=", NUMBER, TRUTH)),
        ("EXPR-012", build.compare, ("<", TRUTH, TRUTH)),
        ("EXPR-012", build.compare, (">=", field(Ref("firm")), field(Ref("firm")))),
        ("EXPR-013", build.compare, ("=", field(RED), build.literal("blue"))),
        ("EXPR-011", build.among, (NUMBER, (build.literal("red"),))),
        ("EXPR-011", build.add, (NUMBER, MONEY)),
        ("EXPR-010", build.add, (NUMBER, DATED)),
        ("EXPR-010", build.multiply, (TRUTH, NUMBER)),
        ("EXPR-014", build.divide, (NUMBER, NUMBER, 2, "bankers")),
        ("EXPR-014", build.round_to, (MONEY, 1, "")),
        ("EXPR-011", build.choose, (((TRUTH, NUMBER),), MONEY)),
        ("EXPR-010", build.choose, (((NUMBER, NUMBER),), NUMBER)),
        ("EXPR-010", build.least, ((TRUTH, TRUTH),)),
        ("EXPR-010", build.greatest, ((field(TEXT), field(TEXT)),)),
        ("EXPR-010", build.length, (MONEY, MONTH)),
        ("EXPR-010", build.length, (field(Number(2)), MONTH)),
        ("EXPR-011", build.add_time, (DATED, NUMBER, DAY)),
        ("EXPR-011", build.add_time, (DATED, field(Number(1, DAY)), DAY)),
        ("EXPR-010", build.add_time, (NUMBER, build.literal(1, DAY), DAY)),
        ("EXPR-010", build.time_between, (DAY, DATED, NUMBER)),
        ("EXPR-011", build.served, (DATED, DATED, build.literal(1, YEAR), DATED, TRUTH)),
        ("EXPR-011", build.served, (DATED, DATED, field(Number(1, MONTH)), DATED, TRUTH)),
        ("EXPR-010", build.date_part, ("year", NUMBER)),
        ("EXPR-010", build.date_edge, ("first_of_month", NUMBER)),
        ("EXPR-015", build.follow, (NUMBER, NUMBER)),
        ("EXPR-010", build.follow, (field(Ref("thing")), SHARED)),
    ],
)
def test_a_broken_rule_is_refused(code: str, make: object, arguments: tuple[object, ...]) -> None:
    assert refusal(make, *arguments) == code


@pytest.mark.parametrize(
    ("code", "op", "parts"),
    [
        ("EXPR-016", "sum", {}),
        ("EXPR-016", "min", {}),
        ("EXPR-010", "sum", {"value": TRUTH}),
        ("EXPR-010", "max", {"value": TRUTH}),
        ("EXPR-017", "any", {}),
        ("EXPR-017", "all", {}),
        ("EXPR-017", "share", {}),
        ("EXPR-010", "count", {"where": NUMBER}),
        ("EXPR-010", "share", {"where": TRUTH, "among": NUMBER}),
        ("EXPR-010", "count", {"distinct": TRUTH}),
        ("EXPR-011", "min", {"value": MONEY, "default": DATED}),
    ],
)
def test_a_broken_aggregate_is_refused(code: str, op: str, parts: dict[str, n.Node]) -> None:
    assert refusal(build.aggregate, op, "part", ("thing",), **parts) == code


def test_what_aggregates_give() -> None:
    def kind(op: str, **parts: n.Node) -> Type:
        return build.aggregate(op, "part", ("thing",), **parts).type

    assert kind("count") == Number(0, Unit(), 9)
    assert kind("sum", value=field(Number(2, CNY, 12))) == Number(2, CNY, 18)
    assert kind("sum", value=field(Number(2, CNY, 36))) == Number(2, CNY, MOST_DIGITS)
    assert kind("min", value=DATED) == DATE
    assert kind("all", where=TRUTH) == BOOL
    assert kind("share", where=TRUTH) == SHARE


def test_a_plain_zero_fits_any_unit() -> None:
    assert build.compare(">", MONEY, build.literal(0)) == n.Compare(BOOL, ">", MONEY, n.Literal(Number(0, CNY, 1), 0))
    assert refusal(build.compare, ">", MONEY, build.literal(1)) == "EXPR-011"


@pytest.mark.parametrize(
    ("op", "turned"), [("<", ">"), ("<=", ">="), (">", "<"), (">=", "<="), ("=", "="), ("<>", "<>")]
)
def test_a_rate_may_stand_before_a_share(op: str, turned: str) -> None:
    rate = build.literal(Decimal("0.5"))
    assert build.compare(op, rate, SHARED) == n.CompareShare(BOOL, turned, SHARED, rate)


def test_a_choice_between_codes_has_the_longer_list() -> None:
    longer = Code(("red", "green", "blue"))
    assert build.choose(((TRUTH, field(RED)),), field(longer)).type == longer


def test_a_literal_arm_takes_the_kind_of_the_others() -> None:
    assert build.choose(((TRUTH, build.literal("red")),), field(RED)).type == RED
    assert build.choose(((TRUTH, build.literal(1)),), build.literal(Decimal("0.25"))).type == Number(2, Unit(), 3)


def test_years_are_twelve_months() -> None:
    later = build.add_time(DATED, build.literal(2, YEAR), YEAR)
    assert isinstance(later, n.AddTime) and later.unit == "month"
    assert isinstance(later.length, n.Multiply) and later.length.type == Number(0, MONTH, 3)


def test_the_negative_of_a_literal_is_a_literal() -> None:
    assert build.negate(build.literal(5)) == n.Literal(Number(0, Unit(), 1), -5)
    assert build.negate(NUMBER) == n.Negate(NUMBER.type, NUMBER)


def test_a_known_mismatch_has_its_facts() -> None:
    with pytest.raises(Mismatch) as refused:
        build.compare("=", NUMBER, MONEY)
    assert refused.value.facts == {"left": "whole number", "right": "number (0.01 CNY)"}


@pytest.mark.parametrize("span", [field(Number(0, DAY)), field(Number(0)), field(Number(1, MONTH))])
def test_service_is_counted_in_whole_months(span: n.Node) -> None:
    assert refusal(build.served, DATED, DATED, span, DATED, TRUTH) == "EXPR-011"
    assert build.served(DATED, DATED, field(Number(0, MONTH)), DATED, TRUTH).type == BOOL


def test_a_share_cannot_be_read_through_a_reference() -> None:
    ref = field(Ref("thing"), "next")
    assert refusal(build.follow, ref, SHARED) == "EXPR-010"
    assert refusal(build.follow, NUMBER, NUMBER) == "EXPR-015"
    assert build.follow(ref, NUMBER).type == Number(0)
