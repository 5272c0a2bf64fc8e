"""Scans wait for their last stage, together."""

from __future__ import annotations

from luoshi.rulebook.engines.sql.meaning.scans import Scans


def test_scans_of_one_stage_have_nothing_to_wait_for() -> None:
    scans = Scans()
    assert [scans.stage("part", "thing", 0), scans.stage("part", "maker", 1), scans.stage("part", "thing", 0)] == [
        0,
        1,
        0,
    ]
    assert scans.joined() is None


def test_earlier_scans_wait_for_the_last() -> None:
    scans = Scans()
    for stage in (0, 2):
        scans.stage("part", "thing", stage)
    later = scans.joined()
    assert later is not None
    assert [later.stage("part", "thing", ready) for ready in (0, 2)] == [2, 2]
    assert later.stage("part", "maker", 0) == 0
    assert later.joined() is None
