"""The command on a standalone cluster of two worker processes: it writes what DuckDB writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.spark.clusters import cluster_of
from tests.spark.results import registers_of, written

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.cores": "1",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
}


def luoshi(*arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).with_name("luoshi"), *arguments], check=True)


def test_two_workers_decide_a_sample(tmp_path: Path) -> None:
    data = tmp_path / "data"
    luoshi("sample", "lishui-draft", "--scale", "0.002", "--seed", "1", "--out", data)
    asked = ["run", "lishui-draft", "--data", data, "--on", "2020-12-31", "--as-if-in-force"]
    luoshi(*asked, "--out", tmp_path / "duckdb")
    with cluster_of(2, tmp_path) as cluster:
        conf = [part for name, value in SETTINGS.items() for part in ("--conf", f"{name}={value}")]
        luoshi(*asked, "--out", tmp_path / "spark", "--engine", "spark", "--master", cluster.master, *conf)
        assert cluster.executors() == [1, 1]
    assert registers_of(tmp_path / "spark") == registers_of(tmp_path / "duckdb") != []
    for register in registers_of(tmp_path / "duckdb"):
        assert written(tmp_path / "spark", register) == written(tmp_path / "duckdb", register), register
