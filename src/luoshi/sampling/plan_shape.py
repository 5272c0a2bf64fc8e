"""The shape of `sample.yaml` as a whole: areas, registers with their rows, planted irregularities, local values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from luoshi.rulebook.loading.shapes.written import Both, Day, Kebab, Level, Shape, Snake
from luoshi.sampling.vocabulary import Bound, Column, Condition, Draw, Positive, Weight, one_or_more


class Rows(Shape):
    """How many rows: so many in all, per row of another register, or one per month of a span.

    `total` is for scale 1; a smaller sample has at least `least`. With `each` and `total`, the rows are shared out in
    proportion to `size`; with `each` alone, `size` is drawn per parent (1 if absent). `parent` names the reference to
    the parent, a helper where the register has none.
    """

    total: Weight | None = None
    least: Annotated[int, Field(gt=0, le=1_000_000)] = 1
    each: Snake | None = None
    parent: Column | None = None
    where: Condition = {}
    size: Draw | None = None
    every: Literal["year", "quarter", "month"] | None = None
    start: Bound | None = Field(None, alias="from")
    to: list[Bound] = []

    @model_validator(mode="before")
    @classmethod
    def _at_length(cls, content: Any) -> Any:
        return one_or_more(content, to=str)

    @model_validator(mode="after")
    def _fits(self) -> Rows:
        if self.total is None and self.each is None:
            raise ValueError("a total, or each: the register that has so many rows each")
        if self.each is None and (self.size or self.every or self.where or self.parent):
            raise ValueError("each: the register that size, every, where and parent are about")
        if self.every and (self.start is None or not self.to or self.total or self.size):
            raise ValueError("every with from and to, and without total and size")
        return self


class RegisterPlan(Shape):
    """A register: its rows, and its fields in the order they are drawn. Names that begin with _ are not written."""

    rows: Rows | None = None
    fields: dict[Column, Draw] = {}


class Irregularity(Shape):
    """A planted fault: rows overwritten, copied with changes, or made to share a value. `rows` is for scale 1."""

    register_name: Snake = Field(alias="register")
    rows: Positive
    where: Condition = {}
    set: dict[Column, Draw] | None = None
    copied: dict[Column, Draw] | None = Field(None, alias="copy")
    share: Column | None = None
    group: Annotated[int, Field(gt=1, le=10_000)] = 2
    note: Both

    @model_validator(mode="after")
    def _one_kind(self) -> Irregularity:
        if sum(item is not None for item in (self.set, self.copied, self.share)) != 1:
            raise ValueError("exactly one of set, copy, share")
        return self


class Local(Shape):
    """An invented value that localities have set, for the demonstration."""

    parameter: Snake
    value: str
    areas: list[str]
    start: Day = Field(alias="from")
    by: Level
    document: str | None = None


class AreasPlan(Shape):
    """The divisions: the file that lists them, what villages are called, which are the city (default: jurisdiction)."""

    divisions: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,64}\.csv$")] | None = None
    within: str | None = None
    village: str | None = None
    community: str | None = None


class PlanShape(Shape):
    """A whole `sample.yaml`."""

    include: list[Kebab] = []
    on: Day | None = None
    areas: AreasPlan = AreasPlan()
    registers: dict[Snake, RegisterPlan] = {}
    irregularities: dict[Kebab, Irregularity] = {}
    local: list[Local] = []
