"""Word files: paragraphs, cells, breaks; nothing that was struck out; no bombs."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official import word_files
from luoshi.rulebook.official.word_files import word_lines
from tests.unit.rulebook.official.texts import saved, word_bytes
from tests.unit.rulebook.packs import codes

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MIXED = f"""<w:p {SPACE} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
  <w:r><w:t>给予</w:t></w:r><w:del><w:r><w:delText>3</w:delText><w:t>3</w:t></w:r></w:del>
  <w:ins><w:r><w:t>2万元</w:t><w:br/><w:t>补助</w:t><w:noBreakHyphen/><w:t/></w:r></w:ins>
  <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>
  <mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"""


def refusal(content: bytes) -> list[str]:
    findings = Findings()
    assert word_lines(content, "a.docx", findings) == []
    return codes(findings)


def test_paragraphs_and_cells() -> None:
    document = Document()
    document.add_paragraph("一、目标")
    document.add_paragraph(" ")
    document.add_table(1, 1).cell(0, 0).text = "格"
    lines = word_lines(saved(document), "a.docx", Findings())
    assert [(line.text, line.at.line, line.apart) for line in lines] == [("一、目标", 1, True), ("格", 3, True)]


def test_what_stands_in_a_paragraph() -> None:
    document = Document()
    document.element.body.insert(0, parse_xml(MIXED))
    lines = word_lines(saved(document), "a.docx", Findings())
    assert [(line.text.strip(), line.apart) for line in lines] == [("给予2万元", True), ("补助-", False), ("框", True)]


def archive(**parts: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name.replace("_", "."), part)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"no archive", archive(a_xml=b"<a/>"), word_bytes(["一"])[:-30]],
    ids=["no archive", "another archive", "cut off"],
)
def test_damaged_files(content: bytes) -> None:
    assert refusal(content) == ["TEXT-005"]


@pytest.mark.parametrize(("bound", "most"), [("MOST_PARTS", 2), ("MOST_UNPACKED", 100), ("MOST_XML", 100)])
def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    monkeypatch.setattr(word_files, bound, most)
    assert refusal(word_bytes(["一"])) == ["TEXT-028"]
