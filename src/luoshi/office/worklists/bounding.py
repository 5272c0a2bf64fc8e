"""How many findings of a check are listed: in each county only so many that people can work through them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luoshi.rulebook.values.area_code import LENGTHS

MOST_OPEN = 500
"""As many findings of one check stand open in one county; the rest are counted and come up when these are done."""


def first_of_each_county(found: Any, known: Any, closed: Any, most: int) -> Any:
    """Of the rows that a check found (`id`, `area`) those that are listed, the first of each county by their ids.

    A row in `known` has a finding already and stays. A county has `most` rows in all, not counting those in `closed`.
    """
    is_known = pc.is_in(found["id"], value_set=known)
    kept, new = found.filter(is_known), found.filter(pc.invert(is_known)).sort_by("id")
    still_open = kept.filter(pc.invert(pc.is_in(kept["id"], value_set=closed)))
    taken = dict(zip(*np.unique(_counties(still_open), return_counts=True), strict=True))
    counties = _counties(new)
    is_listed = np.zeros(len(counties), dtype=bool)
    for county in np.unique(counties):
        room = max(most - int(taken.get(county, 0)), 0)
        is_listed[np.flatnonzero(counties == county)[:room]] = True
    return pa.concat_tables([kept, new.filter(pa.array(is_listed))])


def _counties(rows: Any) -> Any:
    return pc.utf8_slice_codeunits(rows["area"], 0, LENGTHS["county"]).to_numpy().astype(str)
