"""What the command says where Spark does not start or is set wrongly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def run_on(master: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "data").mkdir()
    command = [Path(sys.executable).with_name("luoshi"), "run", "lishui-draft", "--data", folder / "data"]
    command += ["--on", "2023-12-31", "--out", folder / "out", "--engine", "spark", "--master", master, *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_master_that_there_is_not(tmp_path: Path) -> None:
    done = run_on("nonsense", tmp_path)
    assert done.returncode == 2
    assert "Spark 没有启动" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_less_memory_than_spark_needs(tmp_path: Path) -> None:
    done = run_on("local[1]", tmp_path, "--memory-limit", "100MB")
    assert done.returncode == 2
    assert "内存不够" in done.stderr and "--memory-limit" in done.stderr
    assert not (tmp_path / "out").exists()
