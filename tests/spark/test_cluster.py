"""The command on a standalone cluster of two worker processes: it writes what DuckDB writes."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.loading import load_pack
from tests.spark.clusters import cluster_of
from tests.spark.results import registers_of, written
from tests.unit.command.conftest import BLOCKS
from tests.unit.rulebook.packs import write_pack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.cores": "1",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
}


THINGS = 2000


def luoshi(*arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).with_name("luoshi"), *arguments], check=True)


def fill(pack: Path, data: Path) -> None:
    """Registers in which every measure has subjects of each outcome, in both counties."""
    rows: dict[str, dict[str, dict[str, Any]]] = {
        "area": {"331124": {}, "331125": {}},
        "firm": {"f": {"area": "331124"}, "g": {"area": "331125"}},
        "thing": {
            f"t{number}": {
                "size": Decimal(number % 12),
                "price": Decimal(number) / 4,
                "good": (True, False, None)[number % 3],
                "judged": (True, None, False, True)[number % 4],
                "firm": "fg"[number % 2],
                "colour": "blue" if number % 5 else None,
            }
            for number in range(THINGS)
        },
    }
    data.mkdir()
    for register, table in to_tables(load_pack(pack), rows).items():
        pq.write_table(table, data / f"{register}.parquet")


def test_two_workers_decide_a_register(tmp_path: Path) -> None:
    pack, data = write_pack(tmp_path / "pack", BLOCKS), tmp_path / "data"
    fill(pack, data)
    asked: list[str | Path] = ["run", pack, "--data", data, "--on", "2020-12-31"]
    luoshi(*asked, "--out", tmp_path / "duckdb")
    with cluster_of(2, tmp_path) as cluster:
        conf = [part for name, value in SETTINGS.items() for part in ("--conf", f"{name}={value}")]
        luoshi(*asked, "--out", tmp_path / "spark", "--engine", "spark", "--master", cluster.master, *conf)
        assert cluster.executors() == [1, 1]
    assert registers_of(tmp_path / "spark") == registers_of(tmp_path / "duckdb") != []
    for register in registers_of(tmp_path / "duckdb"):
        results = written(tmp_path / "duckdb", register)
        assert written(tmp_path / "spark", register) == results, register
        assert register != "thing" or len(results["id"]) == THINGS
