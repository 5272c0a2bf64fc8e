"""Reads one value that a locality has set, as written in a case or a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.rulebook.inputs.settings import EVERYWHERE, LocalValue
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.typed_values import typed_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.model.types import DATE, Type
from luoshi.rulebook.values.area_code import LENGTHS, ancestor, is_area_code

KEYS = frozenset({"value", "area", "by", "document", "from"})


def read_local_value(
    name: str, written: Any, subject_area: str | None, pack: Pack, findings: Findings, where: Where
) -> LocalValue | None:
    """The local value; None when it is left unset, or with findings.

    Without `area` it is set for the subject's area at the level of `by`.
    """
    kind = _kind(name, pack)
    if kind is None:
        known = [*pack.parameters, *pack.assumptions]
        findings.add("CASE-004", where, name=name, near=near(name, known))
        return None
    if written is None:
        return None
    parts = written if isinstance(written, dict) else {"value": written}
    if not _well_formed(parts):
        findings.add("CASE-014", where, name=name, seen=str(written)[:80])
        return None
    by, area = parts.get("by"), parts.get("area")
    if area is None:
        area = (ancestor(subject_area, by) if by and subject_area else None) or EVERYWHERE
    try:
        value = typed_value(kind, parts.get("value"))
        start = typed_value(DATE, parts["from"]) if parts.get("from") else date.min
    except Mismatch as problem:
        findings.add("CASE-015", where, **{**problem.facts, "name": name})
        return None
    assert isinstance(start, date)
    return LocalValue(name, value, area, start, by, parts.get("document"), where)


def _kind(name: str, pack: Pack) -> Type | None:
    if name in pack.parameters:
        return pack.parameters[name].type
    return pack.assumptions[name].type if name in pack.assumptions else None


def _well_formed(parts: dict[str, Any]) -> bool:
    """Whether the parts are known and those that say where and by whom are what they should be."""
    by, area, document = parts.get("by"), parts.get("area"), parts.get("document")
    return (
        not set(parts) - KEYS
        and (by is None or (isinstance(by, str) and by in LENGTHS))
        and (area is None or (isinstance(area, str) and is_area_code(area)))
        and (document is None or isinstance(document, str))
    )
