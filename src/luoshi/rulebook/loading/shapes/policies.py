"""The shapes of a policy, of its norms and of its worked cases."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, StringConstraints, model_validator

from luoshi.rulebook.loading.shapes.written import Both, Day, Kebab, Shape, Snake, Span, Truth


class PolicyShape(Shape):
    """policy.yaml."""

    id: Kebab
    title: Both
    number: str | None = None
    issuer: Both
    jurisdiction: (
        Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")] | None
    ) = None
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


class OutcomeShape(Shape):
    """What is expected of a measure; or, written as one word, of a limit, target or integrity check."""

    state: Literal["met", "unmet", "unknown", "not_applicable", "found", "clear", "done", "not_done"] | None = None
    outcome: Literal["eligible", "ineligible", "undetermined", "not_in_force"] | None = None
    amount: str | None = None
    unmet: list[str] = []
    unknown: list[str] = []
    missing: list[dict[Literal["fact", "parameter", "judgement"], str]] = []

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, content: Any) -> Any:
        return {"state": content} if isinstance(content, str) else content


class RoundShape(Shape):
    """What is expected of a round of an award."""

    eligible: str | None = None
    places: str | None = None
    winners: str | None = None
    choice: Literal["none", "people"] | None = None
    prizes: str | None = None


class ExpectShape(Shape):
    """What is expected of a worked case: by block, of facts, rounds and matches, or that it is refused."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, OutcomeShape]

    facts: dict[str, str | None] = {}
    rounds: dict[str, RoundShape] = {}
    matches: dict[str, dict[str, list[str]]] = {}
    findings: list[str] = []


class ExampleShape(Shape):
    """A worked case; its content is read like a case file."""

    like: str | None = None
    as_of: Day | None = None
    as_if_in_force: Truth = False
    subject: Snake | None = None
    fields: dict[str, Any] = {}
    rows: dict[Snake, Any] = {}
    changed: dict[Snake, dict[str, Any]] = {}
    parameters: dict[str, Any] = {}
    judgements: dict[str, Any] = {}
    given: dict[str, Any] = {}
    expect: ExpectShape = ExpectShape.model_validate({})
