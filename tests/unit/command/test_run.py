"""`luoshi run`: whole registers; the same bytes again, and nothing half-written after an interruption."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

Call = Callable[..., Any]
ON = "2019-07-14"
INTERRUPTED = """
import os, signal, sys
from contextlib import contextmanager
from luoshi.command import main, output

@contextmanager
def progress(*, quiet=False):
    yield lambda done, total, label: os.kill(os.getpid(), signal.SIGINT)

output.progress = progress
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts the tests may have ignored it
main()
"""


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_results_of_a_run(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", out, "--lang", "en")
    assert result.exit_code == 0
    assert set(files(out)) == {"thing.parquet", "budget.parquet"}
    rows = {row["id"]: row for row in pq.read_table(out / "thing.parquet").to_pylist()}
    assert {row: found["stable-grant.outcome"] for row, found in rows.items()} == {"a": 1, "b": 2, "c": 3}
    assert str(rows["a"]["stable-grant.amount"]) == "3.00"
    assert "│ stability grant │        1 │            1 │            1 │          3.00 │" in result.stdout
    assert f"Results are in {out}" in result.stdout


def test_a_second_run_gives_the_same_bytes(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("run", pack, "--data", data, "--on", ON, "--out", out)
    assert luoshi(*arguments).exit_code == 0
    first = files(out)
    assert luoshi(*arguments, "--threads", 1, "--memory-limit", "500MB").exit_code == 0
    assert files(out) == first
    assert {path.name for path in tmp_path.iterdir()} == {"data", "out"}


@pytest.mark.parametrize("where", ["XDG_CACHE_HOME", "HOME"])
def test_the_native_engine_finds_the_same(
    luoshi: Call, pack: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv(where, str(tmp_path / "kept"))
    arguments = ("run", pack, "--data", data, "--on", ON, "--json")
    engines = ("duckdb", "native")
    told = [luoshi(*arguments, "--out", tmp_path / engine, "--engine", engine).stdout for engine in engines]
    assert told[0] == told[1]
    for name in ("thing", "budget"):
        tables = [pq.read_table(tmp_path / engine / f"{name}.parquet") for engine in engines]
        assert tables[0].to_pydict() == tables[1].to_pydict()
    assert list((tmp_path / "kept").rglob("luoshi/code/*.code"))
    limited = ("--out", tmp_path / "out", "--memory-limit", "100MB")
    refused = luoshi(*arguments, *limited, "--engine", "native")
    assert refused.exit_code == 2 and "not enough memory, allow more: 300 MB" in refused.stderr
    assert luoshi(*arguments, *limited).stdout == told[0].replace(str(tmp_path / "duckdb"), str(tmp_path / "out"))


def test_the_report_as_json(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", "--json")
    told = json.loads(result.stdout)
    assert (told["pack"], told["on"], told["in_force"], told["simulated"]) == ("tiny", ON, True, False)
    by_id = {line["measure"]: line for line in told["measures"]}
    assert by_id["stable-grant"] == {
        "measure": "stable-grant",
        "eligible": 1,
        "undetermined": 1,
        "ineligible": 1,
        "amount": "3.00",
    }
    assert result.stderr == ""


def test_local_values_beside_the_registers_hold(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    (data / "local.yaml").write_text(
        '- {parameter: share, value: 0.60, area: "331124", document: 文}\n', encoding="utf-8"
    )
    told = json.loads(luoshi("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", "--json").stdout)
    share = next(line for line in told["measures"] if line["measure"] == "local-share")
    assert (share["eligible"], share["amount"]) == (2, "2.10")


def test_a_local_value_out_of_bounds_is_refused(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    (data / "local.yaml").write_text(
        '- {parameter: share, value: 0.40, area: "331124", document: 文}\n', encoding="utf-8"
    )
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "CASE-007" in result.stderr
    assert not (tmp_path / "out").exists()


def test_before_its_day_nothing_is_decided_but_in_a_simulation(
    luoshi: Call, pack: str, data: Path, tmp_path: Path
) -> None:
    arguments = ("run", pack, "--data", data, "--on", "1999-12-31", "--out", tmp_path / "out", "--lang", "en")
    assert "The policy is not in force on this day: nothing is decided." in luoshi(*arguments).stdout
    assert "Simulation: the policy is not in force." in luoshi(*arguments, "--as-if-in-force").stdout


@pytest.mark.parametrize("limit", ["lots", "4", "4 TB", "-1GB", "4GB; DROP TABLE x", "1 2GB"])
def test_a_memory_limit_that_is_none(luoshi: Call, pack: str, data: Path, tmp_path: Path, limit: str) -> None:
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", "--memory-limit", limit)
    assert result.exit_code == 2
    assert "--memory-limit" in result.stderr


def test_registers_that_cannot_be_used_are_refused(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    (data / "thing.parquet").write_bytes(b"no parquet")
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["findings"][0]["code"].startswith("DATA-")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_not_written_over(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("keep me")
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", out)
    assert result.exit_code == 2
    assert str(out) in result.stderr
    assert files(out) == {"letter.txt": b"keep me"}


def test_a_broken_pack_is_refused(luoshi: Call, broken: str, data: Path, tmp_path: Path) -> None:
    result = luoshi("run", broken, "--data", data, "--on", ON, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "PACK-031" in result.stderr


def test_in_a_process(process: Call, pack: str, data: Path, tmp_path: Path) -> None:
    result = process("run", pack, "--data", data, "--on", ON, "--out", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")
    assert "稳定补助" in result.stdout
    assert process("run", pack, "--data", tmp_path / "none", "--on", ON, "--out", tmp_path / "out").returncode == 2


def test_an_interruption_leaves_nothing_behind(pack: str, data: Path, tmp_path: Path) -> None:
    arguments = ["run", pack, "--data", str(data), "--on", ON, "--out", str(tmp_path / "out")]
    command = [sys.executable, "-c", INTERRUPTED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Aborted!" in done.stderr and "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_an_interruption_leaves_the_results_before_it(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["run", pack, "--data", str(data), "--on", ON, "--out", str(out)]
    assert luoshi(*arguments).exit_code == 0
    before = files(out)
    subprocess.run([sys.executable, "-c", INTERRUPTED, *arguments], capture_output=True, timeout=60, check=False)
    assert files(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"data", "out"}


def test_too_little_memory_is_said(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = luoshi("run", pack, "--data", data, "--on", ON, "--out", out, "--memory-limit", "0.001MB")
    assert result.exit_code == 2 and "not enough memory" in result.stderr and not out.exists()
