"""A simulation as plain data."""

from __future__ import annotations

from pathlib import Path

from luoshi.command.simulation.names import Names
from luoshi.command.simulation.report import Report, line_json
from luoshi.rulebook.simulating import applied
from luoshi.rulebook.simulating.summing import Figures, Line
from tests.unit.rulebook.simulating.sides import settings, side, simulated


def test_amounts_are_text_and_counts_are_numbers() -> None:
    told = line_json("measure", Line("flat", Figures(eligible_after=3)))
    assert (told["measure"], told["eligible_after"], told["cost_after"], told["difference"]) == (
        "flat",
        3,
        "0.00",
        "0.00",
    )
    assert "measure" not in line_json("", Line("", Figures()))


def test_every_table_has_as_many_cells_as_columns(tmp_path: Path) -> None:
    after = applied(side(), settings("share=0.80", "least=4", "bar=4"))
    names = Names(side(), after, {}, "zh")
    report = Report(names, simulated(side(), after, tmp_path), None)
    sheets = report.sheets()
    assert len({sheet.name for sheet in sheets}) == len(sheets) == 8
    assert all(len(row) == len(sheet.columns) for sheet in sheets for row in sheet.rows)
    assert all(len(row) == len(titles) for titles, rows in (sheet.on_screen() for sheet in sheets) for row in rows)
    assert all(len(sheet.name) <= 31 for sheet in sheets)
    assert report.json()["total"]["newly_eligible"] == 1
