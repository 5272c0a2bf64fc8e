"""The shapes of periodic sheets and of statements."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from luoshi.rulebook.loading.shapes.written import Both, Expression, Kebab, Shape, Snake, Truth, Whole


class SourceShape(Shape):
    """The row of another sheet on which a row rests."""

    sheet: Kebab
    field: Snake
    through: str


class PaidShape(Shape):
    """What a sheet lets be paid."""

    measures: list[Kebab]
    amount: Snake


class SheetShape(Shape):
    """A periodic sheet."""

    title: Both
    of: Snake
    owner: Snake
    period: Snake | None = None
    source: SourceShape | None = None
    every: Literal["year", "quarter", "month"]
    when: Expression | None = None
    asked: list[Snake]
    filled: dict[Snake, Expression] = {}
    found: dict[Snake, dict[Snake, Expression]] = {}
    adds_up: dict[Snake, Expression] = {}
    by: list[Kebab]
    confirmed_by: list[Kebab]
    within: Whole | None = None
    days: Literal["working", "calendar"] = "working"
    pays: PaidShape | None = None
    stated: Truth = True

    @model_validator(mode="after")
    def _period_or_source(self) -> SheetShape:
        if (self.period is None) == (self.source is None):
            raise ValueError("a sheet has either a period of its own or a source")
        if not self.asked or not self.by or not self.confirmed_by:
            raise ValueError("something is asked, somebody enters it and somebody confirms it")
        return self


class LineShape(Shape):
    """A figure of a statement."""

    title: Both
    value: Expression
    adds_up: Truth = True


class MovementShape(Shape):
    """Rows that move money of an account."""

    of: Snake
    through: Snake
    amount: Snake
    day: Snake
    when: Expression | None = None


class AccountShape(Shape):
    """The money behind a statement."""

    fund: Kebab
    opening: Snake | None = None
    comes: MovementShape
    goes: MovementShape
    by: list[Kebab]


class StatementShape(Shape):
    """A statement."""

    title: Both
    of: Snake
    lines: dict[Snake, LineShape]
    account: AccountShape | None = None
