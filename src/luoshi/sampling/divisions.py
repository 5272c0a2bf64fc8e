"""The register of areas, made from the list of divisions: name, level and kind, as far as the pack has them."""

from __future__ import annotations

import numpy as np

from luoshi.rulebook.model.blocks import Register
from luoshi.rulebook.model.types import TEXT, Code, Text
from luoshi.rulebook.values.area_code import level_of
from luoshi.sampling.areas import Areas
from luoshi.sampling.columns import Column, Table


def area_table(areas: Areas, register: Register) -> Table:
    """One row per division, in code order."""
    texts = {
        "name": [division.name for division in areas.divisions],
        "level": [level_of(code) for code in areas.codes],
        "kind": [division.kind for division in areas.divisions],
    }
    table = Table(register.id, len(areas))
    for name, values in texts.items():
        if name in register.fields:
            table.columns[name] = _column(values, register.fields[name].type)
    return table


def _column(values: list[str], kind: object) -> Column:
    codes = kind.codes if isinstance(kind, Code) else tuple(dict.fromkeys(values))
    index = {code: position for position, code in enumerate(codes)}
    known = np.array([value in index for value in values])
    places = np.array([index.get(value, 0) for value in values])
    if isinstance(kind, Code):
        return Column(kind, places.astype(np.int16), known)
    assert isinstance(kind, Text)
    return Column(TEXT, places.astype(np.int32), None, codes)
