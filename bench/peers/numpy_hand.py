"""NumPy by hand: whole arrays for joins and sums, then each register judged in blocks that fit the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from bench.peers.numpy_facts import BLOCK, Registers, county_places, derive, load
from bench.peers.results import Columns, Results, empty, write_wide
from bench.rules.numpy_text import block_function
from bench.rules.reading import SUBJECTS, rules

AREA_FEATURES = ("people", "poor_people", "deeply_poor", "deeply_poor__known", "education_line")


class Followed:
    """A column of another register, fetched for a block of rows at a time."""

    def __init__(self, values: np.ndarray, index: np.ndarray) -> None:
        self.values, self.index = values, index

    def __getitem__(self, rows: slice) -> np.ndarray:
        return self.values[self.index[rows]]


class FollowedTwice:
    """A column two references away."""

    def __init__(self, values: np.ndarray, second: np.ndarray, first: np.ndarray) -> None:
        self.values, self.second, self.first = values, second, first

    def __getitem__(self, rows: slice) -> np.ndarray:
        return self.values[self.second[self.first[rows]]]


def features(r: Registers) -> dict[str, dict]:
    """Per register the columns that the measures read, those of other registers as indexes."""
    people: dict = dict(r.people)
    for name, values in r.homes.items():
        people[f"household__{name}"] = Followed(values, r.people["household"])
    for name in AREA_FEATURES:
        people[f"household__area__{name}"] = FollowedTwice(r.areas[name], r.homes["village"], r.people["household"])
    found = {"person": people, "household": dict(r.homes), "workshop": dict(r.workshops)}
    for register, arrays in (("household", r.homes), ("workshop", r.workshops)):
        for name in AREA_FEATURES:
            found[register][f"area__{name}"] = Followed(r.areas[name], arrays["village"])
    found["household"]["education_line"] = found["household"]["area__education_line"]
    return found


@cache
def judge_of(register: str) -> Callable[[Mapping, Columns, int, int], None]:
    """The compiled function that judges a block of a register."""
    scope: dict = {"np": np, "ONE": np.uint8(1), "TWO": np.uint8(2), "THREE": np.uint8(3)}
    exec(compile(block_function(rules(), register), f"<{register}>", "exec"), scope)
    return scope["judge"]


def judge(register: str, columns: Mapping, rows: int) -> Columns:
    """The result columns of a register."""
    out = empty(register, rows)
    for low in range(0, rows, BLOCK):
        judge_of(register)(columns, out, low, min(rows, low + BLOCK))
    return out


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None) -> Results:
    """Load, derive, judge, total, write."""
    results = Results()
    with results.phase("load"):
        registers = load(data_dir, on_date)
    with results.phase("evaluate"):
        derive(registers)
        columns = features(registers)
        sizes = {"person": registers.people, "household": registers.homes, "workshop": registers.workshops}
        for register in SUBJECTS:
            results.columns[register] = judge(register, columns[register], int(sizes[register]["rows"]))
        county, counties = county_places(registers)
        for register in SUBJECTS:
            results.add_budget(register, county[register], counties)
    write_wide(results, out_dir)
    return results
