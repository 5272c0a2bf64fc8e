"""The shapes of what decides: facts, measures, awards, limits, targets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from luoshi.rulebook.loading.shapes.written import Both, Day, Exact, Expression, Kebab, Level, Shape, Snake, Span

MOST_CONDITIONS = 60
"""A mask of conditions and the bit of the amount fit into 64 bits."""


class FactShape(Shape):
    """A fact: an expression, an aggregate or a judgement."""

    of: Snake
    title: Both | None = None
    unit: str = ""
    value: Expression | None = None
    judgement: Literal["bool", "int", "money", "rate", "decimal", "date"] | None = None
    by: Both | None = None
    count: Snake | None = None
    sum: Snake | None = None
    any: Snake | None = None
    all: Snake | None = None
    min: Snake | None = None
    max: Snake | None = None
    share: Snake | None = None
    via: str | None = None
    of_value: Expression | None = None
    distinct: Expression | None = None
    where: Expression | None = None
    among: Expression | None = None
    default: Expression | None = None
    assumes: list[Snake] = []


class ConditionShape(Shape):
    """A condition written at length."""

    when: Expression
    title: Both | None = None
    assumes: list[Snake] = []

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, content: Any) -> Any:
        return {"when": content} if isinstance(content, str) else content


Conditions = Annotated[dict[Snake, ConditionShape], Field(min_length=1, max_length=MOST_CONDITIONS)]


class RoundingShape(Shape):
    """How an amount is rounded."""

    to: Exact
    mode: Literal["half_up", "down", "up"] = "half_up"


class StackingShape(Shape):
    """Whether support may be joined with others."""

    rule: Literal["silent", "allowed", "exclusive"]
    others: list[Kebab] = Field([], alias="with")
    note: Both | None = None


class MeasureShape(Shape):
    """A measure."""

    title: Both
    register_name: Snake = Field(alias="for")
    support: Literal[
        "grant", "subsidy", "interest-subsidy", "loan", "concession", "priority", "in-kind", "treatment", "praise"
    ] = "grant"
    conditions: Conditions
    amount: Expression | None = None
    benefit: Both | None = None
    rounding: RoundingShape | None = None
    frequency: Literal["once", "yearly", "monthly", "per-period", "per-event", "per-loan", "per-lease", "silent"]
    discretion: Literal["must", "may", "encouraged"]
    decided_by: Both | None = None
    paid_to: str | None = None
    funds: list[Kebab] = []
    stacking: StackingShape | None = None
    evidence: list[Both] = []
    assumes: list[Snake] = []
    procedure: Kebab | None = None
    valid: Span = Span.model_validate({})


class AwardShape(MeasureShape):
    """An award."""

    prize: Expression | None = None
    quota: Expression | None = None
    per: Level | None = None
    order: list[str] = []
    chosen_by: Both | None = None


class LimitShape(Shape):
    """A limit."""

    title: Both
    of: Snake
    when: Expression | None = None
    holds: Conditions
    force: Literal["hard", "soft"]
    message: Both | None = None
    assumes: list[Snake] = []


class CrosscheckShape(Shape):
    """A relation between figures of the text."""

    title: Both
    left: Expression
    relation: Literal["equal", "at-most", "at-least"] = "equal"
    right: Expression
    note: Both | None = None


class TargetShape(Shape):
    """A target."""

    title: Both
    of: Snake = "area"
    level: Level | None = None
    indicator: Expression
    value: Expression
    direction: Literal["at-least", "at-most", "exactly", "more-than", "less-than"] = "at-least"
    by: Day | None = None
    every: Literal["year", "quarter", "month"] | None = None
    split: dict[str, str] = {}
    unit: str = ""
    assumes: list[Snake] = []
