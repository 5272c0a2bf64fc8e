"""What is known about the features that the measures read: kind, decimal places, whether they may be unknown.

A feature is a field or a derived figure of the subject, or of a row it points at (`household__members`).
The peers compute the derived ones by hand. Fields not listed in `NEVER_BLANK` may be blank in the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEVER_BLANK = {
    "area.id",
    "area.level",
    "area.name",
    "household.area",
    "household.registered_poor",
    "person.household",
    "person.sex",
    "person.registered_poor",
    "workshop.area",
    "employment.worker",
    "employment.workshop",
    "employment.start_date",
}


@dataclass(frozen=True)
class Feature:
    """The type of a feature."""

    kind: str
    places: int = 0
    nullable: bool = False


_COUNT = Feature("number")
_UNSURE_COUNT = Feature("number", 0, True)
_UNSURE_MONEY = Feature("number", 2, True)
_UNSURE = Feature("bool", 0, True)

DERIVED: Mapping[str, Mapping[str, Feature]] = {
    "area": {"people": _COUNT, "poor_people": _COUNT},
    "person": {
        "age": _UNSURE_COUNT,
        "in_work": Feature("bool"),
        "months_in_job": _COUNT,
        "wage_now": _UNSURE_MONEY,
    },
    "household": {
        "members": _COUNT,
        "children": _UNSURE_COUNT,
        "students": _UNSURE_COUNT,
        "workers_now": _COUNT,
        "medical_spending": _UNSURE_MONEY,
        "any_severe": _UNSURE,
        "all_insured": _UNSURE,
        "work_income": _UNSURE_MONEY,
        "income": _UNSURE_MONEY,
        "income_per_head": _UNSURE_MONEY,
        "months_since_relocation_date": _UNSURE_COUNT,
    },
    "workshop": {
        "workers": _COUNT,
        "poor_workers_half_year": _COUNT,
        "poor_workers_three_years": _COUNT,
        "women": _COUNT,
        "disabled_workers": _UNSURE_COUNT,
        "insured_workers": _UNSURE_COUNT,
        "wage_bill": _UNSURE_MONEY,
        "wages_above_floor": _UNSURE,
        "months_since_opened_date": _UNSURE_COUNT,
        "months_since_certified_date": _UNSURE_COUNT,
    },
}

SHARES: Mapping[str, tuple[str, str]] = {"poor_share": ("poor_workers", "workers")}
"""Shares are compared by cross-multiplication: name of the share, its part and its whole."""

PARTS: Mapping[str, Mapping[str, Feature]] = {"workshop": {"poor_workers": _COUNT}}
