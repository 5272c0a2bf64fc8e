"""PDF files, line by line and page by page, within bounds."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official import pdf_files
from luoshi.rulebook.official.pdf_files import pdf_lines
from tests.unit.rulebook.official.texts import pdf_bytes
from tests.unit.rulebook.packs import codes

PAGES = pdf_bytes([["一、目标", "到2020年底。"], ["二、措施"]])


def refusal(content: bytes) -> list[str]:
    findings = Findings()
    assert pdf_lines(content, "a.pdf", findings) == []
    return codes(findings)


def test_lines_have_pages() -> None:
    lines = pdf_lines(PAGES, "a.pdf", Findings())
    assert [(line.text, line.at.page, line.at.line) for line in lines] == [
        ("一、目标", 1, 1),
        ("到2020年底。", 1, 2),
        ("二、措施", 2, 1),
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", PAGES[:300]], ids=["empty", "first line", "cut off"])
def test_damaged_files(content: bytes) -> None:
    assert refusal(content) == ["TEXT-005"]


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "MOST_PAGES", 1)
    assert refusal(PAGES) == ["TEXT-008"]


@pytest.mark.parametrize("bound", ["MOST_STEPS_IN_ALL", "MOST_CHARACTERS"])
def test_too_much_on_the_pages(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(pdf_files, bound, 3)
    assert refusal(PAGES) == ["TEXT-027"]
