"""`luoshi test`: the worked examples of packs, status 1 when one fails; and what they would not notice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.rulebook.checking.testing import ENGINES
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
    assert list(found[folder].values()) == [[f"{engine}: cap: expected unmet, got met" for engine in ENGINES]]


def test_a_broken_pack_is_refused(luoshi: Call, broken: str) -> None:
    result = luoshi("test", broken, "--json")
    assert result.exit_code == 2
    assert [item["code"] for item in json.loads(result.stdout)["findings"]] == ["PACK-033", "PACK-031"]


def test_an_engine_that_is_not_there(luoshi: Call, pack: str) -> None:
    assert luoshi("test", pack, "--engine", "abacus").exit_code == 2


def test_in_a_process(process: Call, pack: str) -> None:
    result = process("test", pack)
    assert (result.returncode, result.stderr) == (0, "")


def test_what_examples_would_not_notice_is_told_and_fails_nothing(luoshi: Call, tmp_path: Path) -> None:
    folder = failing(tmp_path)
    result = luoshi("test", folder, "--tried", "--mutants", "--every", "9", "--lang", "en")
    assert result.exit_code == 0
    assert "examples" not in result.stdout
    assert "thresholds tried" in result.stdout and "mutants noticed" in result.stdout


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (("--tried",), {"tried"}),
        (("--mutants",), {"mutants"}),
        (("--tried", "--mutants"), {"tried", "mutants"}),
        (("--tried", "--propose"), {"tried", "proposed"}),
        (("--tried", "--mutants", "--propose"), {"tried", "mutants", "proposed"}),
    ],
)
def test_each_pack_has_its_place_in_the_json(
    luoshi: Call, pack: str, tmp_path: Path, options: tuple[str, ...], keys: set[str]
) -> None:
    folder = failing(tmp_path)
    result = luoshi("test", pack, folder, *options, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {name: set(content) for name, content in found.items()} == {pack: keys, folder: keys}


@pytest.mark.parametrize("every", ["0", "-1", "x"])
def test_one_mutant_in_none_cannot_be_tried(luoshi: Call, pack: str, every: str) -> None:
    assert luoshi("test", pack, "--mutants", "--every", every).exit_code == 2


def test_examples_are_proposed_for_what_was_looked_at_only(luoshi: Call, pack: str) -> None:
    result = luoshi("test", pack, "--propose")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--propose stands with --mutants or --tried" in result.stderr


@pytest.mark.parametrize("option", ["--tried", "--mutants"])
def test_a_broken_pack_is_refused_before_anything_is_looked_at(luoshi: Call, broken: str, option: str) -> None:
    result = luoshi("test", broken, option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "PACK-031" in result.stderr
