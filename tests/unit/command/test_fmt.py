"""`luoshi fmt`: packs laid out anew, or told what would change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.rulebook.packs import write_pack

Call = Callable[..., Any]


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "untidy", "fund\nf: {payer:   city, title: BOTH}\n", base="register\n")


def test_files_are_laid_out_once(luoshi: Call, untidy: Path) -> None:
    result = luoshi("fmt", untidy, "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "1 of 3 files laid out anew"
    assert str(untidy / "1-test.md") in result.stdout
    assert "f: {title: {zh: 题, en: title}, payer: city}" in (untidy / "1-test.md").read_text(encoding="utf-8")
    assert luoshi("fmt", untidy).stdout == "3 个文件中有 0 个已重新排版\n"


def test_check_changes_nothing_and_has_status_1(luoshi: Call, untidy: Path) -> None:
    before = (untidy / "1-test.md").read_bytes()
    result = luoshi("fmt", untidy, "--check", "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "1 of 3 files would be laid out anew"
    assert (untidy / "1-test.md").read_bytes() == before
    luoshi("fmt", untidy)
    assert luoshi("fmt", untidy, "--check").exit_code == 0


def test_differences_are_shown_and_nothing_changes(luoshi: Call, untidy: Path) -> None:
    before = (untidy / "1-test.md").read_bytes()
    result = luoshi("fmt", "--diff", untidy / "1-test.md")
    assert result.exit_code == 0
    assert (
        "-f: {payer:   city, title: {zh: 题, en: title}}\n+f: {title: {zh: 题, en: title}, payer: city}"
        in result.stdout
    )
    assert (untidy / "1-test.md").read_bytes() == before
    assert luoshi("fmt", "--diff", "--check", untidy / "1-test.md").exit_code == 1


def test_a_file_that_cannot_be_read_stays_and_the_others_do_not(luoshi: Call, untidy: Path) -> None:
    (untidy / "2-broken.md").write_text("## 一、\n\n```yaml fund\nf: [\n```\n", encoding="utf-8")
    result = luoshi("fmt", untidy, "--lang", "en")
    assert result.exit_code == 2
    assert "2-broken.md:5:2/1 PACK-010 This is not YAML" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 of 4 files laid out anew"
    assert (untidy / "2-broken.md").read_text(encoding="utf-8").startswith("## 一、")


def test_as_json(luoshi: Call, untidy: Path) -> None:
    result = luoshi("fmt", "--check", "--json", untidy / "1-test.md", "nowhere")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert found[str(untidy / "1-test.md")] == {"changed": True, "findings": []}
    assert found["nowhere"]["findings"][0]["code"] == "PACK-001"
