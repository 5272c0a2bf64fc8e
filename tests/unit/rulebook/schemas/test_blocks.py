"""Schemas of kinds of block."""

from __future__ import annotations

import re

from luoshi.rulebook.schemas.blocks import KINDS, schema_of


def test_entries_by_name() -> None:
    schema = schema_of("limit")
    assert re.search(schema["propertyNames"]["pattern"], "price-floor")
    assert not re.search(schema["propertyNames"]["pattern"], "price_floor")
    assert schema["additionalProperties"] == {"$ref": "#/$defs/LimitShape"}


def test_a_policy_is_no_list_of_entries() -> None:
    schema = schema_of("policy")
    assert schema["required"] == ["id", "title", "issuer", "status"]
    assert "propertyNames" not in schema


def test_short_forms_and_dated_values() -> None:
    assert schema_of("measure")["$defs"]["ConditionShape"]["anyOf"][0]["title"] == "表达式 · expression"
    assert "met" in schema_of("example")["$defs"]["OutcomeShape"]["anyOf"][0]["enum"]
    parameter = schema_of("parameter")["$defs"]["ParameterShape"]
    assert "values" not in parameter["properties"] and len(parameter["patternProperties"]) == 1


def test_every_reference_leads_somewhere() -> None:
    for kind in KINDS:
        schema = schema_of(kind)
        assert set(re.findall(r"#/\$defs/(\w+)", str(schema))) <= set(schema["$defs"])
