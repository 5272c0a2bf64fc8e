"""Derived figures of people and households as OpenFisca variables, written by hand.

Only `sum` and `any` are used: the other aggregates loop over the members of the largest group.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.variables import Variable

from bench.peers.calendar import day_number, months_between, months_until
from bench.peers.openfisca_system import variable

DERIVED: list[type[Variable]] = []


def derived(entity: str, kind: str) -> Any:
    """Register a formula as a variable of an entity, under its own name."""

    def register(formula: Any) -> Any:
        DERIVED.append(variable(formula.__name__, entity, kind, formula))
        return formula

    return register


def on_day(period: Any) -> date:
    """The day asked about: the last of the period."""
    return period.stop.date


def as_days(values: np.ndarray, known: np.ndarray, on: date) -> np.ndarray:
    """Days since 1970, the unknown ones set to the day asked about."""
    return np.where(known, values.astype(np.int64), day_number(on))


@derived("person", "int64")
def age(persons, period):
    days = as_days(persons("birth_date", period), persons("birth_date__known", period), on_day(period))
    return months_until(days, on_day(period)) // 12


@derived("person", "bool")
def age__known(persons, period):
    return persons("birth_date__known", period)


@derived("person", "int64")
def months_in_job(persons, period):
    months = months_until(persons("job_start", period).astype(np.int64), on_day(period))
    return np.where(persons("in_work", period), months, 0)


@derived("person", "int64")
def wage_now(persons, period):
    return persons("job_wage", period)


@derived("person", "bool")
def wage_now__known(persons, period):
    return persons("job_wage__known", period)


@derived("person", "int64")
def job_income(persons, period):
    on, new_year = day_number(on_day(period)), day_number(on_day(period).replace(month=1, day=1))
    start = np.maximum(persons("job_start", period).astype(np.int64), new_year)
    months = months_between(start, np.full(persons.count, on + 1))
    return np.where(persons("in_work", period), persons("job_wage", period) * months, 0)


@derived("household", "int64")
def household_members(households, period):
    return households.nb_persons()


@derived("household", "int64")
def household_children(households, period):
    young = (households.members("age", period) < 18) & households.members("age__known", period)
    return households.sum(young)


@derived("household", "bool")
def household_children__known(households, period):
    return ~households.any(~households.members("age__known", period))


@derived("household", "int64")
def household_students(households, period):
    schooling = households.members("schooling", period)
    codes = schooling.possible_values
    studies = (schooling == codes.vocational) | (schooling == codes.university)
    return households.sum(studies & households.members("schooling__known", period))


@derived("household", "bool")
def household_students__known(households, period):
    return ~households.any(~households.members("schooling__known", period))


@derived("household", "int64")
def household_workers_now(households, period):
    return households.sum(households.members("in_work", period))


@derived("household", "int64")
def household_medical_spending(households, period):
    return households.sum(households.members("medical_cost", period))


@derived("household", "bool")
def household_medical_spending__known(households, period):
    return ~households.any(~households.members("medical_cost__known", period))


@derived("household", "bool")
def household_any_severe(households, period):
    grade = households.members("disability_grade", period)
    return households.any((grade >= 1) & (grade <= 2) & households.members("disability_grade__known", period))


@derived("household", "bool")
def household_any_severe__known(households, period):
    unsure = households.any(~households.members("disability_grade__known", period))
    return households("household_any_severe", period) | ~unsure


@derived("household", "bool")
def household_all_insured(households, period):
    return ~households.any(~households.members("insured", period))


@derived("household", "bool")
def household_all_insured__known(households, period):
    insured, known = households.members("insured", period), households.members("insured__known", period)
    return households("household_all_insured", period) | households.any(known & ~insured)


@derived("household", "int64")
def household_work_income(households, period):
    members = households.members
    return households.sum(members("job_income", period) + members("past_income", period))


@derived("household", "bool")
def household_work_income__known(households, period):
    members = households.members
    known = members("job_wage__known", period) & members("past_income__known", period)
    return ~households.any(~known)


@derived("household", "int64")
def household_income(households, period):
    return households("household_work_income", period) + households("household_other_income", period)


@derived("household", "bool")
def household_income__known(households, period):
    other = households("household_other_income__known", period)
    return households("household_work_income__known", period) & other


@derived("household", "int64")
def household_income_per_head(households, period):
    members = households("household_members", period)
    return (2 * households("household_income", period) + members) // (2 * members)


@derived("household", "bool")
def household_income_per_head__known(households, period):
    return households("household_income__known", period)


@derived("household", "int64")
def household_months_since_relocation_date(households, period):
    known = households("household_relocation_date__known", period)
    return months_until(as_days(households("household_relocation_date", period), known, on_day(period)), on_day(period))


@derived("household", "bool")
def household_months_since_relocation_date__known(households, period):
    return households("household_relocation_date__known", period)
