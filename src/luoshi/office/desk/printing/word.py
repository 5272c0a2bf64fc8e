"""Writes a paper as a Word file, in the fonts that offices have for official papers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from luoshi.office.desk.printing.paper import Heading, Paper, Paragraph, Table

BODY, TITLE, LATIN = "仿宋", "方正小标宋简体", "Times New Roman"
HEADINGS = {1: "黑体", 2: "楷体", 3: BODY, 4: BODY}
SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE, PAGE_SIZE = Pt(16), Pt(22), Pt(11), Pt(10.5), Pt(14)
LINE = Pt(28.95)
INDENT = Pt(32)


def as_word(paper: Paper) -> bytes:
    """The file."""
    file = Document()
    _page(file, paper)
    _line(file, paper.title, TITLE, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    if paper.below:
        _line(file, paper.below, BODY, SIZE, WD_ALIGN_PARAGRAPH.CENTER)
    file.add_paragraph()
    for block in paper.blocks:
        if isinstance(block, Heading):
            _heading(file, block)
        elif isinstance(block, Paragraph):
            _paragraph(file, block)
        else:
            _table(file, block)
    file.add_paragraph()
    for words in (paper.office, paper.day):
        _line(file, words, BODY, SIZE, WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format.right_indent = Pt(64)
    for words in paper.receipt:
        _line(file, words, BODY, NOTE_SIZE, WD_ALIGN_PARAGRAPH.LEFT).paragraph_format.line_spacing = Pt(16)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _page(file: Doc, paper: Paper) -> None:
    """A4 with the margins of an official paper, and the number of the page at its foot."""
    section = file.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    file.core_properties.title, file.core_properties.author = paper.title, paper.office
    file.core_properties.language = "zh-CN" if paper.lang == "zh" else "en"
    file.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = side
        _run(line, "— ", BODY, PAGE_SIZE)
        _page_number(_run(line, "", BODY, PAGE_SIZE))
        _run(line, " —", BODY, PAGE_SIZE)


def _heading(file: Doc, block: Heading) -> None:
    line = _line(file, block.text, HEADINGS[block.level], SIZE, WD_ALIGN_PARAGRAPH.LEFT)
    line.style = file.styles[f"Heading {block.level}"]
    _spaced(line, INDENT)
    line.paragraph_format.keep_with_next = True


def _paragraph(file: Doc, block: Paragraph) -> None:
    line = file.add_paragraph()
    _spaced(line, INDENT)
    if block.name:
        _run(line, block.name, HEADINGS[1], SIZE)
    _run(line, block.text, BODY, SIZE)


def _table(file: Doc, block: Table) -> None:
    _line(file, block.title, HEADINGS[1], Pt(12), WD_ALIGN_PARAGRAPH.CENTER).paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(block.heads))
    table.style = file.styles["Table Grid"]
    first_number = len(block.heads) - block.numbers
    for place, row in enumerate((block.heads, *block.rows)):
        cells = table.add_row().cells
        for column, words in enumerate(row):
            line = cells[column].paragraphs[0]
            _run(line, words, BODY if place else HEADINGS[1], TABLE_SIZE)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if place and column >= first_number else WD_ALIGN_PARAGRAPH.LEFT
    _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    file.add_paragraph()


def _line(file: Doc, words: str, font: str, size: Pt, side: WD_ALIGN_PARAGRAPH) -> Line:
    line = file.add_paragraph()
    _spaced(line, Pt(0))
    line.alignment = side
    _run(line, words, font, size)
    return line


def _spaced(line: Line, indent: Pt) -> None:
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent = indent


def _run(line: Line, words: str, font: str, size: Pt) -> Run:
    """Words in a font; Chinese signs take theirs from an attribute that python-docx leaves out."""
    run = line.add_run(words)
    run.font.name, run.font.size, run.font.bold, run.font.italic = LATIN, size, False, False
    run.font.color.rgb = None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _page_number(run: Run) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            _mark(run._element, "w:fldChar", {"w:fldCharType": kind})
        else:
            _mark(run._element, "w:instrText").text = words


def _mark(parent: Any, tag: str, facts: dict[str, str] | None = None) -> Any:
    """A new element of the format that python-docx has no word for."""
    element = OxmlElement(tag)
    for name, value in (facts or {}).items():
        element.set(qn(name), value)
    parent.append(element)
    return element
