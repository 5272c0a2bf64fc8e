"""Files of packs laid out anew, or left alone with findings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from luoshi.rulebook.formatting import files
from luoshi.rulebook.formatting.files import Formatted, format_path, format_text, put_in_place
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.packs import POLICY, document, write_files, write_pack

FUND = "fund\nf: {payer:   city, title: BOTH}\n"


def codes_of(found: list[Formatted]) -> list[str]:
    return [finding.code for formatted in found for finding in formatted.findings]


def test_a_folder_is_laid_out_once_and_for_all(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", FUND)
    (folder / "sample.yaml").write_text("registers:   {}")
    before = load_pack(folder)
    found = [*format_path(folder)]
    assert [formatted.path.name for formatted in found] == ["policy.yaml", "0-base.md", "1-test.md"]
    for formatted in found:
        put_in_place(formatted)
    assert "f: {title: {zh: 题, en: title}, payer: city}" in (folder / "1-test.md").read_text()
    assert not any(formatted.is_changed for formatted in format_path(folder))
    after = load_pack(folder)
    assert (after.funds["f"].title, list(after.registers)) == (before.funds["f"].title, list(before.registers))
    assert (folder / "sample.yaml").read_text() == "registers:   {}"
    assert sorted(path.name for path in folder.iterdir()) == ["0-base.md", "1-test.md", "policy.yaml", "sample.yaml"]


def test_single_files(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", FUND)
    (one,) = format_path(folder / "1-test.md")
    assert one.is_changed
    (other,) = format_path(folder / "policy.yaml")
    assert not other.findings


def test_line_ends_and_byte_order_marks_are_put_right(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: a\r\nstatus: draft\r\n")
    (formatted,) = format_path(path)
    assert formatted.is_changed
    put_in_place(formatted)
    assert path.read_bytes() == b"id: a\nstatus: draft\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("1-a.md", "```yaml fund\nf: [\n```", "PACK-010"),
        ("1-a.md", "```yaml fund\nf: &a 1\n```", "PACK-013"),
        ("1-a.md", "```yaml fund\nf: 1\nf: 2\n```", "PACK-015"),
        ("1-a.md", b"\xff", "PACK-002"),
        ("1-a.md", "x" * 1_000_001, "PACK-003"),
        ("policy.yaml", "a: 1\n---\nb: 1", "PACK-011"),
        ("sample.yaml", "a:   1", "PACK-070"),
        ("README.md", "#   a", "PACK-070"),
    ],
)
def test_a_file_with_findings_stays(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    folder = write_files(tmp_path / "p", {name: content})
    found = [*format_path(folder / name)]
    assert codes_of(found) == [code] and not found[0].is_changed


def test_findings_have_their_place(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "p", {"policy.yaml": POLICY, "1-a.md": document("fund\nf: [\n")})
    (finding,) = [finding for formatted in format_path(folder) for finding in formatted.findings]
    assert (finding.where.file, finding.where.clause) == ("1-a.md", "1/1") and finding.where.line >= 6


def test_nothing_to_lay_out(tmp_path: Path) -> None:
    assert codes_of([*format_path(tmp_path)]) == ["PACK-006"]
    assert codes_of([*format_path(tmp_path / "none")]) == ["PACK-001"]


def test_a_layout_that_would_say_something_else_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "formatted_document", lambda text: text.replace("city", "county"))
    findings = Findings()
    text = document(FUND)
    assert format_text(text, "1-a.md", findings) == text
    assert [finding.code for finding in findings] == ["PACK-071"]


def test_a_file_is_put_in_place_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("before")
    path.chmod(0o640)

    def fails(*_paths: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        with pytest.raises(OSError):
            put_in_place(Formatted(path, "before", "after"))
    assert path.read_text() == "before" and [*tmp_path.iterdir()] == [path]
    put_in_place(Formatted(path, "before", "after"))
    assert path.read_text() == "after" and path.stat().st_mode & 0o777 == 0o640
