"""`luoshi ingest`: the same results, without reading the registers again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Call = Callable[..., Any]


def test_registers_are_put_in_order_once(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> None:
    run = ("run", pack, "--data", data, "--on", "2019-07-14", "--engine", "native")
    assert luoshi(*run, "--out", tmp_path / "before").exit_code == 0
    told = json.loads(luoshi("ingest", pack, "--data", data, "--json").stdout)
    assert told["pack"] == "tiny" and Path(told["kept"]).parent == data / ".kept" and told["bytes"] > 0
    assert f"已整理到 {told['kept']}" in luoshi("ingest", pack, "--data", data).stdout
    assert "Kept in" in luoshi("ingest", pack, "--data", data, "--threads", 1, "--lang", "en").stdout
    assert luoshi(*run, "--out", tmp_path / "after").exit_code == 0
    for name in ("thing", "budget"):
        files = [tmp_path / out / f"{name}.parquet" for out in ("before", "after")]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_registers_that_cannot_be_used(luoshi: Call, pack: str, data: Path) -> None:
    table = pq.read_table(data / "thing.parquet")
    pq.write_table(table.drop_columns(["id"]), data / "thing.parquet")
    refused = luoshi("ingest", pack, "--data", data)
    assert refused.exit_code == 2 and "DATA-003" in refused.stderr
