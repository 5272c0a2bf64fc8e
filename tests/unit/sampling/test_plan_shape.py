"""The shape of a plan: rows and irregularities that say one thing."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from luoshi.sampling.plan_shape import Irregularity, PlanShape, Rows

NOTE = {"zh": "错", "en": "wrong"}


@pytest.mark.parametrize(
    "rows",
    [
        {},
        "5",
        {"total": -1},
        {"total": 5, "size": 2},
        {"total": 5, "where": {"level": "village"}},
        {"each": "shop", "every": "month"},
        {"each": "shop", "every": "month", "from": "opened"},
        {"each": "shop", "every": "month", "from": "opened", "to": "closed", "total": 5},
        {"each": "shop", "every": "week", "from": "opened", "to": "closed"},
    ],
)
def test_rows_that_say_nothing_or_too_much(rows: object) -> None:
    with pytest.raises(ValidationError):
        Rows.model_validate(rows)


def test_one_end_or_several() -> None:
    assert Rows.model_validate({"each": "shop", "every": "month", "from": "opened", "to": "closed"}).to == ["closed"]


@pytest.mark.parametrize(
    "fault", [{}, {"set": {}, "share": "owner"}, {"share": "owner", "group": 1}, {"set": {}, "rows": 0}]
)
def test_a_fault_is_of_one_kind(fault: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Irregularity.model_validate({"register": "shop", "rows": 3, "note": NOTE} | fault)


def test_an_empty_plan_is_a_plan() -> None:
    assert PlanShape.model_validate({}).registers == {}
