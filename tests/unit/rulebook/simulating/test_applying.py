"""Overlays applied to a side; an overlay that changes nothing is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.simulating import Overlay, applied
from tests.unit.rulebook.simulating.sides import ON, codes_of, edited, findings_of, settings, side


def test_everything_at_once() -> None:
    overlay = Overlay(
        settings("share@331124=0.90", "share=0.80", "strict=false").settings, ("flat",), ("old",), date(2020, 1, 1)
    )
    after = applied(side(), overlay)
    held = after.settings()
    assert (held.value("share", None), held.value("share", "331124")) == (Decimal("0.80"), Decimal("0.90"))
    assert held.value("strict", None) is False
    assert after.on == date(2020, 1, 1)
    assert after.pays(after.pack.measures["old"])


@pytest.mark.parametrize(
    ("overlay", "codes"),
    [
        (Overlay(), ["SIM-001"]),
        (settings("least=5"), ["SIM-002"]),
        (settings("share@3311=0.50"), ["SIM-002"]),
        (settings("share@331124=0.50"), ["SIM-002"]),
        (settings("strict=true"), ["SIM-002"]),
        (Overlay(day=ON), ["SIM-007"]),
        (Overlay(on=("flat",)), ["SIM-009"]),
        (Overlay(on=("flat.good",)), ["SIM-009"]),
        (Overlay(off=("flat",), on=("flat",)), ["SIM-009"]),
        (Overlay(off=("flatt",)), ["CASE-020"]),
        (Overlay(off=("flat.god",)), ["SIM-006"]),
        (settings("idle=2"), ["SIM-011"]),
        (settings("nothing=2", "share=7"), ["CASE-004", "CASE-007"]),
    ],
    ids=str,
)
def test_an_overlay_that_changes_nothing_or_cannot_be_is_refused(overlay: Overlay, codes: list[str]) -> None:
    assert codes_of(side(), overlay) == codes


def test_what_nothing_rests_on_is_named() -> None:
    assert findings_of(side(), settings("idle=2"))[0].facts == {"names": ["idle"]}


def test_a_value_at_its_bound_may_be_set() -> None:
    assert codes_of(side(), settings("share=1.00")) == []
    assert codes_of(side(), settings("share=1.05")) == ["CASE-007"]


def test_an_edited_pack_takes_the_place_of_the_other() -> None:
    other = side(edited("size > $bar}, prize: price", "size > 3}, prize: price"))
    after = applied(side(), Overlay(day=date(2020, 1, 1)), other)
    assert (after.pack, after.on) == (other.pack, date(2020, 1, 1))


def test_an_edited_pack_that_means_the_same_is_refused() -> None:
    same = side(edited("zh: 定额", "zh: 定额补"))
    assert codes_of(side(), Overlay(), same) == ["SIM-008"]


def test_changes_that_cancel_each_other_are_refused() -> None:
    other = side(edited("unit: item, 2000-01-01: 2}", "unit: item, 2000-01-01: 3}"))
    assert codes_of(side(), settings("bar=2"), other) == ["SIM-001"]


def test_a_day_on_which_nothing_is_different_is_refused() -> None:
    only_flat = edited("born, on_date) >= $half", "born, born) >= $half")
    assert codes_of(side(only_flat), Overlay(day=date(2019, 7, 15))) == ["SIM-011"]
    assert codes_of(side(), Overlay(day=date(2019, 7, 15))) == []
