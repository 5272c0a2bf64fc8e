"""From shapes to JSON Schema. Values are what a YAML editor sees: a text may look like a number or a truth."""

from __future__ import annotations

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from luoshi.rulebook.loading.shapes.written import Shape
from luoshi.rulebook.schemas.about_keys import about_key

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFINITION = "#/$defs/{model}"
TEXT: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
EXPRESSION: JsonSchemaValue = TEXT | {"minLength": 1, "title": "表达式 · expression"}
TRUTH: JsonSchemaValue = {"type": ["boolean", "string"], "pattern": "^(true|false)$"}
DAY: JsonSchemaValue = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
EXACT: JsonSchemaValue = {"type": ["number", "string"], "pattern": r"^-?[0-9]{1,20}(\.[0-9]{1,10})?$"}


class Generator(GenerateJsonSchema):
    """Pydantic's generator, with scalars as YAML shows them and without titles nobody wrote."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A name with its pattern, an expression, or any text."""
        pattern = schema.get("pattern")
        if pattern is None:
            return dict(EXPRESSION if schema.get("min_length") else TEXT)
        text = str(getattr(pattern, "pattern", pattern))
        longest = {"maxLength": schema["max_length"]} if "max_length" in schema else {}
        return {"type": ["string", "number"] if re.match(text, "11") else "string", "pattern": text, **longest}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """True or false, also in quotes."""
        return dict(TRUTH)

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        """A day."""
        return dict(DAY)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """An exact number."""
        return dict(EXACT)

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """A whole number, also in quotes."""
        found = super().int_schema(schema)
        return found | {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,9}$"}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What stands there, or nothing."""
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        kinds = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        words = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return inner | {"type": [*kinds, "null"]} | words

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Entries by name; a name that does not fit is a mistake."""
        found = super().dict_schema(schema)
        return found | ({"additionalProperties": False} if "patternProperties" in found else {})

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No title is made up from the name of a key."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What stands there; an editor need not show what is meant where a key is left out."""
        return self.generate_inner(schema["schema"])


def definitions(shape: type[Shape], generator: type[GenerateJsonSchema] = Generator) -> dict[str, JsonSchemaValue]:
    """A shape and those it needs, by name, with what their keys are for."""
    whole = shape.model_json_schema(schema_generator=generator, ref_template=DEFINITION)
    found: dict[str, JsonSchemaValue] = whole.pop("$defs", {})
    found.setdefault(shape.__name__, whole)
    for name, content in found.items():
        content.pop("title", None)
        content.pop("description", None)
        for key, value in content["properties"].items():
            about = about_key(name, key)
            value.update({"description": about} if about else {})
    return dict(sorted(found.items()))
