"""Joins and aggregates written by hand in NumPy: references are array indexes, sums are bincounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bench.peers.calendar import day_number, latest_start, months_between, months_until
from bench.peers.loading import Arrays, area_codes, area_places, read_register
from bench.rules.reading import rules

BLOCK = 65_536


@dataclass
class Registers:
    """The registers as loaded."""

    on: date
    codes: list[str]
    areas: Arrays
    people: Arrays
    homes: Arrays
    workshops: Arrays
    jobs: Arrays


def load(folder: Path, on: date) -> Registers:
    """Read everything; villages become places in the list of codes."""
    codes = area_codes(folder)
    registers = Registers(
        on,
        codes,
        *[read_register(folder, name) for name in ("area", "person", "household", "workshop", "employment")],
    )
    registers.homes["village"] = area_places(folder, "household", codes)
    registers.workshops["village"] = area_places(folder, "workshop", codes)
    return registers


def in_blocks(function: Callable[[np.ndarray], np.ndarray], values: np.ndarray) -> np.ndarray:
    """A function of one array, block by block, so that its temporaries stay in the cache."""
    result = np.empty(len(values), np.int64)
    for low in range(0, len(values), BLOCK):
        result[low : low + BLOCK] = function(values[low : low + BLOCK])
    return result


def count(groups: np.ndarray, size: int) -> np.ndarray:
    """How many rows each group has."""
    return np.bincount(groups, minlength=size)


def total(groups: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """The sum of each group; sums of fen stay far below 2**53, so doubles hold them exactly."""
    return np.bincount(groups, weights=values, minlength=size).astype(np.int64)


def derive(registers: Registers) -> None:
    """Add every derived figure to the registers."""
    _of_people(registers)
    _of_homes(registers)
    _of_areas(registers)
    _of_workshops(registers)


def _of_people(r: Registers) -> None:
    on = day_number(r.on)
    rows = len(r.people["household"])
    jobs, people = r.jobs, r.people
    people["age"] = in_blocks(lambda days: months_until(days, r.on) // 12, _past(people, "birth_date", on))
    people["age__known"] = people["birth_date__known"]
    jobs["current"] = (jobs["start_date"] <= on) & (on < jobs["end_date"])
    rows_now = np.flatnonzero(jobs["current"])
    worker = jobs["worker"][rows_now]
    people["in_work"] = np.zeros(rows, bool)
    people["in_work"][worker] = True
    people["months_in_job"] = np.zeros(rows, np.int64)
    people["months_in_job"][worker] = months_until(jobs["start_date"][rows_now], r.on)
    people["wage_now"] = np.zeros(rows, np.int64)
    people["wage_now"][worker] = jobs["wage_month"][rows_now]
    people["wage_now__known"] = np.ones(rows, bool)
    people["wage_now__known"][worker] = jobs["wage_month__known"][rows_now]


def _past(arrays: Arrays, name: str, on: int) -> np.ndarray:
    """Days with the unknown ones replaced by `on`."""
    return np.where(arrays[f"{name}__known"], arrays[name], on)


def _of_homes(r: Registers) -> None:
    homes, people, home = r.homes, r.people, r.people["household"]
    size = len(homes["registered_poor"])
    studying = _studying(people)
    homes["members"] = count(home, size)
    homes["children"] = count(home[(people["age"] < 18) & people["age__known"]], size)
    homes["children__known"] = _nobody(home, ~people["age__known"], size)
    homes["students"] = count(home[studying], size)
    homes["students__known"] = _nobody(home, ~people["schooling__known"], size)
    homes["workers_now"] = count(home[people["in_work"]], size)
    homes["medical_spending"] = total(home, people["medical_cost"], size)
    homes["medical_spending__known"] = _nobody(home, ~people["medical_cost__known"], size)
    grade = people["disability_grade"]
    homes["any_severe"] = ~_nobody(home, people["disability_grade__known"] & (grade >= 1) & (grade <= 2), size)
    homes["any_severe__known"] = homes["any_severe"] | _nobody(home, ~people["disability_grade__known"], size)
    some_uninsured = ~_nobody(home, people["insured__known"] & ~people["insured"], size)
    some_unsure = ~_nobody(home, ~people["insured__known"], size)
    homes["all_insured"] = ~some_uninsured & ~some_unsure
    homes["all_insured__known"] = some_uninsured | ~some_unsure
    _of_income(r, size)
    moved = _past(homes, "relocation_date", day_number(r.on))
    homes["months_since_relocation_date"] = in_blocks(lambda days: months_until(days, r.on), moved)
    homes["months_since_relocation_date__known"] = homes["relocation_date__known"]


def _studying(people: Arrays) -> np.ndarray:
    codes = rules().codes["person"]["schooling"]
    places = [codes.index("vocational"), codes.index("university")]
    return people["schooling__known"] & np.isin(people["schooling"], places)


def _nobody(groups: np.ndarray, test: np.ndarray, size: int) -> np.ndarray:
    """The groups where the test holds for no row."""
    none = np.ones(size, bool)
    none[groups[test]] = False
    return none


def _of_income(r: Registers, size: int) -> None:
    """Household income: wages of the months of this year in which somebody worked, and other income."""
    jobs, homes, on = r.jobs, r.homes, day_number(r.on)
    new_year = day_number(date(r.on.year, 1, 1))
    rows = np.flatnonzero((jobs["start_date"] <= on) & (jobs["end_date"] > new_year))
    months = months_between(np.maximum(jobs["start_date"][rows], new_year), np.minimum(jobs["end_date"][rows], on + 1))
    home = r.people["household"][jobs["worker"][rows]]
    homes["work_income"] = total(home, jobs["wage_month"][rows] * months, size)
    homes["work_income__known"] = _nobody(home, ~jobs["wage_month__known"][rows], size)
    homes["income"] = homes["work_income"] + homes["other_income"]
    homes["income__known"] = homes["work_income__known"] & homes["other_income__known"]
    members = np.maximum(homes["members"], 1)
    homes["income_per_head"] = (2 * homes["income"] + members) // (2 * members)
    homes["income_per_head__known"] = homes["income__known"] & (homes["members"] > 0)


def _of_areas(r: Registers) -> None:
    homes, size = r.homes, len(r.codes)
    poor = count(r.people["household"][r.people["registered_poor"]], len(homes["village"]))
    r.areas["people"] = total(homes["village"], homes["members"], size)
    r.areas["poor_people"] = total(homes["village"], poor, size)
    lines = rules().by_area["education_line"]
    of_area = [next(lines[code[:n]] for n in (12, 9, 6, 4, 2, 0) if code[:n] in lines) for code in r.codes]
    r.areas["education_line"] = np.array(of_area, np.int64)


def _of_workshops(r: Registers) -> None:
    jobs, workshops, people = r.jobs, r.workshops, r.people
    size = len(workshops["village"])
    rows = np.flatnonzero(jobs["current"])
    place, worker, start = jobs["workshop"][rows], jobs["worker"][rows], jobs["start_date"][rows]
    poor = people["registered_poor"][worker]
    workshops["workers"] = count(place, size)
    workshops["poor_workers"] = count(place[poor], size)
    for name, months in (("poor_workers_half_year", 6), ("poor_workers_three_years", 36)):
        workshops[name] = count(place[poor & (start <= latest_start(r.on, months))], size)
    women = people["sex"][worker] == rules().codes["person"]["sex"].index("female")
    workshops["women"] = count(place[women], size)
    known = people["disability_grade__known"][worker]
    workshops["disabled_workers"] = count(place[known & (people["disability_grade"][worker] >= 1)], size)
    workshops["disabled_workers__known"] = _nobody(place, ~known, size)
    workshops["insured_workers"] = count(place[jobs["insured"][rows]], size)
    workshops["insured_workers__known"] = _nobody(place, ~jobs["insured__known"][rows], size)
    wage, known = jobs["wage_month"][rows], jobs["wage_month__known"][rows]
    workshops["wage_bill"] = total(place, wage, size)
    workshops["wage_bill__known"] = _nobody(place, ~known, size)
    below = ~_nobody(place, known & (wage < rules().parameters["wage_floor"]), size)
    workshops["wages_above_floor"] = ~below & workshops["wage_bill__known"]
    workshops["wages_above_floor__known"] = below | workshops["wage_bill__known"]
    _of_owners(r)


def _of_owners(r: Registers) -> None:
    workshops, on = r.workshops, day_number(r.on)
    for name in ("opened_date", "certified_date"):
        days = _past(workshops, name, on)
        workshops[f"months_since_{name}"] = months_until(days, r.on)
        workshops[f"months_since_{name}__known"] = workshops[f"{name}__known"]
    owner_known = workshops["owner__known"]
    home = r.people["household"][np.where(owner_known, workshops["owner"], 0)]
    known = owner_known & r.homes["cadre_family__known"][home]
    workshops["owner__household__cadre_family__known"] = known
    workshops["owner__household__cadre_family"] = known & r.homes["cadre_family"][home]


def county_places(r: Registers) -> tuple[dict[str, np.ndarray], list[str]]:
    """Per register the place of each row's county, and the counties."""
    counties = sorted({code[:6] for code in r.codes if len(code) >= 6})
    place = {code: number for number, code in enumerate(counties)}
    of_area = np.array([place.get(code[:6], 0) for code in r.codes])
    homes = of_area[r.homes["village"]]
    return {
        "person": homes[r.people["household"]],
        "household": homes,
        "workshop": of_area[r.workshops["village"]],
    }, counties
