"""The areas of the register, as everybody walks through them: from a city down to its villages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from luoshi.rulebook.values.area_code import LENGTHS, level_of


@dataclass(frozen=True)
class Area:
    """An area by its division code."""

    code: str
    name: str
    level: str


def area(code: str) -> Area | None:
    """The area of a code; None if the register does not hold it."""
    found = _areas("id = %s", [code])
    return found[0] if found else None


def are_kept() -> bool:
    """Whether there is a register of areas yet: the first policy that is installed brings it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('common.area') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def areas_of(codes: Iterable[str]) -> dict[str, Area]:
    """The areas of those codes that the register holds."""
    return {found.code: found for found in _areas("id = ANY(%s)", [[*codes]])}


def area_children(code: str) -> list[Area]:
    """The areas one level below, in the order of their codes; of "" the highest that there are."""
    if not code:
        return _areas("length(id) = (SELECT min(length(id)) FROM common.area)", [])
    longer = sorted(length for length in LENGTHS.values() if length > len(code))
    if not longer:
        return []
    return _areas("starts_with(id, %s) AND length(id) = %s", [code, longer[0]])


def _areas(condition: str, values: list[str | int | list[str]]) -> list[Area]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, coalesce(name, id) FROM common.area WHERE {condition} ORDER BY id", values)
        return [Area(code, name, level_of(code)) for code, name in cursor.fetchall()]
