"""The budget of a run on Spark: persons and money by area and measure, counted from the results themselves."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.rulebook.bulk.sizes import award_size
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.on_spark.text import literal, quoted
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import COUNTED

EMPTY = (
    "SELECT '' AS area, '' AS measure, '' AS fund, 0L AS eligible, 0L AS undetermined, 0L AS ineligible, "
    "CAST(0 AS DECIMAL(38,2)) AS amount WHERE FALSE"
)


def budget_query(pack: Pack, registers: Iterable[str]) -> str:
    """One row per area code and measure, in order, over the results of registers, each a table named `result_name`."""
    parts = [EMPTY]
    for register in registers:
        measures = [measure for measure in pack.measures.values() if measure.register == register]
        if measures:
            lines = ", ".join(_line(number, measure) for number, measure in enumerate(measures))
            parts.append(f"SELECT area, inline(array({lines})) FROM ({_by_area(register, measures)})")
    rows = f"SELECT /*+ REPARTITION(1) */ * FROM ({' UNION ALL '.join(parts)})"
    return f"SELECT * FROM ({rows}) SORT BY area NULLS FIRST, measure"


def result_name(register: str) -> str:
    """The name of the table that holds the result of a register."""
    return f"result of {register}"


def _by_area(register: str, measures: list[Measure]) -> str:
    figures = []
    for number, measure in enumerate(measures):
        outcome, amount = quoted(f"{measure.id}.outcome"), quoted(f"{measure.id}.amount")
        figures += [f"sum(CAST({outcome} = {of.value} AS INT)) AS {name}_{number}" for name, of in COUNTED.items()]
        figures.append(f"sum(CAST({amount} AS DECIMAL(38,{award_size(measure)[0]}))) AS amount_{number}")
    return f"SELECT area, {', '.join(figures)} FROM {quoted(result_name(register))} GROUP BY area"


def _line(number: int, measure: Measure) -> str:
    words = [("measure", measure.id), ("fund", "|".join(measure.funds))]
    cells = [f"'{name}', {literal(Kind.TEXT, word)}" for name, word in words]
    cells += [f"'{name}', {name}_{number}" for name in COUNTED]
    cells.append(f"'amount', CAST(coalesce(amount_{number}, 0) AS DECIMAL(38,2))")
    return f"named_struct({', '.join(cells)})"
