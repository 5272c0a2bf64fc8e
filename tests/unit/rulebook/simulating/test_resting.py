"""Which blocks a measure rests on, at any depth."""

from __future__ import annotations

from luoshi.rulebook.simulating.differing import DAY
from luoshi.rulebook.simulating.resting import Resting
from tests.unit.rulebook.simulating.sides import pack


def test_a_measure_rests_on_what_its_conditions_and_amount_read() -> None:
    assert Resting(pack()).behind_measure("grant-in-aid") == {
        ("measures", "grant-in-aid"),
        ("parameters", "least"),
        ("parameters", "share"),
        ("assumptions", "strict"),
        ("facts", ("thing", "sound_parts")),
        ("facts", ("part", "judged")),
        ("registers", "thing"),
        ("registers", "part"),
        ("funds", "own"),
        ("funds", "other"),
    }


def test_a_measure_rests_on_other_measures_tables_and_the_day() -> None:
    resting = Resting(pack())
    assert {("measures", "flat"), ("tables", "bands")} <= resting.behind_measure("follower")
    assert ("parameters", "grant") not in resting.behind_measure("follower")
    assert DAY in resting.behind_measure("aged")


def test_an_award_rests_on_its_quota() -> None:
    assert ("parameters", "places") in Resting(pack()).behind_measure("best")
