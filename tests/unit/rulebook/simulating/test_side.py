"""One side of a simulation: what decides on a day, and what is left out to compute less."""

from __future__ import annotations

from datetime import date

from luoshi.rulebook.simulating.side import only_measures
from tests.unit.rulebook.simulating.sides import side


def test_a_measure_pays_within_its_time_or_as_if() -> None:
    old = side().pack.measures["old"]
    assert not side().pays(old)
    assert side(on=date(2018, 12, 31)).pays(old)
    assert side(as_if_in_force=True).pays(old)


def test_only_measures_are_kept() -> None:
    kept = only_measures(side()).pack
    assert list(kept.measures) == list(side().pack.measures)
    assert not kept.limits and not kept.targets and not kept.integrity_checks and not kept.duties
    assert list(only_measures(side(), ["flat", "nothing"]).pack.measures) == ["flat"]


def test_local_values_hold() -> None:
    assert str(side().settings().value("share", "331124")) == "0.50"
    assert side().settings().value("share", None) is None
