"""The budget of a run: persons and money by area and measure, added up while results are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from luoshi.rulebook.bulk.sizes import award_size
from luoshi.rulebook.engines.native.deciding import ROWS_SEEN
from luoshi.rulebook.engines.native.forging import NARROW, WORD, Column
from luoshi.rulebook.engines.native.kernels import Layout, Tally
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import COUNTED
from luoshi.rulebook.model.types import MOST_DIGITS

PLACES = 2
SCHEMA = pa.schema(
    [
        ("area", pa.string()),
        ("measure", pa.string()),
        ("fund", pa.string()),
        *((name, pa.int64()) for name in COUNTED),
        ("amount", pa.decimal128(MOST_DIGITS, PLACES)),
    ]
)
ROUNDED = Context(prec=60, rounding=ROUND_HALF_UP)


def budget_table(
    pack: Pack, counted: Mapping[str, tuple[Tally, Sequence[Any]]], layout: Layout, areas: Sequence[str]
) -> pa.Table:
    """One row per area code and measure, from the records that threads have added up for each register."""
    words = pa.array([None, *areas], pa.string())
    tables, order = [SCHEMA.empty_table()], [np.empty((2, 0), np.int64)]
    by_area, by_measure = _ranks(["", *areas]), dict(zip(pack.measures, _ranks(list(pack.measures)), strict=True))
    for register, (tally, records) in counted.items():
        sums = {entry.column.name: _sum(entry.column, records, layout) for entry in tally.entries}
        places = np.flatnonzero(sums[ROWS_SEEN])
        for measure in pack.measures.values():
            if measure.register == register:
                counts = [pa.array(sums[f"{measure.id}.{of.word}"][places]) for of in COUNTED.values()]
                texts = [pa.repeat(word, len(places)) for word in (measure.id, "|".join(measure.funds))]
                steps = sums.get(f"{measure.id}.amount", np.zeros(len(words), np.int64))[places]
                columns = [words.take(pa.array(places)), *texts, *counts, _money(steps, award_size(measure)[0])]
                tables.append(pa.table(columns, schema=SCHEMA))
                order.append(np.stack([np.full(len(places), by_measure[measure.id]), by_area[places]]))
    return pa.concat_tables(tables).take(pa.array(np.lexsort(np.concatenate(order, axis=1))))


def _ranks(texts: list[str]) -> Any:
    """Which place each text has among all when they are sorted; the empty one, of what lies nowhere, comes first."""
    ranks = np.empty(len(texts), np.int64)
    ranks[np.argsort(np.array(texts, str), kind="stable")] = np.arange(len(texts))
    return ranks


def _money(steps: Any, places: int) -> pa.Array:
    """Sums of smallest steps as money, rounded where they are finer than that."""
    if places == PLACES and steps.dtype == np.int64:
        words = np.stack([steps, steps >> 63], axis=1)
        return pa.Array.from_buffers(SCHEMA.field("amount").type, len(steps), [None, pa.py_buffer(words)])
    cent = Decimal(1).scaleb(-PLACES)
    money = [Decimal(step).scaleb(-places, ROUNDED).quantize(cent, context=ROUNDED) for step in steps.tolist()]
    return pa.array(money, SCHEMA.field("amount").type)


def _sum(column: Column, records: Sequence[Any], layout: Layout) -> Any:
    """A figure of every record, over all threads."""
    size, offset = layout.sizes[column.record or ""], layout.offsets[column]
    parts = [record.reshape(-1, size)[:, offset : offset + column.width // 8] for record in records]
    cells = [np.ascontiguousarray(part) for part in parts]
    if column.width <= WORD:
        numbers = [part.view(np.int32 if column.width == NARROW else np.int64)[:, 0] for part in cells]
        return np.sum([number.astype(np.int64) for number in numbers], axis=0)
    wide = [[int.from_bytes(row.tobytes(), "little", signed=True) for row in part] for part in cells]
    return np.array([sum(numbers) for numbers in zip(*wide, strict=True)], object)
