"""`luoshi check`: every finding with its position and remedy, status 2 when a pack cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]


def test_a_sound_pack(luoshi: Call, pack: str) -> None:
    result = luoshi("check", pack)
    assert (result.exit_code, result.stdout) == (0, f"{pack}：没有问题\n")
    assert luoshi("check", pack, "--lang", "en").stdout == f"{pack}: no findings\n"


def test_every_finding_is_shown_with_its_place_and_remedy(luoshi: Call, broken: str) -> None:
    result = luoshi("check", broken, "--lang", "en")
    assert result.exit_code == 2
    assert "1-test.md:7:1/1 PACK-031 n: the key title is missing." in result.stdout
    assert "    → Add title." in result.stdout
    assert result.stdout.endswith(f"{broken}: 2 findings\n")
    assert "缺少键 title" in luoshi("check", broken).stdout


def test_findings_as_json(luoshi: Call, pack: str, broken: str) -> None:
    result = luoshi("check", pack, broken, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert found[pack] == []
    first = found[broken][1]
    assert (first["code"], first["file"], first["line"], first["clause"]) == ("PACK-031", "1-test.md", 7, "1/1")
    assert set(first) == {"code", "file", "line", "clause", "message", "remedy"}
    assert first["remedy"] == {"zh": "添加 title。", "en": "Add title."}


def test_what_a_reviewer_would_say_is_no_error(luoshi: Call, tmp_path: Any) -> None:
    from tests.unit.rulebook.packs import write_pack

    folder = write_pack(tmp_path / "p", "norm\na: {kind: measure, force: may, zh: 文, en: text}\n")
    result = luoshi("check", folder, "--lang", "en")
    assert result.exit_code == 0
    assert "CHECK-003" in result.stdout


def test_a_review_asks_what_the_text_leaves_open_and_is_no_error(luoshi: Call, tmp_path: Any) -> None:
    from tests.unit.rulebook.packs import write_pack

    measure = "m: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: good}, amount: price}"
    folder = write_pack(tmp_path / "p", f"measure\n{measure}\n")
    assert "REVIEW-" not in luoshi("check", folder).stdout
    result = luoshi("check", folder, "--review")
    assert result.exit_code == 0
    assert "REVIEW-001 “题”要付钱，文件没有说钱从哪里来。" in result.stdout
    found = json.loads(luoshi("check", folder, "--review", "--json").stdout)[str(folder)]
    assert {"REVIEW-001", "REVIEW-002"} <= {item["code"] for item in found}


def test_a_pack_that_is_not_there(luoshi: Call) -> None:
    result = luoshi("check", "nowhere", "--lang", "en")
    assert result.exit_code == 2
    assert "nowhere PACK-001 There is no such pack folder." in result.stdout


def test_shipped_packs_by_name_in_a_process(process: Call, broken: str) -> None:
    result = process("check", "common", "dingxi-2018")
    assert (result.returncode, result.stdout) == (0, "common：没有问题\ndingxi-2018：没有问题\n")
    refused = process("check", broken)
    assert (refused.returncode, refused.stderr) == (2, "")


def test_the_official_text_beside_the_pack(luoshi: Call, pack: str, tmp_path: Any) -> None:
    text = tmp_path / "text.txt"
    text.write_text("关于物件的意见\n\n一、条\n\n给予7万元补助。", encoding="utf-8")
    result = luoshi("check", pack, "--text", text, "--lang", "en")
    assert result.exit_code == 0
    assert "text.txt:5:1/1 TEXT-024 The text says 7万元;" in result.stdout


def test_differences_do_not_wait_for_a_sound_pack(luoshi: Call, broken: str, tmp_path: Any) -> None:
    text = tmp_path / "text.txt"
    text.write_text("一、条\n二、款", encoding="utf-8")
    result = luoshi("check", broken, "nowhere", "--text", text, "--lang", "en")
    assert result.exit_code == 2
    assert "PACK-031" in result.stdout and "TEXT-021" in result.stdout


def test_a_text_that_cannot_be_read(luoshi: Call, pack: str, tmp_path: Any) -> None:
    result = luoshi("check", pack, "--text", tmp_path / "none.pdf", "--json")
    assert (result.exit_code, json.loads(result.stdout)["findings"][0]["code"]) == (2, "TEXT-001")
