"""The budget of a run: persons and money by area and measure, counted from the results themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.on_duckdb.text import literal, quoted
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import COUNTED

EMPTY = (
    "SELECT '' AS area, '' AS measure, '' AS fund, 0::BIGINT AS eligible, 0::BIGINT AS undetermined, "
    "0::BIGINT AS ineligible, 0::DECIMAL(38,2) AS amount WHERE FALSE"
)


def budget_query(pack: Pack, results: Mapping[str, Sequence[Path]]) -> str:
    """One row per area code and measure, over the result files of registers."""
    tables, parts = [], [EMPTY]
    for register, files in results.items():
        measures = [measure for measure in pack.measures.values() if measure.register == register]
        if measures:
            table = quoted(f"budget of {register}")
            tables.append(f"{table} AS MATERIALIZED ({_by_area(files, measures)})")
            parts += [_line(table, number, measure) for number, measure in enumerate(measures)]
    head = f"WITH {', '.join(tables)} " if tables else ""
    return f"{head}SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY area NULLS FIRST, measure"


def _by_area(files: Sequence[Path], measures: list[Measure]) -> str:
    """Counts as sums of truths, which are several times faster here than filtered counts."""
    figures = []
    for number, measure in enumerate(measures):
        outcome, amount = quoted(f"{measure.id}.outcome"), quoted(f"{measure.id}.amount")
        figures += [f"sum(CAST({outcome} = {of.value} AS INTEGER)) AS {name}_{number}" for name, of in COUNTED.items()]
        figures.append(f"sum({amount}) AS amount_{number}")
    listed = ", ".join(literal(Kind.TEXT, str(file)) for file in files)
    return f"SELECT area, {', '.join(figures)} FROM read_parquet([{listed}]) GROUP BY area"


def _line(table: str, number: int, measure: Measure) -> str:
    words = [(measure.id, "measure"), ("|".join(measure.funds), "fund")]
    texts = [f"{literal(Kind.TEXT, word)} AS {name}" for word, name in words]
    counts = [f"CAST({name}_{number} AS BIGINT) AS {name}" for name in COUNTED]
    amount = f"CAST(coalesce(amount_{number}, 0) AS DECIMAL(38,2)) AS amount"
    return f"SELECT area, {', '.join([*texts, *counts, amount])} FROM {table}"
