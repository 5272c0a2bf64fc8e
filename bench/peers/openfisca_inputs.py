"""From the registers to an OpenFisca simulation.

OpenFisca knows persons and groups of persons. Spells of work are neither, so they are split beforehand into the
present job of a person, by which people are grouped into workshops, and the sum of wages of earlier jobs this year.
Whoever has no job belongs to one more workshop, the last, which is dropped in the end. A workshop's owner and
village are looked up beforehand too. That preparation is a phase of its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.peers.calendar import day_number, months_between
from bench.peers.loading import Arrays
from bench.peers.numpy_facts import Registers, county_places, load
from bench.peers.openfisca_system import LINE_AREAS
from bench.peers.results import Columns, Results, write_wide
from bench.rules.openfisca_text import PREFIX
from bench.rules.reading import SUBJECTS, rules


def prepare(r: Registers) -> dict[str, np.ndarray]:
    """The groups of persons, and inputs that are no columns of a register, by variable name."""
    inputs = _jobs(r)
    owner_known = r.workshops["owner__known"]
    home = r.people["household"][np.where(owner_known, r.workshops["owner"], 0)]
    known = owner_known & r.homes["cadre_family__known"][home]
    inputs["workshop_owner_cadre_family"] = known & r.homes["cadre_family"][home]
    inputs["workshop_owner_cadre_family__known"] = known
    villages = np.array([number for number, code in enumerate(r.codes) if len(code) == 12])
    place = np.zeros(len(r.codes), np.int64)
    place[villages] = np.arange(len(villages))
    inputs["workshop_village_place"] = place[r.workshops["village"]]
    inputs["household_village_place"] = place[r.homes["village"]]
    inputs["village_deeply_poor"] = r.areas["deeply_poor"][villages]
    inputs["village_deeply_poor__known"] = r.areas["deeply_poor__known"][villages]
    inputs["person_village"] = place[r.homes["village"]][r.people["household"]]
    lines = {name[1:]: number for number, name in enumerate(LINE_AREAS) if name != "general"}
    line = [next((lines[code[:n]] for n in (12, 9, 6, 4) if code[:n] in lines), 0) for code in r.codes]
    inputs["household_line_area"] = np.array(line, np.int16)[r.homes["village"]]
    return inputs


def _jobs(r: Registers) -> dict[str, np.ndarray]:
    people, jobs, on = len(r.people["household"]), r.jobs, day_number(r.on)
    current = (jobs["start_date"] <= on) & (on < jobs["end_date"])
    rows = np.flatnonzero(current)
    worker = jobs["worker"][rows]
    workshops = len(r.workshops["village"])
    prepared = {
        "person_workshop": np.full(people, workshops),
        "in_work": np.zeros(people, bool),
        "job_start": np.full(people, on),
        "job_wage": np.zeros(people, np.int64),
        "job_wage__known": np.ones(people, bool),
        "job_insured": np.zeros(people, bool),
        "job_insured__known": np.ones(people, bool),
    }
    prepared["person_workshop"][worker] = jobs["workshop"][rows]
    prepared["in_work"][worker] = True
    prepared["job_start"][worker] = jobs["start_date"][rows]
    for name in ("wage", "insured"):
        source = "wage_month" if name == "wage" else name
        prepared[f"job_{name}"][worker] = jobs[source][rows]
        prepared[f"job_{name}__known"][worker] = jobs[f"{source}__known"][rows]
    prepared["job_start"] = prepared["job_start"].astype("datetime64[D]")
    return {**prepared, **_earlier_jobs(r, current, people)}


def _earlier_jobs(r: Registers, current: np.ndarray, people: int) -> dict[str, np.ndarray]:
    """Wages this year from jobs that have ended."""
    jobs, on = r.jobs, day_number(r.on)
    new_year = day_number(date(r.on.year, 1, 1))
    rows = np.flatnonzero(~current & (jobs["start_date"] <= on) & (jobs["end_date"] > new_year))
    months = months_between(np.maximum(jobs["start_date"][rows], new_year), jobs["end_date"][rows])
    worker = jobs["worker"][rows]
    earned = np.bincount(worker, weights=jobs["wage_month"][rows] * months, minlength=people)
    known = np.ones(people, bool)
    known[worker[~jobs["wage_month__known"][rows]]] = False
    return {"past_income": earned.astype(np.int64), "past_income__known": known}


def simulation(built: TaxBenefitSystem, r: Registers, inputs: dict[str, np.ndarray]) -> Simulation:
    """A simulation with all inputs set."""
    builder = SimulationBuilder()
    builder.create_entities(built)
    people = len(r.people["household"])
    sizes = {
        "person": people,
        "household": len(r.homes["village"]),
        "workshop": len(r.workshops["village"]) + 1,
        "village": len(inputs["village_deeply_poor"]),
    }
    groups = {
        "household": r.people["household"],
        "workshop": inputs["person_workshop"],
        "village": inputs["person_village"],
    }
    for name, population in builder.populations.items():
        population.count, population.ids = sizes[name], np.arange(sizes[name])
        if name in groups:
            population.members_entity_id = groups[name]
    started = builder.build(built)
    period = str(r.on.year)
    for register, arrays in (("person", r.people), ("household", r.homes), ("workshop", r.workshops)):
        _set_fields(started, register, arrays, period)
    for name, values in inputs.items():
        if name in built.variables:
            started.set_input(name, period, _fitting(name, values))
    return started


def _set_fields(started: Simulation, register: str, arrays: Arrays, period: str) -> None:
    for name, feature in rules().fields[register].items():
        if feature.kind in {"ref", "text"}:
            continue
        values = arrays[name].astype("datetime64[D]") if feature.kind == "date" else arrays[name]
        started.set_input(PREFIX[register] + name, period, _fitting(PREFIX[register], values))
        if feature.nullable:
            known = _fitting(PREFIX[register], arrays[f"{name}__known"])
            started.set_input(f"{PREFIX[register]}{name}__known", period, known)


def _fitting(name: str, values: np.ndarray) -> np.ndarray:
    """Columns of workshops get one more row, for those without a job."""
    return np.concatenate([values, np.zeros(1, values.dtype)]) if name.startswith("workshop_") else values


def collected(started: Simulation, period: str, lean: bool) -> dict[str, Columns]:
    """Calculate every result variable; the workshop of those without a job is dropped."""
    found: dict[str, Columns] = {}
    for register in SUBJECTS:
        end = -1 if register == "workshop" else None
        columns = found[register] = {}
        for measure in rules().of(register):
            columns[f"{measure.id}.amount"] = started.calculate(f"{measure.name}__amount", period)[:end]
            masks = _masks(started, measure.name, period, lean)
            columns.update({f"{measure.id}.{part}": values[:end] for part, values in masks.items()})
    return found


def _masks(started: Simulation, name: str, period: str, lean: bool) -> Columns:
    if not lean:
        parts = ("outcome", "unmet", "unknown")
        return {part: started.calculate(f"{name}__{part}", period) for part in parts}
    masks = started.calculate(f"{name}__masks", period)
    unmet, unknown = (masks & 255).astype(np.uint8), (masks >> 8).astype(np.uint8)
    outcome = np.where(unmet != 0, 2, np.where(unknown != 0, 3, 1)).astype(np.uint8)
    return {"outcome": outcome, "unmet": unmet, "unknown": unknown}


def evaluated(
    built: TaxBenefitSystem, data_dir: Path, on_date: date, out_dir: Path | None, lean: bool, results: Results
) -> Results:
    """Load, prepare, calculate, total, write."""
    with results.phase("load"):
        registers = load(data_dir, on_date)
    with results.phase("prepare"):
        inputs = prepare(registers)
    with results.phase("evaluate"):
        started = simulation(built, registers, inputs)
        results.columns = collected(started, str(on_date.year), lean)
        county, counties = county_places(registers)
        for register in SUBJECTS:
            results.add_budget(register, county[register], counties)
    write_wide(results, out_dir)
    return results
