"""What awards cost at most: the prizes of as many as there are places, the highest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.engines.sql import result_files
from luoshi.rulebook.model.blocks import Award
from luoshi.rulebook.model.nodes import exact
from luoshi.rulebook.simulating.decided import CENTS, money
from luoshi.rulebook.simulating.side import Side
from luoshi.rulebook.values.area_code import LENGTHS

Amounts = Callable[[Award], Iterable[pa.Table]]
"""The area and the amount of every row that an award pays: the columns `area` and `amount` of one or more tables."""
PAID = pa.schema([("area", pa.string()), ("amount", money(CENTS))])
PRIZES = pa.schema([("area", pa.string()), ("measure", pa.string()), ("amount", money(CENTS))])


def prizes(side: Side, folder: Path) -> pa.Table:
    """The prizes of every award by the area of its round, from the results in a folder."""
    return prizes_of(side, partial(_written, folder))


def _written(folder: Path, award: Award) -> Iterable[pa.Table]:
    """What an award pays, from the results in a folder."""
    worth = f"{award.id}.amount"
    for file in result_files(folder, award.register):
        found = pq.read_table(file, columns=["area", worth], filters=pc.field(worth).is_valid())
        yield found.rename_columns(["area", "amount"])


def prizes_of(side: Side, amounts: Amounts) -> pa.Table:
    """The prizes of every award by the area of its round.

    A single round is booked in the area in which the policy holds.
    """
    engine = CaseEngine(side.pack, side.on, side.settings())
    tables = [PRIZES.empty_table()]
    for award in side.pack.measures.values():
        if isinstance(award, Award) and award.amount is not None:
            tables.append(_of_award(award, amounts(award), engine, side.pack.policy.jurisdiction or ""))
    return pa.concat_tables(tables)


def _of_award(award: Award, paid: Iterable[pa.Table], engine: CaseEngine, whole: str) -> pa.Table:
    digits = LENGTHS[award.per] if award.per else 0
    found = pa.concat_tables([PAID.empty_table(), *(table.cast(PAID) for table in paid)])
    areas = pc.fill_null(found.column("area"), "")
    found = found.set_column(0, "area", pc.utf8_slice_codeunits(areas, 0, digits))
    found = found.filter(pc.equal(pc.utf8_length(found.column("area")), digits))
    found = found.sort_by([("area", "ascending"), ("amount", "descending")])
    sums = _first(found, award, engine).group_by("area").aggregate([("amount", "sum")])
    booked = sums.column("area") if digits else pa.repeat(whole, sums.num_rows)
    return pa.table([booked, pa.repeat(award.id, sums.num_rows), sums.column("amount_sum")], schema=PRIZES)


def _first(found: pa.Table, award: Award, engine: CaseEngine) -> pa.Table:
    """The rows within the places of their round; all of them where nobody has said how many places there are."""
    areas, starts, sizes = np.unique(
        np.array(found.column("area").to_pylist(), str), return_index=True, return_counts=True
    )
    most = [_places(award, engine, str(area)) for area in areas]
    kept = [int(size) if limit is None else limit for size, limit in zip(sizes, most, strict=True)]
    rank = np.arange(found.num_rows) - np.repeat(starts, sizes)
    return found.filter(pa.array(rank < np.repeat(np.array(kept, np.int64), sizes)))


def _places(award: Award, engine: CaseEngine, area: str) -> int | None:
    places = None if award.quota is None else engine.constant(award.quota, area or None)
    return None if places is None else int(exact(places))
