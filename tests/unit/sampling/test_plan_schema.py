"""The schema of `sample.yaml`: the shorter ways of writing are known to it."""

from __future__ import annotations

from luoshi.sampling.plan_schema import plan_schema


def test_short_forms() -> None:
    schema = plan_schema()
    found = schema["$defs"]
    assert {"include", "registers", "irregularities", "local"} <= set(schema["properties"])
    assert found["Draw"]["anyOf"][0] == {"type": ["string", "number", "boolean"]}
    assert len(found["Check"]["anyOf"]) == 3
    assert {"when", "then", "chance", "choice"} <= set(found["Case"]["properties"]) and "required" not in found["Case"]
    assert found["Draw"]["anyOf"][1]["properties"]["times"]["anyOf"][1]["type"] == "array"
