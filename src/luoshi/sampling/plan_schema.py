"""The JSON Schema of `sample.yaml`."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from luoshi.rulebook.schemas.generating import DIALECT, TEXT, Generator, definitions
from luoshi.sampling.plan_shape import PlanShape


class _OneOrMore(Generator):
    """A list of one may be written as its entry."""

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchemaValue:
        """A list, or one of what it holds."""
        found = super().list_schema(schema)
        return {"anyOf": [found["items"], found]}


def plan_schema() -> dict[str, Any]:
    """The schema, with the shorter ways in which draws, checks and arms of cases may be written."""
    found = definitions(PlanShape, _OneOrMore)
    draw = found["Draw"]
    found["Case"]["properties"] |= draw["properties"]
    del found["Case"]["required"]
    found["Draw"] = {"anyOf": [TEXT, draw]}
    found["Check"] = {"anyOf": [TEXT, {"type": "array", "items": TEXT}, found["Check"]]}
    whole = found.pop("PlanShape")
    return {"$schema": DIALECT, "title": "sample.yaml", **whole, "$defs": found}
