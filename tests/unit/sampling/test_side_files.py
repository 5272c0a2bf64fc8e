"""The manifest, and the list of planted irregularities against the data."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

Registers = dict[str, dict[str, list[Any]]]


def planted(city: Path) -> list[dict[str, str]]:
    with (city / "irregularities.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def groups(city: Path, kind: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line in planted(city):
        if line["kind"] == kind:
            found.setdefault(line["group"], []).append(int(line["id"]))
    return found


def test_the_manifest_says_what_was_sampled_and_nothing_of_today(city: Path, registers: Registers) -> None:
    manifest = json.loads((city / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["pack"], manifest["scale"], manifest["seed"], manifest["on"]) == ("tiny", 1.0, 1, "2020-06-30")
    assert manifest["synthetic"] is True
    assert manifest["rows"] == {name: len(columns["id"]) for name, columns in registers.items()}
    assert manifest["irregularities"] == Counter(line["kind"] for line in planted(city))


def test_each_fault_is_in_the_data(city: Path, registers: Registers) -> None:
    shop, person, sale = registers["shop"], registers["person"], registers["sale"]
    for rows in groups(city, "one-owner").values():
        assert len(rows) == 5
        assert len({shop["owner"][row] for row in rows}) == 1
    for rows in groups(city, "registered-twice").values():
        assert len(rows) == 2
        assert len({person["citizen_id"][row] for row in rows}) == 1
        assert len({person["household"][row] for row in rows}) == 2
    for rows in groups(city, "round-sales").values():
        assert [str(sale["amount"][row]) for row in rows] == ["100000.00"]


def test_nobody_else_is_registered_twice(city: Path, registers: Registers) -> None:
    times = Counter(registers["person"]["citizen_id"])
    again = {row for row, number in enumerate(registers["person"]["citizen_id"]) if times[number] > 1}
    assert again == {row for rows in groups(city, "registered-twice").values() for row in rows}


def test_notes_are_in_both_languages(city: Path) -> None:
    assert all(line["note_zh"] and line["note_en"] for line in planted(city))
