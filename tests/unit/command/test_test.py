"""`luoshi test`: the worked examples of packs, status 1 when one fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.command.conftest import BLOCKS
from tests.unit.rulebook.packs import write_pack

Call = Callable[..., Any]


def failing(folder: Path) -> str:
    return str(write_pack(folder / "p", BLOCKS.replace("cap: met", "cap: unmet")))


def test_examples_that_pass(luoshi: Call, pack: str) -> None:
    result = luoshi("test", pack, "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, f"{pack}: 1 examples, 0 failed\n")


def test_an_example_that_fails_is_told(luoshi: Call, tmp_path: Path) -> None:
    folder = failing(tmp_path)
    result = luoshi("test", folder, "--engine", "case", "--lang", "en")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("✗ 1-test.md:") and lines[0].endswith(" T1")
    assert lines[1:] == ["    case: cap: expected unmet, got met", f"{folder}: 1 examples, 1 failed"]


def test_the_report_as_json(luoshi: Call, pack: str, tmp_path: Path) -> None:
    folder = failing(tmp_path)
    result = luoshi("test", pack, folder, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert list(found[pack].values()) == [[]]
    assert list(found[folder].values()) == [["case: cap: expected unmet, got met", "sql: cap: expected unmet, got met"]]


def test_a_broken_pack_is_refused(luoshi: Call, broken: str) -> None:
    result = luoshi("test", broken, "--json")
    assert result.exit_code == 2
    assert [item["code"] for item in json.loads(result.stdout)["findings"]] == ["PACK-033", "PACK-031"]


def test_an_engine_that_is_not_there(luoshi: Call, pack: str) -> None:
    assert luoshi("test", pack, "--engine", "abacus").exit_code == 2


def test_in_a_process(process: Call, pack: str) -> None:
    result = process("test", pack)
    assert (result.returncode, result.stderr) == (0, "")
