"""Reads the blocks of the pack: registers, parameters, the table, the measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.rules.features import DERIVED, NEVER_BLANK, PARTS, Feature
from bench.rules.parsing import Reader
from bench.rules.terms import Term, rounded

PACK = Path(__file__).parent.parent / "pack"
SUBJECTS = ("person", "household", "workshop")
_FENCE = re.compile(r"^```yaml (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PLACES = {"rate": 4, "money": 2, "decimal": 2}


@dataclass(frozen=True)
class Condition:
    """A named test."""

    name: str
    test: Term


@dataclass(frozen=True)
class Measure:
    """A measure: its conditions in order and its amount in fen."""

    id: str
    register: str
    conditions: tuple[Condition, ...]
    amount: Term

    @property
    def name(self) -> str:
        """The id as a Python name."""
        return self.id.replace("-", "_")

    @property
    def amount_bit(self) -> int:
        """The bit of the unknown mask for an unknown amount: the one after the conditions."""
        return len(self.conditions)


@dataclass(frozen=True)
class Rules:
    """Everything the printers need."""

    measures: tuple[Measure, ...]
    parameters: Mapping[str, int]
    by_area: Mapping[str, Mapping[str, int]]
    bands: Mapping[str, tuple[tuple[int | None, int], ...]]
    codes: Mapping[str, Mapping[str, tuple[str, ...]]]
    fields: Mapping[str, Mapping[str, Feature]]

    def of(self, register: str) -> list[Measure]:
        """The measures for a register, in the order of the pack."""
        return [measure for measure in self.measures if measure.register == register]

    def measure(self, name: str) -> Measure:
        """A measure by id."""
        return next(measure for measure in self.measures if measure.id == name)


def _blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(PACK.glob("*.md")):
        for kind, body in _FENCE.findall(file.read_text(encoding="utf-8")):
            yield kind, yaml.load(body, yaml.BaseLoader)


def _gathered() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for kind, content in _blocks():
        found.setdefault(kind, {}).update(content)
    return found


def _scaled(text: str, places: int) -> int:
    return int(Decimal(text).scaleb(places))


def unit_places(unit: str) -> int:
    """Decimal places of a parameter with this unit."""
    if unit.startswith("CNY") or unit in {"m2", "mu", "kW", "kWh"}:
        return 2
    return 4 if unit == "rate" else 0


def _dated(content: Mapping[str, str], places: int) -> int:
    value = next(text for key, text in content.items() if key[:1].isdigit())
    return _scaled(value, places)


def _area_values(content: Mapping[str, Any], places: int) -> dict[str, int]:
    values = {area: _dated(dated, places) for area, dated in content["areas"].items()}
    return {"": _dated(content, places), **values}


def _bands(content: Mapping[str, Any]) -> tuple[tuple[int | None, int], ...]:
    """Each band of a table with one key: its last key (None is open) and its value."""
    rows = []
    for row in content["rows"]:
        key, value = row.values()
        rows.append((int(key["to"]) if "to" in key else None, _scaled(value, 4)))
    return tuple(rows)


def _field(register: str, name: str, content: Mapping[str, Any]) -> Feature:
    kinds = {"bool": "bool", "code": "code", "ref": "ref", "date": "date", "text": "text"}
    kind = kinds.get(content["type"], "number")
    return Feature(kind, _PLACES.get(content["type"], 0), f"{register}.{name}" not in NEVER_BLANK)


def _fields(registers: Mapping[str, Any]) -> dict[str, dict[str, Feature]]:
    return {
        register: {name: _field(register, name, field) for name, field in content["fields"].items()}
        for register, content in registers.items()
    }


def _codes(registers: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        register: {name: tuple(field["codes"]) for name, field in content["fields"].items() if "codes" in field}
        for register, content in registers.items()
    }


def _measure(reader: Reader, name: str, content: Mapping[str, Any]) -> Measure:
    register = content["for"]
    conditions = tuple(Condition(key, reader.read(text, register)) for key, text in content["conditions"].items())
    reader.note(name, any(condition.test.nullable for condition in conditions))
    return Measure(name, register, conditions, rounded(reader.read(content["amount"], register), 2))


@cache
def rules() -> Rules:
    """The rules of the pack."""
    found = _gathered()
    fields = _fields(found["register"])
    places = {name: unit_places(content["unit"]) for name, content in found["parameter"].items()}
    by_area = {
        name: _area_values(content, places[name]) for name, content in found["parameter"].items() if "areas" in content
    }
    single = {
        name: _dated(content, places[name]) for name, content in found["parameter"].items() if name not in by_area
    }
    features = {
        register: {**fields.get(register, {}), **DERIVED.get(register, {}), **PARTS.get(register, {})}
        for register in fields
    }
    refs = {
        (register, name): field["to"]
        for register, content in found["register"].items()
        for name, field in content["fields"].items()
        if field["type"] == "ref"
    }
    reader = Reader(features, refs, single, places)
    measures = tuple(_measure(reader, name, content) for name, content in found["measure"].items())
    tables = {name: _bands(content) for name, content in found["table"].items()}
    return Rules(measures, single, by_area, tables, _codes(found["register"]), fields)
