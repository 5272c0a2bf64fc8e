"""`luoshi coverage`: norms by kind, covered or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.rulebook.packs import write_pack

Call = Callable[..., Any]
OPEN = "norm\na: {kind: measure, force: may, zh: 没有落实, en: not carried out}\n"


def test_norms_are_counted_by_kind(luoshi: Call, pack: str) -> None:
    result = luoshi("coverage", pack, "--lang", "en")
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["│", "measure", "│", "1", "│", "1", "│", "100.0", "%", "│"] in rows
    assert ["│", "all", "│", "2", "│", "2", "│", "100.0", "%", "│"] in rows


def test_what_is_not_carried_out_is_listed(luoshi: Call, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", OPEN)
    assert "1/1#a  measure  没有落实  → -" in luoshi("coverage", folder).stdout
    assert "1/1#a  measure  not carried out  → -" in luoshi("coverage", folder, "--lang", "en").stdout


def test_every_norm_may_be_listed(luoshi: Call, pack: str) -> None:
    assert "1/1#b" not in luoshi("coverage", pack).stdout
    assert "1/1#b  deadline  期限  → -" in luoshi("coverage", pack, "--all").stdout


def test_coverage_as_json(luoshi: Call, pack: str) -> None:
    found = json.loads(luoshi("coverage", pack, "--json").stdout)
    assert (found["pack"], found["uncovered"], found["norms"]) == ("tiny", [], None)
    assert found["kinds"] == [
        {"kind": "deadline", "norms": 1, "covered": 1},
        {"kind": "measure", "norms": 1, "covered": 1},
    ]
    listed = json.loads(luoshi("coverage", pack, "--json", "--all").stdout)["norms"]
    assert [(norm["id"], norm["force"]) for norm in listed] == [("1/1#a", "may"), ("1/1#b", "must")]
    assert listed[0]["by"][0] == "stable-grant"


def test_a_pack_without_norms(luoshi: Call, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", "fund\nm: {title: BOTH, payer: county}\n")
    assert "0" in luoshi("coverage", folder).stdout
    assert json.loads(luoshi("coverage", folder, "--json").stdout)["kinds"] == []


def test_a_broken_pack_is_refused(luoshi: Call, broken: str) -> None:
    result = luoshi("coverage", broken)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "PACK-031" in result.stderr


def test_in_a_process(process: Call) -> None:
    result = process("coverage", "lishui-draft", "--json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["uncovered"] == []


def test_a_clause_without_anything_counts_as_not_covered(luoshi: Call, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", OPEN)
    (folder / "2-more.md").write_text("# 多 · More\n\n## 一、空 · Empty\n", encoding="utf-8")
    result = luoshi("coverage", folder, "--lang", "en")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["│", "all", "│", "2", "│", "0", "│", "0.0", "%", "│"] in rows
    assert "2/1  Empty" in result.stdout
    assert json.loads(luoshi("coverage", folder, "--json").stdout)["empty"] == ["2/1"]
