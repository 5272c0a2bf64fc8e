"""Files are opened by their kind; what cannot be read is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.official import opening
from luoshi.rulebook.official.opening import open_text
from tests.unit.rulebook.official.texts import pdf_bytes, word_bytes


def refusal(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        open_text(path)
    return [finding.code for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "一、目标".encode()),
        ("A.TXT", "一、目标".encode("gb18030")),
        ("a.docx", word_bytes(["一、目标"])),
        ("a.pdf", pdf_bytes([["一、目标"]])),
    ],
    ids=["utf-8", "gb18030", "word", "pdf"],
)
def test_every_kind_gives_the_same_lines(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert [line.text for line in open_text(tmp_path / name)] == ["一、目标"]


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.txt") == ["TEXT-001"]
    assert refusal(tmp_path) == ["TEXT-001"]


@pytest.mark.parametrize("name", ["a.doc", "policy"])
def test_other_kinds_of_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"text")
    assert refusal(tmp_path / name) == ["TEXT-002"]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_FILE_BYTES", 3)
    (tmp_path / "a.txt").write_bytes(b"text")
    assert refusal(tmp_path / "a.txt") == ["TEXT-003"]


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 400_001)
    assert refusal(tmp_path / "a.txt") == ["TEXT-007"]


def test_a_file_without_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b" \n\n")
    assert refusal(tmp_path / "a.txt") == ["TEXT-006"]
    (tmp_path / "a.pdf").write_bytes(pdf_bytes([[]]))
    assert refusal(tmp_path / "a.pdf") == ["TEXT-006"]
