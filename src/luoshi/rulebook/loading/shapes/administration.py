"""The shapes of what administers a policy: procedures, duties, scorecards, matches, integrity checks."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from luoshi.rulebook.loading.shapes.decisions import Conditions
from luoshi.rulebook.loading.shapes.written import (
    Both,
    Day,
    Exact,
    Expression,
    Kebab,
    Level,
    Shape,
    Snake,
    Truth,
    Whole,
)


class NoticeShape(Shape):
    """A public notice."""

    days: Whole | None = None
    kind: Literal["working", "calendar"] = "working"


class StepShape(Shape):
    """A step of a procedure."""

    id: Kebab
    actor: Both
    does: Both
    evidence: list[Both] = []
    within: Whole | None = None
    days: Literal["working", "calendar"] = "working"
    notice: NoticeShape | None = None
    stated: Truth | None = None


class ProcedureShape(Shape):
    """A procedure."""

    title: Both
    steps: list[StepShape]
    review: Both | None = None
    stated: Truth = True


class DutyShape(Shape):
    """A duty."""

    title: Both
    actor: Both
    every: Literal["year", "quarter", "month", "silent"] | None = None
    by: Day | None = None
    due: Both | None = None
    done_when: Both | None = None
    of: Snake | None = None
    done: Expression | None = None

    @model_validator(mode="after")
    def _done_of_a_register(self) -> DutyShape:
        if (self.of is None) != (self.done is None):
            raise ValueError("of and done belong together")
        return self


class ItemShape(Shape):
    """An item of a scorecard."""

    title: Both
    points: Exact | None = None
    bonus: Truth = False
    measured_by: Expression | None = None


class ScorecardShape(Shape):
    """A scorecard."""

    title: Both
    of: Snake
    level: Level | None = None
    every: Literal["year", "quarter", "silent"] = "year"
    items: list[ItemShape]


class PreferenceShape(Shape):
    """A key by which suitable pairs are ordered."""

    by: Expression
    order: Literal["true_first", "lowest", "highest"]
    title: Both | None = None


class MatchShape(Shape):
    """A match of demand and supply."""

    title: Both
    demand: Snake
    supply: Snake
    compatible: Conditions
    size: Expression | None = None
    capacity: Expression | None = None
    preference: list[PreferenceShape] = []
    confirmed_by: Both | None = None


class IntegrityShape(Shape):
    """A pattern that suggests error or fraud."""

    title: Both
    of: Snake
    pattern: Expression
    follow_up: Both
