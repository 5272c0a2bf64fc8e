"""Blocks: texts in both languages, the expressions each holds, and the days on which they are in force."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.model import nodes as n
from luoshi.rulebook.model.bases import Bilingual
from tests.unit.rulebook.packs import POLICY, pack_of

FUND = "fund\nm: {title: BOTH, payer: county}\n"


def test_a_text_in_both_languages() -> None:
    both = Bilingual("某局", "an office")
    assert (both.say("zh"), both.say("en")) == ("某局", "an office")


@pytest.mark.parametrize(
    ("status", "span", "on", "holds"),
    [
        ("in-force", "{from: 2018-12-22}", date(2018, 12, 21), False),
        ("in-force", "{from: 2018-12-22}", date(2018, 12, 22), True),
        ("trial", "{from: 2018-12-22, to: 2019-12-31}", date(2019, 12, 31), True),
        ("in-force", "{from: 2018-12-22, to: 2019-12-31}", date(2020, 1, 1), False),
        ("in-force", "{to: 2019-12-31}", date(2019, 1, 1), False),
        ("draft", "{from: 2018-12-22}", date(2019, 1, 1), False),
        ("repealed", "{from: 2018-12-22}", date(2019, 1, 1), False),
        ("library", "{from: 2018-12-22}", date(2019, 1, 1), False),
    ],
)
def test_when_a_policy_is_in_force(status: str, span: str, on: date, holds: bool) -> None:
    policy = POLICY.replace("in-force", status, 1).replace("{from: 2000-01-01}", span)
    assert pack_of(FUND, policy=policy).policy.in_force(on) is holds


M = "{title: BOTH, for: thing, frequency: once, discretion: may, conditions: {%s}%s}"


@pytest.mark.parametrize(
    ("valid", "on", "pays"),
    [
        ("", date(1999, 12, 31), False),
        ("", date(2000, 1, 1), True),
        (", valid: {from: 2019-07-14}", date(2019, 7, 13), False),
        (", valid: {from: 2019-07-14}", date(2019, 7, 14), True),
        (", valid: {to: 2019-07-14}", date(2019, 7, 14), True),
        (", valid: {to: 2019-07-14}", date(2019, 7, 15), False),
        (", valid: {to: 2019-07-14}", date(1999, 12, 31), False),
    ],
)
def test_when_a_measure_pays(valid: str, on: date, pays: bool) -> None:
    pack = pack_of("measure\nm: " + M % ("a: good", valid) + "\n")
    assert pack.in_force(pack.measures["m"], on) is pays


def read(node: n.Node) -> str:
    """The first name that an expression reads."""
    return next(item.name for item in n.walk(node) if isinstance(item, n.Field | n.Parameter))


@pytest.mark.parametrize(
    ("blocks", "names"),
    [
        ("fund\nx: {title: BOTH, payer: county}", []),
        ("parameter\nx: {title: BOTH, unit: item, 2000-01-01: 5}", []),
        ("fact\nx: {of: thing, judgement: bool}", []),
        ("fact\nx: {of: thing, value: size > 1}", ["size"]),
        ("measure\nx: " + M % ("a: good, b: size > 1", ""), ["good", "size"]),
        ("measure\nx: " + M % ("a: good", ", amount: price"), ["good", "price"]),
        ("award\nx: " + M % ("a: good", ", prize: $grant, quota: $least"), ["good", "grant", "least"]),
        ("award\nx: " + M % ("a: good", ", order: [size desc, id, price]"), ["good", "size", "price"]),
        ("limit\nx: {title: BOTH, of: thing, holds: {a: good, b: size > 1}, force: hard}", ["good", "size"]),
        ("limit\nx: {title: BOTH, of: thing, when: good, holds: {a: size > 1}, force: hard}", ["good", "size"]),
        ("target\nx: {title: BOTH, of: thing, indicator: size, value: $least}", ["size", "least"]),
        ("crosscheck\nx: {title: BOTH, left: $least, right: $least, relation: equal}", ["least", "least"]),
    ],
)
def test_the_expressions_a_block_holds_in_the_order_they_are_written(blocks: str, names: list[str]) -> None:
    (block,) = [block for block in pack_of(blocks + "\n").blocks() if block.id == "x"]
    assert [read(root) for root in block.expressions()] == names


def test_every_block_comes_once_by_kind() -> None:
    pack = pack_of("fact\nf: {of: thing, value: size > 1}\nf2: {of: firm, judgement: bool}\n--- " + FUND)
    found = [block.id for block in pack.blocks()]
    assert found == [
        *("area", "firm", "thing", "part"),
        *("least", "grant", "half", "share", "tone"),
        "bands",
        *("strict", "spoken"),
        *("f", "f2"),
        "m",
    ]
    assert {block.clause for block in pack.blocks()} == {"0/1", "1/1"}
    assert pack.fact("thing", "f").id == "f"
