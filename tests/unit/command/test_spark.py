"""`luoshi run --engine spark`: settings that cannot be read, and a machine without Spark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.command.spark import settings
from luoshi.rulebook.engines import sql

Call = Callable[..., Any]


@pytest.fixture
def asked(pack: str, data: Path, tmp_path: Path) -> tuple[Any, ...]:
    """A run on Spark."""
    return ("run", pack, "--data", data, "--on", "2019-07-14", "--out", tmp_path / "out", "--engine", "spark")


def test_settings() -> None:
    assert settings(["spark.a = 1", "spark.b=c=d", "spark.c="]) == {"spark.a": "1", "spark.b": "c=d", "spark.c": ""}


@pytest.mark.parametrize("written", ["spark.a", "=1", " = 1"])
def test_settings_that_cannot_be_read(luoshi: Call, asked: tuple[Any, ...], written: str) -> None:
    result = luoshi(*asked, "--conf", "spark.b=1", "--conf", written)
    assert result.exit_code == 2
    assert repr(written) in result.stderr and "--conf" in result.stderr


def test_without_spark(luoshi: Call, asked: tuple[Any, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sql, "on_spark", raising=False)
    monkeypatch.setitem(sys.modules, "luoshi.rulebook.engines.sql.on_spark", None)
    result = luoshi(*asked)
    assert result.exit_code == 2
    assert "pip install 'luoshi[spark]'" in result.stderr
    assert not (tmp_path / "out").exists()
