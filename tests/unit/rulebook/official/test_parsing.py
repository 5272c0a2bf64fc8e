"""From a file to clauses with titles, text and positions."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.official import parsing
from luoshi.rulebook.official.parsing import read_text
from tests.unit.rulebook.official.texts import NOTICE, clause, ids, pdf_bytes, word_bytes


def test_titles_and_text() -> None:
    assert clause(NOTICE, "1/2/1").title == "补助"
    assert [line.text for line in clause(NOTICE, "1/2/1").lines] == ["小店可以申请："]
    assert clause(NOTICE, "1/2").title == "措施"
    item = clause(NOTICE, "1/2/1/1")
    assert (item.mark, item.title, item.at.line) == ("1.", "", 25)


def test_a_long_sentence_is_no_title() -> None:
    text = "1.全市每年选树一批优秀县区和乡镇街道并予以通报。每年选树10名。"
    assert clause(text, "1/1").title == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", word_bytes(NOTICE.splitlines())), ("a.pdf", pdf_bytes([NOTICE.split("\n\n")]))],
    ids=["word", "pdf"],
)
def test_other_files_say_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    text, findings = read_text(tmp_path / name)
    assert [item.id for item in text.clauses()] == ids(NOTICE)
    assert findings == []


def refusal(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_text(path)
    return [finding.code for finding in refused.value.findings]


def test_no_clause(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.txt", "浏览量:5") == ["TEXT-009"]


def test_too_many_clauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_CLAUSES", 3)
    assert refusal(tmp_path / "a.txt", NOTICE) == ["TEXT-026"]
