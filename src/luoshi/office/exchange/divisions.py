"""Divisions as people write them in a cell: by code, by name, by name behind the names of what they lie in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from luoshi.office.registry.filters import after_all
from luoshi.rulebook.values.area_code import LENGTHS, lineage

WHOLE = max(LENGTHS.values())


def divisions_within(area: str) -> Mapping[str, frozenset[str]]:
    """The codes that each way of writing a division of the area, or of anything below it, may mean."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM common.area WHERE id >= %s AND id < %s", [area, after_all(area)])
        names = dict(cursor.fetchall())
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        for written in (code, code.ljust(WHOLE, "0")):
            found[written].add(code)
        if name is None:
            continue
        whole = name
        found[whole].add(code)
        for above in lineage(code)[1:]:
            whole = f"{names.get(above) or ''}{whole}"
            found[whole].add(code)
    return {written: frozenset(codes) for written, codes in found.items()}


def names_within(area: str) -> list[str]:
    """How the villages of an area are written so that each name means one of them; all divisions if it has none."""
    ways: dict[str, str] = {}
    for written, codes in divisions_within(area).items():
        code = next(iter(codes))
        if len(codes) == 1 and not written.isdecimal() and len(written) < len(ways.get(code, written + " ")):
            ways[code] = written
    villages = {code: name for code, name in ways.items() if len(code) == WHOLE}
    return [name for _, name in sorted((villages or ways).items())]
