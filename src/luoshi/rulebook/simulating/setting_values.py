"""Sets parameters and readings: typed and within their bounds, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.rulebook.inputs.settings import LocalValue, is_within
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Assumption, Pack, ParameterDef
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.types import Number, Type
from luoshi.rulebook.simulating.overlay import Setting
from luoshi.rulebook.simulating.side import Side
from luoshi.rulebook.values.area_code import is_area_code

WHOLE_DIGITS = 9
"""Digits that a value may have before the point, as a count in a register may."""


def read_value(setting: Setting, pack: Pack, findings: Findings) -> Value | None:
    """The value a setting means for a pack; None, with findings, when it cannot be set."""
    kind = setting_type(setting, pack, findings)
    if kind is None or not _is_place(setting, pack, findings):
        return None
    try:
        value = typed_value(kind, setting.value)
    except Mismatch as problem:
        findings.add("CASE-015", setting.where, **{**problem.facts, "name": setting.name})
        return None
    definition = pack.parameters.get(setting.name)
    fits = (
        _is_reading(setting, value, pack.assumptions[setting.name], findings)
        if definition is None
        else _is_allowed(setting, value, definition, findings)
    )
    return value if fits else None


def setting_type(setting: Setting, pack: Pack, findings: Findings) -> Type | None:
    """The type of what is set; None, with a finding, when there is no such parameter or it has no values."""
    if setting.name in pack.parameters:
        return _roomy(pack.parameters[setting.name].type)
    if setting.name not in pack.assumptions:
        close = near(setting.name, [*pack.parameters, *pack.assumptions])
        findings.add("CASE-004", setting.where, name=setting.name, near=close)
        return None
    kind = pack.assumptions[setting.name].type
    if kind is None:
        findings.add("CASE-005", setting.where, name=setting.name)
    return kind


def _roomy(kind: Type) -> Type:
    """The type with room for other values: the pack's own has no more digits than the values it lists."""
    return replace(kind, digits=max(kind.digits, WHOLE_DIGITS + kind.places)) if isinstance(kind, Number) else kind


def _is_place(setting: Setting, pack: Pack, findings: Findings) -> bool:
    """Whether the area is one in which the policy can hold."""
    area, whole = setting.area, pack.policy.jurisdiction or ""
    if not area or (is_area_code(area) and (area.startswith(whole) or whole.startswith(area))):
        return True
    findings.add("SIM-004", setting.where, seen=area, jurisdiction=whole)
    return False


def _is_reading(setting: Setting, value: Value, switch: Assumption, findings: Findings) -> bool:
    allowed = [switch.default, *(reading for reading, _ in switch.alternatives)]
    if value in allowed:
        return True
    findings.add("CASE-006", setting.where, name=setting.name, seen=value, expected=allowed)
    return False


def _is_allowed(setting: Setting, value: Value, definition: ParameterDef, findings: Findings) -> bool:
    """Whether a parameter may have a value: one of the pack's own, or one within the bounds for localities."""
    local = definition.local
    if local is None or value in _own_values(definition) or isinstance(value, bool):
        return True
    if not isinstance(value, int | Decimal) or is_within(value, local):
        return True
    bounds = {"least": local.least, "most": local.most, "step": local.step}
    findings.add("CASE-007", setting.where, name=setting.name, seen=value, **bounds)
    return False


def _own_values(definition: ParameterDef) -> Iterator[Value]:
    for values in (definition.values, *definition.by_area.values()):
        yield from (value for _, value in values)


def with_value(side: Side, name: str, value: Value, area: str) -> Side:
    """The side with a value that holds in an area and all within it, whatever was set there before."""
    local = tuple(item for item in side.local if item.name != name or not item.area.startswith(area))
    if name in side.pack.assumptions:
        return replace(side, local=(*local, LocalValue(name, value, area)))
    definition, values = side.pack.parameters[name], ((date.min, value),)
    if area:
        kept = {code: dated for code, dated in definition.by_area.items() if not code.startswith(area)}
        changed = replace(definition, by_area={**kept, area: values})
    else:
        changed = replace(definition, values=values, by_area={})
    pack = replace(side.pack, parameters={**side.pack.parameters, name: changed})
    return replace(side, pack=pack, local=local)
