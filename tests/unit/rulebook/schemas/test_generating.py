"""Schemas of values as YAML editors see them."""

from __future__ import annotations

from pydantic import Field

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
from luoshi.rulebook.schemas.generating import DAY, EXACT, EXPRESSION, TEXT, TRUTH, Generator, definitions


class Sample(Shape):
    """A shape with one key of each sort."""

    title: Both | None = None
    text: str = ""
    maybe: str | None = None
    rule: Expression
    truth: Truth = False
    day: Day | None = None
    exact: Exact
    whole: Whole
    level: Level | None = None
    name: Kebab = Field(alias="id")
    by_name: dict[Snake, str] = {}
    by_text: dict[str, str] = {}


def properties() -> dict[str, object]:
    found = definitions(Sample)["Sample"]["properties"]
    return {
        key: {part: content for part, content in value.items() if part != "description"} for key, value in found.items()
    }


def test_values() -> None:
    found = properties()
    assert found["text"] == TEXT and found["rule"] == EXPRESSION and found["truth"] == TRUTH and found["exact"] == EXACT
    assert found["day"] == DAY | {"type": ["string", "null"]}
    assert found["maybe"] == {"type": [*TEXT["type"], "null"]}
    assert found["level"] == {
        "enum": ["province", "city", "county", "township", "village", None], "type": ["string", "null"],
    }  # fmt: skip
    assert found["title"] == {"anyOf": [{"$ref": "#/$defs/Both"}, {"type": "null"}]}
    assert found["whole"] == {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,9}$"}
    assert found["id"] == {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 64}


def test_entries_by_name() -> None:
    found = properties()
    assert found["by_text"] == {"type": "object", "additionalProperties": TEXT}
    assert found["by_name"] == {
        "type": "object", "patternProperties": {"^[a-z][a-z0-9_]{0,63}$": TEXT}, "additionalProperties": False,
    }  # fmt: skip


def test_a_shape_that_holds_itself_is_a_definition() -> None:
    class Nested(Shape):
        inner: Nested | None = None

    globals()["Nested"] = Nested
    Nested.model_rebuild()
    assert list(definitions(Nested, Generator)) == ["Nested"]
