"""What differs between two sides: values that hold on the day, and blocks in what they mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.simulating.differing import DAY, POLICY, Part, changes_between
from luoshi.rulebook.simulating.setting_values import with_value
from tests.unit.rulebook.simulating.sides import BLOCKS, LOCAL, edited, pack, side


def names(old: str, new: str) -> list[tuple[str, str, list[str]]]:
    changes = changes_between(side(), side(edited(old, new)))
    return [(change.name, change.how, [part.name for part in change.parts]) for change in changes]


def test_a_side_does_not_differ_from_itself() -> None:
    assert changes_between(side(), side()) == ()


@pytest.mark.parametrize("old", ["zh: 定额, en: flat", "en: own fund", "zh: 门槛"])
def test_words_do_not_differ(old: str) -> None:
    assert names(old, old.replace("en: ", "en: the ").replace("zh: ", "zh: 该")) == []


def test_a_block_further_down_does_not_differ() -> None:
    assert names("measure\ngrant-in-aid:", "measure\n\n\ngrant-in-aid:") == []


@pytest.mark.parametrize(
    ("old", "new", "name", "parts"),
    [
        (
            "good: good}, amount: $grant, funds: [own]",
            "good: not good}, amount: price, funds: []",
            "flat",
            ["good", "amount", "funds"],
        ),
        ("{big: size >= $least, sound:", "{huge: size > 7, sound:", "grant-in-aid", ["huge", "big"]),
        ("quota: 2", "quota: 3", "whole", ["quota"]),
        ("where: good and judged", "where: judged", "thing.sound_parts", []),
        ("payer: city", "payer: county", "other", []),
        ("size < 10", "size < 11", "cap", []),
    ],
)
def test_a_changed_block_is_named_with_its_parts(old: str, new: str, name: str, parts: list[str]) -> None:
    assert names(old, new) == [(name, "changed", parts)]


def test_what_decides_nothing_has_no_parts() -> None:
    before, after = (
        side(),
        side(edited("frequency: once, discretion: may}\nfollower", "frequency: yearly, discretion: may}\nfollower")),
    )
    change = changes_between(before, after)[0]
    assert (change.name, change.parts, change.decides) == ("beside", (), False)


def test_blocks_come_and_go() -> None:
    line = next(line for line in BLOCKS.splitlines() if line.startswith("praise:"))
    assert names(line + "\n", "") == [("praise", "removed", [])]
    gone = side(edited(line + "\n", ""))
    assert [(change.name, change.how) for change in changes_between(gone, side())] == [("praise", "added")]


def test_values_differ_by_area() -> None:
    changes = changes_between(side(), with_value(side(), "share", Decimal("0.80"), ""))
    assert [(change.name, change.parts) for change in changes] == [
        ("share", (Part("", None, Decimal("0.80")), Part("3311", Decimal("0.50"), Decimal("0.80"))))
    ]
    other = side(local=(*LOCAL, LocalValue("strict", False, "331124")))
    assert [change.parts for change in changes_between(side(), other)] == [(Part("331124", True, False),)]


def test_a_value_that_does_not_hold_yet_does_not_differ() -> None:
    later = edited("bar: {title: {zh: 门槛, en: bar}, unit: item, ", "bar: {title: BOTH, unit: item, 2030-01-01: 9, ")
    assert changes_between(side(), side(later)) == ()
    assert len(changes_between(side(on=date(2030, 1, 1)), side(later, on=date(2030, 1, 1)))) == 1


def test_the_day_differs_and_the_values_that_go_with_it() -> None:
    before = side(on=date(2009, 12, 31))
    changes = changes_between(before, side(on=date(2010, 1, 1)))
    assert [(change.key, change.name) for change in changes] == [(DAY, "day"), (("parameters", "grant"), "grant")]
    assert changes[0].parts == (Part("", date(2009, 12, 31), date(2010, 1, 1)),)


def test_the_time_of_the_policy_differs() -> None:
    ended = replace(pack(), policy=replace(pack().policy, in_force_to=date(2019, 1, 1)))
    assert [(change.key, change.name) for change in changes_between(side(), side(ended))] == [(POLICY, "policy")]
