"""Values that localities have set: kept, and read back as the engines take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from luoshi.office.audit import actions as audit
from luoshi.office.runs.models import LocalSetting
from luoshi.rulebook.cases.local_values import read_local_value
from luoshi.rulebook.inputs.settings import LocalValue, Settings, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings, Refused, Where


@dataclass(frozen=True)
class Held:
    """The values kept for a pack: those that fit it, and the others with what is wrong with each."""

    values: tuple[LocalValue, ...]
    problems: Mapping[int, tuple[Finding, ...]]
    unfit: frozenset[str]
    """The names of the pack with a value that does not fit."""


@transaction.atomic
def keep(pack: Pack, values: Iterable[LocalValue], *, by: str) -> None:
    """Keep values that were read and checked; one for the same area and day takes the place of the one before."""
    for value in values:
        kept = {"value": written(value), "by": value.by or "", "document": value.document or ""}
        key = {"pack_id": pack.policy.id, "name": value.name, "area": value.area, "start": value.start}
        place = LocalSetting.objects.filter(state=LocalSetting.State.SET, **key)
        if place.filter(**kept).exists():
            continue
        place.update(state=LocalSetting.State.REPLACED)
        LocalSetting.objects.create(**key, **kept, set_by=by)
        subject = f"parameter:{pack.policy.id}/{value.name}"
        audit.record("parameter.set", actor=by, subject=subject, area=value.area, basis=value.document or "")


def kept(pack: Pack, on: date | None = None) -> tuple[LocalValue, ...]:
    """The values kept for a pack, with a day those that hold on it; `Refused` if one no longer fits the pack.

    What is kept under a name that the pack no longer has is left out: nothing can rest on it.
    """
    found = held(pack, on)
    wrong = [each for number, problems in found.problems.items() for each in problems if each.code != "CASE-004"]
    if wrong:
        raise Refused(wrong)
    return found.values


def held(pack: Pack, on: date | None = None) -> Held:
    """The values kept for a pack, with a day those that hold on it, whether they fit it or not."""
    values, problems, unfit = [], {}, set()
    for row in rows(pack.policy.id) if on is None else in_force(pack.policy.id, on):
        findings = Findings()
        value = read(row, pack, findings)
        if findings:
            problems[row.id] = tuple(findings.sorted())
            unfit.add(row.name)
        elif value is not None:
            values.append(value)
    return Held(tuple(values), problems, frozenset(unfit & {*pack.parameters, *pack.assumptions}))


def settings_of(pack: Pack, on: date) -> Settings:
    """The parameters and switches of a pack as they hold on a day; unknown where `fitting` leaves them out."""
    fit, values = fitting(pack, on)
    return Settings(fit, on, values)


def fitting(pack: Pack, on: date) -> tuple[Pack, tuple[LocalValue, ...]]:
    """A pack with the values that hold on a day.

    What has a value that no longer fits the pack is left without any: falling back to another value in silence would
    decide cases otherwise than a locality has ordered.
    """
    found = held(pack, on)
    if not found.unfit:
        return pack, found.values
    parameters = {
        name: replace(item, values=(), by_area={}) if name in found.unfit else item
        for name, item in pack.parameters.items()
    }
    assumptions = {
        name: replace(item, default=None) if name in found.unfit else item for name, item in pack.assumptions.items()
    }
    blank = replace(pack, parameters=parameters, assumptions=assumptions)
    return blank, tuple(value for value in found.values if value.name not in found.unfit)


def rows(pack_id: str) -> QuerySet[LocalSetting]:
    """The rows of a pack that hold from their day on."""
    return LocalSetting.objects.filter(pack_id=pack_id, state=LocalSetting.State.SET).order_by("name", "area", "start")


def in_force(pack_id: str, on: date) -> list[LocalSetting]:
    """For every name and area the row that has begun last on a day."""
    return list({(row.name, row.area): row for row in rows(pack_id).filter(start__lte=on)}.values())


def read(row: LocalSetting, pack: Pack, findings: Findings) -> LocalValue | None:
    """The value that a row means for a pack, with findings for what does not fit."""
    where = Where(f"{row.name} {row.area}", 1)
    if row.is_ending:
        is_known = row.name in pack.parameters or row.name in pack.assumptions
        return LocalValue(row.name, None, row.area, row.start) if is_known else None
    parts = {"value": row.value, "by": row.by or None, "document": row.document or None, "from": str(row.start)}
    value = read_local_value(row.name, parts | {"area": row.area or None}, None, pack, findings, where)
    if value is not None:
        check_local_value(value, pack, findings)
    return value


def written(value: LocalValue) -> str:
    """A value as a local file writes it; empty where one ends."""
    if value.value is None:
        return ""
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)
