"""The shapes of what is recorded: registers, parameters, tables, assumptions, funds."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from luoshi.rulebook.loading.shapes.written import DATE_KEY, Both, Exact, Level, Payer, Shape, Snake, Truth, Whole


class FieldShape(Shape):
    """A field of a register."""

    type: Literal["bool", "int", "decimal", "money", "rate", "date", "code", "text", "ref"]
    to: Snake | None = None
    blank: Literal["never"] | None = None
    unit: str = ""
    places: Whole | None = None
    digits: Whole | None = None
    title: Both
    codes: dict[str, Both] = {}
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


class AssumeShape(Shape):
    """An assumption."""

    ref: str | None = None
    title: Both
    type: Literal["bool", "code", "int", "decimal", "rate", "money", "date"] | None = None
    unit: str = ""
    default: str | None = None
    reading: Both
    alternatives: dict[str, Both] | list[Both] = {}
    decides: Both | None = None


class FundShape(Shape):
    """A line of money."""

    title: Both
    payer: Payer
    shortfall: list[Payer] = []
    never_charged: list[Payer] = []
