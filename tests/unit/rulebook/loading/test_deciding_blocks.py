"""Facts, measures, awards, limits and targets: what they come to, and what they may not say."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.blocks import Award, Rounding
from luoshi.rulebook.model.types import BOOL, DATE
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

M = "measure\nm:\n  title: BOTH\n  for: thing\n  frequency: once\n  discretion: may\n  conditions: {a: good}\n"
A = M.replace("measure", "award", 1)
STEP = "{id: claim, actor: BOTH, does: BOTH}"


@pytest.mark.parametrize(
    "blocks",
    [
        "fact\nf: {of: thing}  # PACK-052\n",
        "fact\nf: {of: thing, value: size, count: part}  # PACK-052\n",
        "fact\nf: {of: thing, judgement: bool, value: size}  # PACK-052\n",
        "fact\nf: {of: thing, min: part, max: part, of_value: paid}  # PACK-052\n",
        "fact\nf: {of: thing, sum: part}  # EXPR-016\n",
        "fact\nf: {of: thing, any: part}  # EXPR-017\n",
        "fact\nf:\n  of: thing\n  count: part\n  where: payed > 0  # EXPR-030\n",
        "fact\nf:\n  of: thing\n  sum: part\n  of_value: size  # EXPR-030\n",
        "fact\nf: {of: thing, count: part, where: paid}  # EXPR-010\n",
        "fact\nf: {of: thing, judgement: money, unit: '%'}  # PACK-045\n",
        M.replace("{a: good}", "\n    a: good\n    b: size  # EXPR-010"),
        "crosscheck\nc: {title: BOTH, left: $grant, relation: equal, right: '3'}  # EXPR-011\n",
        M.replace("{a: good}", "\n    a: size >  # EXPR-005"),
        M + "  amount: $grnt  # EXPR-031\n",
        M + "  paid_to: size  # EXPR-010\n",
        M + "  paid_to: firm.owner  # EXPR-030\n",
        A + "  prize: $grnt  # EXPR-031\n",
        A + "  quota: size  # EXPR-039\n",
        A + "  order: [size desc, weight]  # EXPR-030\n",
        "limit\nl:\n  title: BOTH\n  of: thing\n  force: hard\n  when: size  # EXPR-010\n  holds: {a: good}\n",
        "limit\nl:\n  title: BOTH\n  of: thing\n  force: hard\n  holds:\n    a: price  # EXPR-010\n",
        "target\nt:\n  title: BOTH\n  of: thing\n  indicator: size  # EXPR-011\n  value: price\n",
        "target\nt:\n  title: BOTH\n  of: thing\n  indicator: good  # EXPR-012\n  value: good\n",
        "target\nt:\n  title: BOTH\n  indicator: size  # EXPR-030\n  value: 1\n",
    ],
)
def test_what_is_refused(blocks: str) -> None:
    marked = expected(document(blocks))
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


def test_the_expression_and_its_column_are_named() -> None:
    findings = try_blocks(M.replace("{a: good}", "{a: good and size > price}")).findings
    assert findings[0].facts == {
        "name": "m",
        "expression": "good and size > price",
        "column": 10,
        "left": "whole number",
        "right": "number (0.01 CNY)",
    }


def test_a_judgement_has_no_value() -> None:
    pack = pack_of(
        "fact\nf: {of: thing, judgement: money, unit: CNY, by: BOTH, title: BOTH}\ng: {of: thing, judgement: bool}\n"
    )
    fact = pack.facts["thing", "f"]
    assert (fact.value, fact.unit_label) == (None, "CNY")
    assert fact.judged_by is not None and fact.judged_by.en == "title"
    assert pack.facts["thing", "g"].type == BOOL and pack.facts["thing", "g"].judged_by is None


def test_a_fact_without_title_is_called_by_its_id() -> None:
    assert pack_of("fact\nf: {of: thing, value: size}\n").facts["thing", "f"].title.zh == "f"


def test_an_aggregate_with_all_its_parts() -> None:
    text = "fact\nf: {of: thing, min: part, where: good, of_value: day, default: on_date}\n"
    value = pack_of(text).facts["thing", "f"].value
    assert isinstance(value, n.Aggregate)
    assert (value.op, value.register, value.via, value.type) == ("min", "part", ("thing",), DATE)
    assert isinstance(value.default, n.OnDate)
    counted = pack_of("fact\nf: {of: thing, count: part, distinct: maker}\n").facts["thing", "f"].value
    assert isinstance(counted, n.Aggregate) and counted.distinct is not None


@pytest.mark.parametrize(
    ("more", "rounding"),
    [
        ("", None),
        ("  amount: $grant\n", Rounding(2, "half_up")),
        ("  amount: size\n", None),
        ("  amount: good\n", None),
        ("  amount: $grant\n  rounding: {to: 1, mode: down}\n", Rounding(0, "down")),
        ("  amount: $grant\n  rounding: {to: 0.10}\n", Rounding(1, "half_up")),
        ("  amount: $grant\n  rounding: {to: 100}\n", Rounding(0, "half_up")),
    ],
)
def test_money_is_rounded_to_the_fen_unless_said_otherwise(more: str, rounding: Rounding | None) -> None:
    assert pack_of(M + more).measures["m"].rounding == rounding


def test_a_measure_with_everything() -> None:
    more = (
        "  amount: $grant\n  paid_to: firm\n  funds: [f]\n  evidence: [BOTH]\n  assumes: [strict]\n  procedure: p\n"
        "  benefit: BOTH\n  decided_by: BOTH\n  valid: {from: 2019-01-01}\n"
        "  stacking: {rule: exclusive, with: [n], note: BOTH}\n"
        f"--- fund\nf: {{title: BOTH, payer: county}}\n--- procedure\np: {{title: BOTH, steps: [{STEP}]}}\n"
    )
    measure = pack_of(M + more + M.replace("measure", "--- measure").replace("m:\n", "n:\n", 1)).measures["m"]
    assert (measure.funds, measure.assumes, measure.procedure) == (("f",), ("strict",), "p")
    assert measure.stacking is not None and measure.stacking.others == ("n",)
    assert measure.valid == (date(2019, 1, 1), None)
    assert isinstance(measure.paid_to, n.Field) and measure.paid_to.name == "firm"
    assert [(item.name, item.line) for item in measure.conditions] == [("a", 11)]


def test_an_award_is_a_measure_with_places_and_an_order() -> None:
    award = pack_of(
        A + "  prize: $grant\n  quota: $least\n  order: [size desc, price asc, size, id]\n  chosen_by: BOTH\n"
    ).measures["m"]
    assert isinstance(award, Award)
    assert [key.descending for key in award.order] == [True, False, False, False]
    assert [key.value is None for key in award.order] == [False, False, False, True]
    assert isinstance(award.quota, n.Parameter)
    assert award.rounding == Rounding(2, "half_up")
    bare = pack_of(A + "  amount: $grant\n").measures["m"]
    assert isinstance(bare, Award)
    assert (bare.quota, bare.order) == (None, ())
    assert isinstance(bare.amount, n.Parameter)


@pytest.mark.parametrize(
    ("direction", "op"),
    [("at-least", ">="), ("at-most", "<="), ("exactly", "="), ("more-than", ">"), ("less-than", "<")],
)
def test_a_target_compares_its_figure(direction: str, op: str) -> None:
    text = "target\nt: {title: BOTH, of: thing, indicator: size, value: $least, direction: %s, by: 2020-12-31}\n"
    target = pack_of(text % direction).targets["t"]
    assert isinstance(target.test, n.Compare) and target.test.op == op
    assert target.by == date(2020, 12, 31)


def test_a_limit() -> None:
    text = (
        "limit\nl: {title: BOTH, of: thing, force: soft, when: good, holds: {a: size > 1}, message: BOTH,"
        " assumes: [strict]}\n"
    )
    limit = pack_of(text).limits["l"]
    assert (limit.force, limit.assumes, limit.register) == ("soft", ("strict",), "thing")
    assert isinstance(limit.when, n.Field) and limit.message is not None
