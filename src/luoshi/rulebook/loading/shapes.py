"""The shapes of the blocks as they are written, before names and types are resolved.

Validation errors become findings at the line of the offending key; see `docs/reference/blocks.md`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from luoshi.rulebook.model.blocks import Bilingual

DATE_KEY = re.compile(r"\d{4}-\d{2}-\d{2}")
Snake = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Kebab = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,2}(-def)?$")]
Expression = Annotated[str, StringConstraints(min_length=1)]
Level = Literal["province", "city", "county", "township", "village"]
Payer = Literal["central", "province", "city", "county", "township", "society", "silent"]


def _truth(value: object) -> object:
    if value in {"true", "false"}:
        return value == "true"
    raise ValueError("true or false")


def _day(value: object) -> object:
    if value is None or (isinstance(value, str) and DATE_KEY.fullmatch(value)):
        return value
    raise ValueError("a date such as 2018-12-22")


def _decimal(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,20}(\.\d{1,10})?", value):
        return value
    raise ValueError("a number such as 0.50")


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value):
        return value
    raise ValueError("a whole number")


Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[date, BeforeValidator(_day)]
Exact = Annotated[Decimal, BeforeValidator(_decimal)]
Whole = Annotated[int, BeforeValidator(_whole)]


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Shape):
    """A text in both languages."""

    zh: str
    en: str

    def text(self) -> Bilingual:
        """The text as a value of the model."""
        return Bilingual(self.zh, self.en)


class Span(Shape):
    """A span of days, both included; None is open."""

    start: Day | None = Field(None, alias="from")
    to: Day | None = None


class PolicyShape(Shape):
    """policy.yaml."""

    id: Kebab
    title: Both
    number: str | None = None
    issuer: Both
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$")] | None = None
    status: Literal["draft", "trial", "in-force", "repealed", "library"]
    issued: Day | None = None
    in_force: Span = Span.model_validate({})
    imports: list[Kebab] = []


class NormShape(Shape):
    """One norm of a clause."""

    kind: Literal[
        "definition",
        "scope",
        "target",
        "measure",
        "concession",
        "limit",
        "eligibility",
        "exclusion",
        "procedure",
        "duty",
        "prohibition",
        "deadline",
        "funding",
        "reporting",
        "appraisal",
        "selection",
        "sanction",
        "record",
        "matching",
        "narrative",
    ]
    force: Literal["must", "may", "encourage", "principle", "aim", "fact"]
    by: list[str] = []
    because: Both | None = None
    zh: str
    en: str


class FieldShape(Shape):
    """A field of a register."""

    type: Literal["bool", "int", "decimal", "money", "rate", "date", "code", "text", "ref"]
    title: Both
    to: Snake | None = None
    unit: str = ""
    places: Whole | None = None
    digits: Whole | None = None
    codes: dict[str, Both] = {}
    blank: Literal["never"] | None = None
    personal: Truth = False
    sensitive: Truth = False


class RegisterShape(Shape):
    """A register, or (with `extends`) more fields for one that is imported."""

    title: Both | None = None
    extends: Snake | None = None
    row: Both | None = None
    keeper: Both | None = None
    key: list[Snake] = []
    area: str | None = None
    fields: dict[Snake, FieldShape]


class LocalShape(Shape):
    """The range of a local parameter."""

    set_by: list[Level]
    min: Exact | None = None
    max: Exact | None = None
    step: Exact | None = None
    instrument: Both | None = None


class ParameterShape(Shape):
    """A parameter; its dated values are gathered from the keys that are dates."""

    title: Both
    unit: str = ""
    type: Literal["bool", "int", "decimal", "money", "rate", "date", "code", "text"] | None = None
    places: Whole | None = None
    codes: dict[str, Both] = {}
    ref: str | None = None
    local: LocalShape | None = None
    areas: dict[str, dict[str, str]] = {}
    values: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather_dates(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        dated = {key: value for key, value in content.items() if DATE_KEY.fullmatch(key)}
        rest = {key: value for key, value in content.items() if key not in dated}
        return rest | ({"values": dated} if dated else {})


class KeyShape(Shape):
    """A key column of a table."""

    type: Literal["bool", "int", "decimal", "money", "rate", "date", "code", "text"]
    unit: str = ""
    places: Whole | None = None
    codes: dict[str, Both] = {}
    match: Literal["exact", "band"] = "exact"


class ValueShape(Shape):
    """The value column of a table."""

    unit: str = ""
    type: Literal["bool", "int", "decimal", "money", "rate", "date", "code", "text"] | None = None
    places: Whole | None = None
    codes: dict[str, Both] = {}


class TableShape(Shape):
    """A table."""

    title: Both
    keys: dict[Snake, KeyShape]
    value: ValueShape
    rows: list[dict[str, Any]]


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
    where: Expression | None = None
    among: Expression | None = None
    of_value: Expression | None = None
    distinct: Expression | None = None
    default: Expression | None = None
    via: str | None = None
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
    conditions: dict[Snake, ConditionShape]
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
    order: list[str] = []
    chosen_by: Both | None = None


class LimitShape(Shape):
    """A limit."""

    title: Both
    of: Snake
    when: Expression | None = None
    holds: dict[Snake, ConditionShape]
    force: Literal["hard", "soft"]
    message: Both | None = None
    assumes: list[Snake] = []


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


class FundShape(Shape):
    """A line of money."""

    title: Both
    payer: Payer
    shortfall: list[Payer] = []
    never_charged: list[Payer] = []


class AlternativeShape(Both):
    """Another reading in words."""


class AssumeShape(Shape):
    """An assumption."""

    title: Both
    ref: str | None = None
    type: Literal["bool", "code", "int", "decimal", "rate", "money", "date"] | None = None
    unit: str = ""
    default: str | None = None
    reading: Both
    alternatives: dict[str, Both] | list[Both] = {}
    decides: Both | None = None


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


class MatchShape(Shape):
    """A match of demand and supply."""

    title: Both
    demand: Snake
    supply: Snake
    compatible: Both
    preference: Both | None = None
    capacity: Both | None = None


class IntegrityShape(Shape):
    """A pattern that suggests error or fraud."""

    title: Both
    of: Snake
    pattern: Expression
    follow_up: Both


class ExampleShape(Shape):
    """A worked case; its content is read like a case file."""

    like: str | None = None
    as_of: Day | None = None
    as_if_in_force: Truth = False
    subject: Snake | None = None
    fields: dict[str, Any] = {}
    rows: dict[Snake, Any] = {}
    parameters: dict[str, Any] = {}
    judgements: dict[str, Any] = {}
    given: dict[str, Any] = {}
    expect: dict[str, Any] = {}


SHAPES: dict[str, type[Shape]] = {
    "norm": NormShape,
    "register": RegisterShape,
    "parameter": ParameterShape,
    "table": TableShape,
    "fact": FactShape,
    "measure": MeasureShape,
    "award": AwardShape,
    "limit": LimitShape,
    "target": TargetShape,
    "fund": FundShape,
    "assume": AssumeShape,
    "procedure": ProcedureShape,
    "duty": DutyShape,
    "scorecard": ScorecardShape,
    "match": MatchShape,
    "integrity": IntegrityShape,
    "example": ExampleShape,
}
KEYS: dict[str, str] = {
    "norm": r"[a-z]{1,2}(-def)?",
    "register": r"[a-z][a-z0-9_]{0,63}",
    "parameter": r"[a-z][a-z0-9_]{0,63}",
    "table": r"[a-z][a-z0-9_]{0,63}",
    "fact": r"[a-z][a-z0-9_]{0,63}",
    "assume": r"[a-z][a-z0-9_]{0,63}",
    "example": r"[^\x00-\x1f]{1,200}",
}
KEBAB_KEY = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
