"""Derived figures of villages and workshops as OpenFisca variables, written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.variables import Variable

from bench.peers.calendar import latest_start, months_until
from bench.peers.openfisca_facts import DERIVED, as_days, derived, on_day
from bench.peers.openfisca_system import LINE_AREAS, variable


@derived("village", "int64")
def village_people(villages, period):
    return villages.nb_persons()


@derived("village", "int64")
def village_poor_people(villages, period):
    return villages.sum(villages.members("registered_poor", period))


VILLAGE_FIGURES = (
    ("people", "int64"),
    ("poor_people", "int64"),
    ("deeply_poor", "bool"),
    ("deeply_poor__known", "bool"),
)


def _through_first_person(name: str, kind: str) -> type[Variable]:
    """A village's value for the household, as OpenFisca projects it."""

    def formula(households, period):
        return households.first_person.village(f"village_{name}", period)

    return variable(f"household_village_{name}", "household", kind, formula)


def _by_place(entity: str, name: str, kind: str) -> type[Variable]:
    """A village's value for a group, fetched by the place of its village; workshops have no members there."""

    def formula(groups, period):
        villages = groups.simulation.populations["village"]
        return villages(f"village_{name}", period)[groups(f"{entity}_village_place", period)]

    return variable(f"{entity}_village_{name}", entity, kind, formula)


def _education_line(households, period, parameters):
    lines = parameters(period).education_line
    values = np.array([getattr(lines, name) for name in LINE_AREAS])
    return values[np.asarray(households("household_line_area", period))]


DERIVED += [_by_place("workshop", *figure) for figure in VILLAGE_FIGURES]
IDIOMATIC = [_through_first_person(*figure) for figure in VILLAGE_FIGURES]
LEAN = [
    *[_by_place("household", *figure) for figure in VILLAGE_FIGURES],
    variable("household_education_line", "household", "int64", _education_line),
]


@derived("workshop", "int64")
def workshop_workers(workshops, period):
    return workshops.sum(workshops.members("in_work", period))


@derived("workshop", "int64")
def workshop_poor_workers(workshops, period):
    return workshops.sum(workshops.members("in_work", period) & workshops.members("registered_poor", period))


def _served(workshops: Any, period: Any, months: int) -> np.ndarray:
    start = workshops.members("job_start", period)
    served = start <= np.datetime64(latest_start(on_day(period), months), "D")
    poor = workshops.members("registered_poor", period)
    return workshops.sum(workshops.members("in_work", period) & poor & served)


@derived("workshop", "int64")
def workshop_poor_workers_half_year(workshops, period, parameters):
    return _served(workshops, period, parameters(period).half_year)


@derived("workshop", "int64")
def workshop_poor_workers_three_years(workshops, period, parameters):
    return _served(workshops, period, parameters(period).three_years)


@derived("workshop", "int64")
def workshop_women(workshops, period):
    sex = workshops.members("sex", period)
    return workshops.sum(workshops.members("in_work", period) & (sex == sex.possible_values.female))


@derived("workshop", "int64")
def workshop_disabled_workers(workshops, period):
    disabled = workshops.members("disability_grade", period) >= 1
    known = workshops.members("disability_grade__known", period)
    return workshops.sum(workshops.members("in_work", period) & disabled & known)


@derived("workshop", "bool")
def workshop_disabled_workers__known(workshops, period):
    known = workshops.members("disability_grade__known", period)
    return ~workshops.any(workshops.members("in_work", period) & ~known)


@derived("workshop", "int64")
def workshop_insured_workers(workshops, period):
    return workshops.sum(workshops.members("job_insured", period))


@derived("workshop", "bool")
def workshop_insured_workers__known(workshops, period):
    return ~workshops.any(~workshops.members("job_insured__known", period))


@derived("workshop", "int64")
def workshop_wage_bill(workshops, period):
    return workshops.sum(workshops.members("job_wage", period))


@derived("workshop", "bool")
def workshop_wage_bill__known(workshops, period):
    return ~workshops.any(~workshops.members("job_wage__known", period))


def _below_floor(workshops: Any, period: Any, parameters: Any) -> np.ndarray:
    low = workshops.members("job_wage", period) < parameters(period).wage_floor
    paid = workshops.members("in_work", period) & workshops.members("job_wage__known", period)
    return workshops.any(low & paid)


@derived("workshop", "bool")
def workshop_wages_above_floor(workshops, period, parameters):
    return ~_below_floor(workshops, period, parameters) & workshops("workshop_wage_bill__known", period)


@derived("workshop", "bool")
def workshop_wages_above_floor__known(workshops, period, parameters):
    return _below_floor(workshops, period, parameters) | workshops("workshop_wage_bill__known", period)


def _months_since(name: str) -> None:
    def months(workshops, period):
        known = workshops(f"workshop_{name}__known", period)
        return months_until(as_days(workshops(f"workshop_{name}", period), known, on_day(period)), on_day(period))

    def known(workshops, period):
        return workshops(f"workshop_{name}__known", period)

    DERIVED.append(variable(f"workshop_months_since_{name}", "workshop", "int64", months))
    DERIVED.append(variable(f"workshop_months_since_{name}__known", "workshop", "bool", known))


_months_since("opened_date")
_months_since("certified_date")
