"""The budget of a run: persons and money by area and measure, counted from the results themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from luoshi.rulebook.engines.sql.duckdb_text import literal, quoted
from luoshi.rulebook.engines.sql.expressions import Kind
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import Outcome

COUNTED = {"eligible": Outcome.ELIGIBLE, "undetermined": Outcome.UNDETERMINED, "ineligible": Outcome.INELIGIBLE}
EMPTY = (
    "SELECT '' AS area, '' AS measure, '' AS fund, 0::BIGINT AS eligible, 0::BIGINT AS undetermined, "
    "0::BIGINT AS ineligible, 0::DECIMAL(38,2) AS amount WHERE FALSE"
)


def budget_query(pack: Pack, results: Mapping[str, Path]) -> str:
    """One row per area code and measure, over the result files of registers."""
    tables, parts = [], [EMPTY]
    for register, path in results.items():
        measures = [measure for measure in pack.measures.values() if measure.register == register]
        if measures:
            table = quoted(f"budget of {register}")
            tables.append(f"{table} AS MATERIALIZED ({_by_area(path, measures)})")
            parts += [_line(table, number, measure) for number, measure in enumerate(measures)]
    head = f"WITH {', '.join(tables)} " if tables else ""
    return f"{head}SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY area NULLS FIRST, measure"


def _by_area(path: Path, measures: list[Measure]) -> str:
    counts = [
        f"count(*) FILTER (WHERE {quoted(measure.id + '.outcome')} = {outcome.value}) AS {name}_{number}"
        for number, measure in enumerate(measures)
        for name, outcome in COUNTED.items()
    ]
    sums = [
        f"coalesce(CAST(sum({quoted(measure.id + '.amount')}) AS DECIMAL(38,2)), 0) AS amount_{number}"
        for number, measure in enumerate(measures)
    ]
    return f"SELECT area, {', '.join(counts + sums)} FROM read_parquet({literal(Kind.TEXT, str(path))}) GROUP BY area"


def _line(table: str, number: int, measure: Measure) -> str:
    words = [literal(Kind.TEXT, word) for word in (measure.id, "|".join(measure.funds))]
    counts = [f"{name}_{number} AS {name}" for name in COUNTED]
    return f"SELECT area, {words[0]} AS measure, {words[1]} AS fund, {', '.join(counts)}, amount_{number} AS amount FROM {table}"
