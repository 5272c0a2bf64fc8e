"""Invented values of local parameters: checked like real ones, written for `luoshi run`."""

from __future__ import annotations

from pathlib import Path

import yaml

from luoshi.rulebook.inputs.settings import LocalValue, check_local_value
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.model.types import Type
from luoshi.sampling.areas import Areas
from luoshi.sampling.plan import Plan

FILE = "local.yaml"
HEAD = "# 为演示虚构，并非任何地方的真实标准。 Invented for the demonstration: no locality has set these values.\n"


def check_local(plan: Plan, pack: Pack, areas: Areas, findings: Findings) -> None:
    """Note every local value that no locality could have set."""
    for index, item in enumerate(plan.local):
        where = plan.where("local", index)
        kind = _type_of(pack, item.parameter)
        if kind is None:
            known = [*pack.parameters, *pack.assumptions]
            findings.add("CASE-004", where, name=item.parameter, near=near(item.parameter, known))
            continue
        for area in item.areas:
            if area not in areas.index:
                findings.add("SAMPLE-014", where, seen=area)
        try:
            value = typed_value(kind, item.value)
        except Mismatch as problem:
            findings.add("SAMPLE-015", where, name=item.parameter, seen=item.value, **_expected(problem))
            continue
        for area in item.areas[:1]:
            held = LocalValue(item.parameter, value, area, item.start, item.by, item.document, where)
            check_local_value(held, pack, findings)


def _expected(problem: Mismatch) -> dict[str, object]:
    return {"expected": problem.facts.get("expected", "")}


def _type_of(pack: Pack, name: str) -> Type | None:
    if name in pack.parameters:
        return pack.parameters[name].type
    return pack.assumptions[name].type if name in pack.assumptions else None


def write_local(path: Path, plan: Plan) -> None:
    """The values as a list, one entry per area."""
    entries = [
        {
            "parameter": item.parameter,
            "value": item.value,
            "area": area,
            "from": item.start.isoformat(),
            "by": item.by,
            "document": item.document,
        }
        for item in plan.local
        for area in item.areas
    ]
    path.write_text(HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")
