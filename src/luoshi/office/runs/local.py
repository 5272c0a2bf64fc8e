"""Values that localities have set: kept, and read back as the engines take them."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.office.audit import actions as audit
from luoshi.office.runs.models import LocalSetting
from luoshi.rulebook.cases.local_values import read_local_value
from luoshi.rulebook.inputs.settings import LocalValue, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where


def keep(pack: Pack, values: Iterable[LocalValue], *, by: str) -> None:
    """Keep values that were read and checked; one for the same area and day takes the place of the one before."""
    for value in values:
        LocalSetting.objects.update_or_create(
            pack_id=pack.policy.id,
            name=value.name,
            area=value.area,
            start=value.start,
            defaults={
                "value": _written(value),
                "by": value.by or "",
                "document": value.document or "",
                "set_by": by,
            },
        )
        subject = f"parameter:{pack.policy.id}/{value.name}"
        audit.record("parameter.set", actor=by, subject=subject, area=value.area, basis=value.document or "")


def kept(pack: Pack) -> tuple[LocalValue, ...]:
    """The values kept for a pack; `Refused` if one no longer fits the pack."""
    findings, values = Findings(), []
    for row in LocalSetting.objects.filter(pack_id=pack.policy.id).order_by("name", "area", "start"):
        where = Where(f"{row.name} {row.area}", 1)
        parts = {"value": row.value, "by": row.by or None, "document": row.document or None, "from": str(row.start)}
        value = read_local_value(row.name, parts | {"area": row.area or None}, None, pack, findings, where)
        if value is not None:
            check_local_value(value, pack, findings)
            values.append(value)
    if findings:
        raise Refused(findings.sorted())
    return tuple(values)


def _written(value: LocalValue) -> str:
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)
