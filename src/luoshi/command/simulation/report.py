"""A simulation told: tables on screen, JSON, the workbook and the charts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.command import output
from luoshi.command.simulation.curve_words import curve_json, curve_words
from luoshi.command.simulation.names import Names
from luoshi.command.simulation.sheets import Sheet, Sheets
from luoshi.rulebook.simulating import Curve, Simulation
from luoshi.rulebook.simulating.comparing import BETWEEN
from luoshi.rulebook.simulating.summing import NAMES, Line
from luoshi.rulebook.wording import msg


@dataclass(frozen=True)
class Report:
    """What a simulation came to, and the words for it."""

    names: Names
    simulation: Simulation | None
    curve: Curve | None

    def sheets(self) -> list[Sheet]:
        """Every table."""
        sheets = Sheets(self.names)
        found = sheets.of_simulation(self.simulation) if self.simulation else []
        if self.curve:
            found.append(sheets.curve(self.curve, [*sheets.notes(), *curve_words(self.curve, self.names)]))
        return found

    def tell(self, out: Path) -> None:
        """Print the tables; of those that are long or wide, what there is room for."""
        names = self.names
        for note in Sheets(names).notes():
            click.echo(note)
        for sheet in self.sheets():
            titles, rows = sheet.on_screen()
            if not rows:
                continue
            output.print_table(sheet.name, titles, rows)
        if self.curve:
            for words in curve_words(self.curve, names):
                click.echo(words)
        click.echo(names.say(msg("Results are in {folder}"), folder=out))

    def json(self) -> dict[str, Any]:
        """Everything as plain data; amounts are text."""
        before, after = self.names.before, self.names.after
        told: dict[str, Any] = {
            "pack": before.pack.policy.id,
            "pack_hash": [before.pack.hash, after.pack.hash],
            "on": [before.on.isoformat(), after.on.isoformat()],
            "as_if_in_force": before.as_if_in_force,
        }
        if self.simulation:
            told |= simulation_json(self.simulation)
        if self.curve:
            told["curve"] = curve_json(self.curve, self.names)
        return told

    def write_curve(self, out: Path) -> None:
        """The table of the curve."""
        if self.curve:
            points = self.curve.points
            columns = {
                "value": pa.array([Decimal(point.value) for point in points]),
                "eligible": pa.array([point.eligible for point in points], pa.int64()),
                "undetermined": pa.array([point.undetermined for point in points], pa.int64()),
                "cost": pa.array([point.cost for point in points], pa.decimal128(38, 2)),
            }
            pq.write_table(pa.table(columns), out / "cost-curve.parquet", compression="zstd")


def simulation_json(done: Simulation) -> dict[str, Any]:
    """A simulation as plain data."""
    changes = [
        {
            "kind": change.key[0],
            "id": change.name,
            "clause": change.block.clause if change.block else None,
            "how": change.how,
            "parts": [{"name": p.name, "before": _plain(p.before), "after": _plain(p.after)} for p in change.parts],
        }
        for change in done.changes
    ]
    return {
        "changes": changes,
        "total": line_json("", Line("", done.sums.total)),
        "measures": [line_json("measure", line) for line in done.sums.measures],
        "areas": [line_json("area", line) for line in done.sums.areas("county")],
        "funds": [line_json("fund", line) for line in done.sums.funds()],
        "payers": [line_json("payer", line) for line in done.sums.payers()],
        "causes": [
            {
                "measure": line.measure,
                "causes": line.causes.split(BETWEEN),
                "clauses": line.clauses.split(BETWEEN),
                "conditions": line.conditions.split(BETWEEN) if line.conditions else [],
                "changes": line.count,
                "newly_eligible": line.newly_eligible,
                "no_longer_eligible": line.no_longer_eligible,
                "newly_undetermined": line.newly_undetermined,
                "amount_changed": line.amount_changed,
                "difference": _plain(line.difference),
            }
            for line in done.causes
        ],
        "undetermined": [
            {
                "measure": item.measure,
                "condition": item.condition,
                "before": item.before,
                "after": item.after,
                "may_be_missing": [lack._asdict() for lack in item.missing],
            }
            for item in done.undecided
        ],
        "rows_changed": dict(done.rows),
    }


def line_json(name: str, line: Line) -> dict[str, Any]:
    """The figures of a line as JSON."""
    figures = {field: getattr(line.figures, field) for field in (*NAMES, "difference")}
    told = {field: str(value) if isinstance(value, Decimal) else value for field, value in figures.items()}
    return {name: line.key, **told} if name else told


def _plain(value: object) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
