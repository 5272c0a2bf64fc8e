"""`luoshi sample`: a synthetic city of a pack; the same seed gives the same city."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[..., Any]
TINY = Path(__file__).parents[1] / "sampling" / "tiny"
SMALL = ("--scale", "0.02")


def test_a_small_city(luoshi: Call, tmp_path: Path) -> None:
    out = tmp_path / "city"
    result = luoshi("sample", TINY, *SMALL, "--out", out, "--lang", "en")
    assert result.exit_code == 0
    assert {"area.parquet", "shop.parquet", "sale.parquet"} <= {path.name for path in out.iterdir()}
    assert f"Sampled city in {out}" in result.stdout
    assert "one-owner" in result.stdout
    assert "登记" not in result.stdout


def test_the_summary_as_json(luoshi: Call, tmp_path: Path) -> None:
    told = json.loads(luoshi("sample", TINY, *SMALL, "--out", tmp_path / "city", "--json").stdout)
    assert told["folder"] == str(tmp_path / "city")
    assert told["rows"]["shop"] == 8
    assert set(told["irregularities"]) == {"one-owner", "wrong-check-sign", "registered-twice", "round-sales"}


def test_the_same_seed_gives_the_same_city(luoshi: Call, tmp_path: Path) -> None:
    def city(name: str, seed: int) -> dict[str, bytes]:
        assert luoshi("sample", TINY, *SMALL, "--seed", seed, "--out", tmp_path / name).exit_code == 0
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    first = city("a", 1)
    assert city("b", 1) == first
    assert city("c", 2) != first


def test_a_pack_without_a_plan_is_refused(luoshi: Call, pack: str, tmp_path: Path) -> None:
    result = luoshi("sample", pack, "--out", tmp_path / "city")
    assert result.exit_code == 2
    assert "SAMPLE-" in result.stderr
    assert not (tmp_path / "city").exists()


def test_a_broken_plan_is_refused(luoshi: Call, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    (folder / "sample.yaml").write_text("registers: [", encoding="utf-8")
    result = luoshi("sample", folder, "--out", tmp_path / "city", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["findings"]


def test_a_broken_pack_is_refused(luoshi: Call, broken: str, tmp_path: Path) -> None:
    assert luoshi("sample", broken, "--out", tmp_path / "city").exit_code == 2


def test_a_city_is_sampled_and_decided_in_processes(process: Call, tmp_path: Path) -> None:
    city, out = tmp_path / "city", tmp_path / "out"
    sampled = process("sample", "dingxi-2018", "--scale", "0.001", "--out", city)
    assert (sampled.returncode, sampled.stderr) == (0, "")
    decided = process("run", "dingxi-2018", "--data", city, "--on", "2020-06-30", "--out", out, "--json")
    assert (decided.returncode, decided.stderr) == (0, "")
    assert json.loads(decided.stdout)["pack"] == "dingxi-2018"
