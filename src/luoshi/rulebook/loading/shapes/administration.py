"""The shapes of what administers a policy: procedures, duties, scorecards, matches, integrity checks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

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
from luoshi.rulebook.model.administration import KINDS_WITH_CASES

Act = Literal["apply", "check", "opinion", "meet", "notice", "decide", "tell", "certify", "pay", "record", "review"]


class NoticeShape(Shape):
    """A public notice."""

    days: Whole | None = None
    kind: Literal["working", "calendar"] = "working"
    names: Truth = True


class StepShape(Shape):
    """A step of a procedure."""

    id: Kebab
    actor: Both
    act: Act | None = None
    by: list[Kebab] = []
    any_of: Truth = False
    does: Both
    evidence: list[Both] = []
    within: Whole | None = None
    after: list[Whole] = []
    days: Literal["working", "calendar"] = "working"
    every: Literal["year", "quarter", "month", "silent"] | None = None
    notice: NoticeShape | None = None
    sends_back_to: Kebab | None = None
    end: Literal["granted", "refused"] | None = None
    enters: dict[Snake, Literal["today", "number", "done"]] = {}
    enters_when: Literal["granted", "keep", "rectify", "withdraw"] | None = None
    stated: Truth | None = None


class ProcedureShape(Shape):
    """A procedure."""

    title: Both
    kind: Literal["claim", "certification", "selection", "plan", "administration"] = "administration"
    registers: list[Snake] = Field([], alias="for")
    steps: list[StepShape]
    review: Both | None = None
    review_of: Kebab | None = None
    review_every: Literal["year", "quarter", "month", "silent"] | None = None
    review_ends: list[Literal["keep", "rectify", "withdraw"]] = []
    stated: Truth = True

    @model_validator(mode="after")
    def _review_whole(self) -> ProcedureShape:
        if len({self.review_of is None, self.review_every is None, not self.review_ends}) > 1:
            raise ValueError("review_of, review_every and review_ends belong together")
        return self

    @model_validator(mode="after")
    def _cases_of_a_register(self) -> ProcedureShape:
        if self.kind in KINDS_WITH_CASES and not self.registers:
            raise ValueError(f"a {self.kind} is for a register")
        return self


class DutyShape(Shape):
    """A duty."""

    title: Both
    actor: Both
    every: Literal["year", "quarter", "month", "silent"] | None = None
    by: Day | None = None
    due: Both | None = None
    done_when: Both | None = None
    of: Snake | None = None
    when: Expression | None = None
    done: Expression | None = None

    @model_validator(mode="after")
    def _done_of_a_register(self) -> DutyShape:
        if (self.of is None) != (self.done is None):
            raise ValueError("of and done belong together")
        if self.when is not None and self.done is None:
            raise ValueError("when says of which rows done tells; without done it says nothing")
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
