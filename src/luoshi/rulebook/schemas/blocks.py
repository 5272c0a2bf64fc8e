"""The schemas of blocks and of policy.yaml."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import JsonSchemaValue

from luoshi.rulebook.loading.shapes import KEBAB_KEY, KEYS, SHAPES
from luoshi.rulebook.loading.shapes.policies import PolicyShape
from luoshi.rulebook.schemas.generating import DIALECT, EXPRESSION, TEXT, definitions

POLICY = "policy"
KINDS = (POLICY, *SHAPES)
STATES = {"enum": ["met", "unmet", "unknown", "not_applicable", "found", "clear", "done", "not_done"]}
DATED = {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": TEXT}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of policy.yaml, or of the content of a kind of block: entries by name."""
    shape = PolicyShape if kind == POLICY else SHAPES[kind]
    found = definitions(shape)
    _also_as_written(found)
    if kind == POLICY:
        return {"$schema": DIALECT, "title": "policy.yaml", **found.pop(shape.__name__), "$defs": found}
    return {
        "$schema": DIALECT,
        "title": kind,
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": f"^({KEYS.get(kind, KEBAB_KEY)})$"},
        "additionalProperties": {"$ref": f"#/$defs/{shape.__name__}"},
        "$defs": found,
    }


def _also_as_written(found: dict[str, JsonSchemaValue]) -> None:
    """The ways of writing that the shapes bring into their own form before they look: short ones, and dated values."""
    for name, short in (("ConditionShape", EXPRESSION), ("OutcomeShape", STATES)):
        if name in found:
            found[name] = {"anyOf": [short, found[name]]}
    if "ParameterShape" in found:
        found["ParameterShape"]["properties"].pop("values")
        found["ParameterShape"]["patternProperties"] = DATED
