"""Spark answers what DuckDB answers, in every cell: random rules on random rows, and the samples of shipped packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from luoshi.rulebook.bulk.asking import AskOptions
from luoshi.rulebook.cases.local_file import load_local_values
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines import sql
from luoshi.rulebook.engines.sql import on_spark
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.loading.pack import find_folder
from luoshi.rulebook.model.blocks import Pack
from luoshi.sampling import load_plan, sample
from tests.agreement.rows import registers
from tests.agreement.test_engines_agree import ON_DATES, packs
from tests.spark.results import written

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.filterwarnings("default")]


def cells(tables: dict[str, pa.Table]) -> dict[str, Any]:
    """Every cell by register and column, with the order of the rows."""
    return {register: table.to_pydict() for register, table in tables.items()}


@given(packs(), registers(), st.sampled_from(ON_DATES))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_rules_on_random_rows(spark: SparkSession, pack: Pack, rows: Any, on: date) -> None:
    tables = to_tables(pack, rows)
    facts = [key for key in pack.facts if key[0] == "thing"]
    wanted = sql.decide_tables(pack, tables, on, facts=facts)
    assert cells(on_spark.decide_tables(spark, pack, tables, on, facts=facts)) == cells(wanted)


@pytest.mark.parametrize("name", ["lishui-draft", pytest.param("dingxi-2018", marks=pytest.mark.whole)])
def test_a_sample_of_a_shipped_pack(spark: SparkSession, tmp_path: Path, name: str) -> None:
    pack, on, data = load_pack(name), date(2020, 12, 31), tmp_path / "data"
    sample(pack, load_plan(find_folder(name), pack), scale=0.002, seed=1, out=data)
    told: list[tuple[int, int, str]] = []
    asked: AskOptions = {"local": load_local_values(data, pack), "as_if_in_force": True}
    ours = sql.run(pack, data, on, tmp_path / "duckdb", **asked)
    asked["progress"] = lambda *step: told.append(step)
    theirs = on_spark.run(spark, pack, data, on, tmp_path / "spark", **asked)
    assert theirs.rows == ours.rows and ours.rows
    assert told[-1][0] == told[-1][1]
    for register in [*ours.rows, "budget"]:
        assert written(tmp_path / "spark", register) == written(tmp_path / "duckdb", register), register
