"""`luoshi new`: a folder from an official text, which loads and of which nothing is covered yet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.rulebook.official.texts import NOTICE

Call = Callable[..., Any]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("浏览量:5\n" + NOTICE, encoding="utf-8")
    return path


def test_a_new_pack_loads_and_starts_at_nothing(luoshi: Call, source: Path, tmp_path: Path) -> None:
    result = luoshi("new", "shops", "--from", source, "--out", tmp_path / "packs", "--lang", "en")
    folder = tmp_path / "packs" / "shops"
    assert result.exit_code == 0
    assert "text.txt:1 TEXT-010 Left out 1 lines" in result.stdout
    assert f"Fill it in, and look at it with: luoshi check {folder}" in result.stdout
    assert sorted(path.name for path in folder.iterdir()) == [
        "0-notice.md",
        "1-opinions.md",
        "2-opinions.md",
        "policy.yaml",
    ]
    checked = luoshi("check", folder, "--text", source, "--json")
    codes = {finding["code"] for finding in json.loads(checked.stdout)[str(folder)]}
    assert (checked.exit_code, codes) == (0, {"CHECK-004", "TEXT-010"})
    covered = luoshi("coverage", folder, "--lang", "en")
    assert "0.0 %" in covered.stdout and "100.0 %" not in covered.stdout


def test_as_json(luoshi: Call, source: Path, tmp_path: Path) -> None:
    found = json.loads(luoshi("new", "shops", "--from", source, "--out", tmp_path, "--json").stdout)
    assert set(found) == {"folder", "files", "documents", "findings"}
    assert found["folder"] == str(tmp_path / "shops")
    assert [document["number"] for document in found["documents"]] == [0, 1, 2]
    assert found["documents"][2]["clauses"] == ["2/1"]


def test_nothing_is_overwritten(luoshi: Call, source: Path, tmp_path: Path) -> None:
    (tmp_path / "shops").mkdir()
    result = luoshi("new", "shops", "--from", source, "--out", tmp_path, "--lang", "en")
    assert result.exit_code == 2
    assert "TEXT-031" in result.stderr and not list((tmp_path / "shops").iterdir())


@pytest.mark.parametrize("name", ["Shops", "小店", "a" * 65, "../a"])
def test_names_of_packs(luoshi: Call, source: Path, name: str) -> None:
    result = luoshi("new", name, "--from", source)
    assert result.exit_code == 2 and "town-grants-2020" in result.stderr


def test_a_text_that_cannot_be_read(luoshi: Call, tmp_path: Path) -> None:
    result = luoshi("new", "shops", "--from", tmp_path / "none.txt", "--out", tmp_path, "--json")
    assert (result.exit_code, json.loads(result.stdout)["findings"][0]["code"]) == (2, "TEXT-001")
    assert not list(tmp_path.iterdir())
