"""The numerals that Word counts by itself."""

from __future__ import annotations

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.word_files import word_lines
from tests.unit.rulebook.official.texts import saved

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
LEVELS = [("0", "1", "chineseCounting", "%1、"), ("1", "3", "chineseCounting", "（%2）"), ("2", "1", "decimal", "%3.")]
LEVELS += [
    ("3", "1", "bullet", "●"),
    ("4", "1", "decimal", "%1.%5"),
    ("x", "1", "decimal", "%1"),
    ("5", "x", "decimal", "%6"),
]


def numbered(*paragraphs: tuple[str, str | None, str]) -> list[str]:
    """What is read of paragraphs given as list, level and text."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(LEVEL.format(*level) for level in LEVELS)
    numbering.insert(0, parse_xml(f'<w:abstractNum {SPACE} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {SPACE} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    numbering.append(parse_xml(f'<w:num {SPACE} w:numId="79"><w:abstractNumId w:val="none"/></w:num>'))
    for name, level, text in paragraphs:
        shown = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        properties = parse_xml(f'<w:pPr {SPACE}><w:numPr>{shown}<w:numId w:val="{name}"/></w:numPr></w:pPr>')
        document.add_paragraph(text)._p.insert(0, properties)
    return read(document)


def read(document: WordDocument) -> list[str]:
    return [line.text for line in word_lines(saved(document), "a.docx", Findings())]


def test_levels_are_counted_and_begin_again() -> None:
    levels = ("0", "1", "1", "2", None, "1", "4")
    assert numbered(*(("78", level, "条") for level in levels)) == [
        "一、条",
        "（三）条",
        "（四）条",
        "1.条",
        "二、条",
        "（三）条",
        "二.1条",
    ]


def test_what_has_no_numeral() -> None:
    unknown = [
        ("78", "3", "点"),
        ("78", "8", "无"),
        ("78", "x", "无"),
        ("78", "5", "无"),
        ("79", "0", "无"),
        ("777", "0", "无"),
    ]
    assert numbered(*unknown) == ["点", *["无"] * 5]


def test_a_style_brings_its_numeral() -> None:
    document = Document()
    document.add_paragraph("条", style="List Number")
    document.add_paragraph("条", style="List Number")
    assert read(document) == ["1.条", "2.条"]


def test_a_file_without_lists() -> None:
    document = Document()
    part = document.part.numbering_part
    relation = next(name for name, related in document.part.rels.items() if related._target is part)
    document.part.drop_rel(relation)
    document.add_paragraph("条", style="List Number")
    assert read(document) == ["条"]
