"""The tables of a simulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from luoshi.command.simulation.names import Names
from luoshi.command.simulation.sheets import FIGURES, LEFT_OUT, Sheets, figures
from luoshi.rulebook.simulating import Side, applied
from luoshi.rulebook.simulating.differing import changes_between
from luoshi.rulebook.simulating.summing import Figures
from tests.unit.rulebook.simulating.sides import edited, pack, settings, side, simulated


def sheets(before: Side, after: Side) -> Sheets:
    return Sheets(Names(before, after, {"331124": "one"}, "en"))


def test_figures_stand_in_the_order_of_their_columns() -> None:
    assert len(figures(Figures())) == len(FIGURES)
    assert {title for title, _ in FIGURES} >= set(LEFT_OUT)
    assert figures(Figures(cost_before=Decimal(1), cost_after=Decimal(3)))[-3:] == [1, 3, 2]


def test_what_was_changed() -> None:
    after = applied(side(), settings("share=0.80"))
    sheet = sheets(side(), after).changed(changes_between(side(), after))
    assert [row[1:] for row in sheet.rows] == [
        ["share", "interest share", "0/1", "wherever no nearer value holds", "not known", "0.80"],
        ["share", "interest share", "0/1", "3311", "0.50", "0.80"],
    ]
    day = side(on=date(2020, 1, 1))
    assert sheets(side(), day).changed(changes_between(side(), day)).rows[0] == [
        "as-of date",
        "day",
        "as-of date",
        "",
        "",
        "2019-07-14",
        "2020-01-01",
    ]
    other = side(edited("size < 10", "size < 11"))
    assert sheets(side(), other).changed(changes_between(side(), other)).rows[0][-1] == "changed"
    ended = side(replace(pack(), policy=replace(pack().policy, in_force_to=date(2019, 1, 1))))
    assert sheets(side(), ended).changed(changes_between(side(), ended)).rows[0][2] == "time in force"


def test_measures_that_the_change_concerns_come_first(tmp_path: Path) -> None:
    after = applied(side(), settings("bar=4"))
    done = simulated(side(), after, tmp_path)
    sheet = sheets(side(), after).measures(done)
    assert [row[1] for row in sheet.rows][:4] == ["best", "whole", "open", "praise"]
    assert len(sheet.on_screen()[1]) == 4
    assert sheets(side(), after).areas(done, "township", "By township").on_screen()[1] == []
