"""The words of `sample.yaml` for one field: how its values are drawn, and conditions on fields.

Scalars arrive as the text that was written; what they mean depends on the type of the field they are for.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from luoshi.rulebook.loading.shapes.written import Day, Level, Shape, Snake, Truth

Column = Annotated[str, StringConstraints(pattern=r"^_?[a-z][a-z0-9_]{0,63}$")]
Path = Annotated[str, StringConstraints(pattern=r"^_?[a-z][a-z0-9_]{0,63}(\._?[a-z][a-z0-9_]{0,63}){0,5}$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Factor = Annotated[str, StringConstraints(pattern=r"^(-?\d{1,15}(\.\d{1,10})?|_?[a-z][a-z0-9_.]{0,200})$")]
Bound = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}-\d{2}|_?[a-z][a-z0-9_.]{0,200})$")]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e12)]
Weight = Annotated[float, Field(ge=0, le=1e12)]


def is_number(text: str) -> bool:
    """Whether a factor, bound or chance is written as a number or date, not as a path."""
    return text[:1].isdigit() or text[:1] == "-"


def one_or_more(content: Any, **kinds: type) -> Any:
    """A mapping in which single values of some keys are made lists of one."""
    if not isinstance(content, dict):
        return content
    return {key: [value] if isinstance(value, kinds.get(key, ())) else value for key, value in content.items()}


class Check(Shape):
    """A test of one field. Written `field: value`, `field: [values]` or at length; the unknown fails every test."""

    any_of: list[str] | None = Field(None, alias="is")
    none_of: list[str] | None = Field(None, alias="not")
    least: str | None = Field(None, alias="min")
    most: str | None = Field(None, alias="max")
    below: str | None = None
    known: Truth | None = None

    @model_validator(mode="before")
    @classmethod
    def _at_length(cls, content: Any) -> Any:
        if isinstance(content, str | list):
            content = {"is": content}
        return one_or_more(content, **{"is": str, "not": str})


Condition = dict[Path, Check]


class Uniform(Shape):
    """Any number from `from` to `to`, each as likely."""

    least: Finite = Field(alias="from")
    most: Finite = Field(alias="to")


class Normal(Shape):
    """The bell curve."""

    mean: Finite
    sd: Weight


class Lognormal(Shape):
    """Skewed to the right: many small, few large. Give the median or the mean."""

    median: Positive | None = None
    mean: Positive | None = None
    sigma: Annotated[float, Field(ge=0, le=5)]

    @model_validator(mode="after")
    def _one_centre(self) -> Lognormal:
        if (self.median is None) == (self.mean is None):
            raise ValueError("either a median or a mean")
        return self


class Zipf(Shape):
    """Whole numbers from 1 to `most`; k is drawn as often as k to the power of -exponent."""

    exponent: Positive
    most: Annotated[int, Field(gt=0, le=1_000_000)]


class Days(Shape):
    """Any day from the latest `from` to the earliest `to`, all included, with a weight among other spans.

    Each is a date or a date field; a field that has not ended does not bound.
    """

    start: Annotated[list[Bound], Field(min_length=1, alias="from")]
    to: Annotated[list[Bound], Field(min_length=1)]
    weight: Weight = 1.0

    @model_validator(mode="before")
    @classmethod
    def _at_length(cls, content: Any) -> Any:
        return one_or_more(content, **{"from": str, "to": str})


class After(Shape):
    """A date counted from another field, in days or months."""

    date: Path
    days: Draw | None = None
    months: Draw | None = None

    @model_validator(mode="after")
    def _one_length(self) -> After:
        if (self.days is None) == (self.months is None):
            raise ValueError("either days or months")
        return self


class InMonth(Shape):
    """A day of the row's own month (of `rows.every`), or of a later one."""

    day: Draw
    later: Annotated[int, Field(ge=-1200, le=1200)] = 0


class Pick(Shape):
    """A row of another register: in the same area, fitting a condition, each at most once where asked."""

    register_name: Snake = Field(alias="register")
    where: Condition = {}
    within: Level | None = None
    near: Path | None = None
    once: Truth = False
    weight: Path | None = None
    other_than: Path | None = None


class PersonNumber(Shape):
    """A citizen identity number that fits a birthday and a sex; `broken` ones have a wrong check sign."""

    birth: Path
    sex: Path
    broken: Truth = False


class BodyNumber(Shape):
    """A unified social credit code of a kind such as 91 or N2."""

    kind: Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NP-RTUW-Y]{2}$")]
    broken: Truth = False


class Case(Shape):
    """One arm: the first whose condition holds draws the value; one without condition always does.

    Written `{when: …, then: …}`, or with the draw beside `when`: `{when: …, chance: 0.2}`.
    """

    when: Condition = {}
    then: Draw

    @model_validator(mode="before")
    @classmethod
    def _at_length(cls, content: Any) -> Any:
        if not isinstance(content, dict) or "then" in content:
            return content
        rest = {key: value for key, value in content.items() if key != "when"}
        return {"when": content.get("when", {}), "then": rest}


KINDS = (
    "value", "choice", "chance", "uniform", "normal", "lognormal", "poisson", "zipf", "field", "year", "dates", "after",
    "month", "pick", "serial", "words", "citizen_id", "credit_code", "cases",
)  # fmt: skip


class Draw(Shape):
    """How a value is drawn: exactly one kind, then what is done with the result. A bare scalar is a constant."""

    value: str | None = None
    choice: dict[str, Weight] | None = None
    chance: Factor | None = None
    uniform: Uniform | None = None
    normal: Normal | None = None
    lognormal: Lognormal | None = None
    poisson: Weight | None = None
    zipf: Zipf | None = None
    field: Path | None = None
    year: Path | None = None
    dates: list[Days] | None = None
    after: After | None = None
    month: InMonth | None = None
    pick: Pick | None = None
    serial: str | None = None
    words: list[list[str]] | None = None
    citizen_id: PersonNumber | None = None
    credit_code: BodyNumber | None = None
    cases: Annotated[list[Case], Field(min_length=1)] | None = None

    times: list[Factor] = []
    least: Finite | None = Field(None, alias="min")
    most: Finite | None = Field(None, alias="max")
    step: Positive | None = None
    until: Day | None = None
    unknown: Share = 0.0
    never: Share = 0.0

    @model_validator(mode="before")
    @classmethod
    def _at_length(cls, content: Any) -> Any:
        if isinstance(content, str):
            return {"value": content}
        return one_or_more(content, times=str, dates=dict)

    @model_validator(mode="after")
    def _one_kind(self) -> Draw:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"exactly one of {', '.join(KINDS)}; found {', '.join(given) or 'none'}")
        if self.choice is not None and not sum(self.choice.values()) > 0:
            raise ValueError("a choice with a weight above zero")
        return self

    @property
    def kind(self) -> str:
        """Which of the kinds this is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


for model in (After, InMonth, Case, Draw):
    model.model_rebuild()
