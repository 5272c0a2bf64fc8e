"""Single cases: one subject with the rows it depends on, as plain rows and as small arrays.

A person comes with the household and its spells of work, a workshop with its workers and owner. The figures of the
village are given, since nobody would load a thousand neighbours to decide about one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.peers.calendar import day_number
from bench.peers.loading import NEVER, Arrays
from bench.peers.numpy_facts import Registers
from bench.rules.reading import rules

REGISTERS = ("area", "person", "household", "workshop", "employment")
Rows = dict[Any, dict[str, Any]]


@dataclass(frozen=True)
class Slice:
    """The rows a subject depends on, by register and id."""

    register: str
    subject: int
    rows: dict[str, Rows]


class Cutter:
    """Cuts single cases out of the registers of a folder."""

    def __init__(self, folder: Path) -> None:
        self.database = duckdb.connect()
        for name in REGISTERS:
            self.database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder}/{name}.parquet')")
        self.database.execute(
            "CREATE TABLE villages AS "
            "SELECT h.area, count(*) AS people, count(*) FILTER (p.registered_poor) AS poor_people "
            "FROM person p JOIN household h ON h.id = p.household GROUP BY h.area"
        )

    def _rows(self, register: str, column: str, wanted: Iterable[Any]) -> Rows:
        found = self.database.execute(f"SELECT * FROM {register} WHERE {column} IN (SELECT unnest(?))", [list(wanted)])
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return {row.pop("id"): row for row in rows}

    def person(self, subject: int) -> Slice:
        """A person with the household, its members and all their spells of work."""
        [(home,)] = self.database.execute("SELECT household FROM person WHERE id = ?", [subject]).fetchall()
        return self._home("person", subject, home)

    def household(self, subject: int) -> Slice:
        """A household with its members and all their spells of work."""
        return self._home("household", subject, subject)

    def _home(self, register: str, subject: int, home: int) -> Slice:
        people = self._rows("person", "household", [home])
        jobs = self._rows("employment", "worker", people)
        workshops = self._rows("workshop", "id", {row["workshop"] for row in jobs.values()})
        return self._slice(register, subject, people, self._rows("household", "id", [home]), workshops, jobs)

    def workshop(self, subject: int) -> Slice:
        """A workshop with all spells of work there, the workers, the owner and their households."""
        workshops = self._rows("workshop", "id", [subject])
        jobs = self._rows("employment", "workshop", [subject])
        owner = workshops[subject]["owner"]
        wanted = {row["worker"] for row in jobs.values()} | ({owner} if owner is not None else set())
        people = self._rows("person", "id", wanted)
        homes = self._rows("household", "id", {row["household"] for row in people.values()})
        return self._slice("workshop", subject, people, homes, workshops, jobs)

    def _slice(self, register: str, subject: int, people: Rows, homes: Rows, workshops: Rows, jobs: Rows) -> Slice:
        codes = {row["area"] for row in [*homes.values(), *workshops.values()]}
        areas = self._rows("area", "id", codes)
        for code, row in areas.items():
            figures = self.database.execute(
                "SELECT people, poor_people FROM villages WHERE area = ?", [code]
            ).fetchall()
            row["people"], row["poor_people"] = figures[0] if figures else (0, 0)
        rows = {"area": areas, "person": people, "household": homes, "workshop": workshops, "employment": jobs}
        return Slice(register, subject, rows)


def as_registers(cut: Slice, on: date) -> Registers:
    """The rows as arrays with dense ids.

    One more household with one person without work stands at the end: OpenFisca's sums are too short when the last
    group is empty, as the group of those without work may be in a single case.
    """
    places = {name: {key: place for place, key in enumerate(rows)} for name, rows in cut.rows.items()}
    arrays = {name: _arrays(name, list(cut.rows[name].values()), places) for name in REGISTERS if name != "area"}
    for name in ("person", "household"):
        arrays[name] = {key: np.append(values, values[:1]) for key, values in arrays[name].items()}
    arrays["person"]["household"][-1] = len(cut.rows["household"])
    codes = list(cut.rows["area"])
    areas = _arrays("area", list(cut.rows["area"].values()), places)
    for name in ("household", "workshop"):
        arrays[name]["village"] = np.array([places["area"][row["area"]] for row in cut.rows[name].values()], np.int64)
    arrays["household"]["village"] = np.append(arrays["household"]["village"], len(codes) - 1)
    return Registers(on, codes, areas, arrays["person"], arrays["household"], arrays["workshop"], arrays["employment"])


def _arrays(register: str, rows: list[dict[str, Any]], places: dict[str, dict[Any, int]]) -> Arrays:
    found: Arrays = {}
    for name, feature in rules().fields[register].items():
        if feature.kind == "text" or name in {"area", "level"}:
            continue
        cells = [row[name] for row in rows]
        if feature.nullable:
            found[f"{name}__known"] = np.array([cell is not None for cell in cells], bool)
        numbers = [_number(register, name, feature.places, cell, places) for cell in cells]
        found[name] = np.array(numbers, bool if feature.kind == "bool" else np.int64)
    return found


TARGETS = {"owner": "person", "worker": "person", "household": "household", "workshop": "workshop"}


def _number(register: str, name: str, scale: int, cell: Any, places: dict[str, dict[Any, int]]) -> int:
    if name in TARGETS:
        return places[TARGETS[name]].get(cell, -1)
    if cell is None:
        return NEVER if name == "end_date" else 0
    if isinstance(cell, date):
        return day_number(cell)
    if isinstance(cell, str):
        return rules().codes[register][name].index(cell)
    return int(cell.scaleb(scale)) if isinstance(cell, Decimal) else int(cell)
