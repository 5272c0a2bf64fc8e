"""The page of a default Word template: its size and margins, the red head, the frame, the numbers of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from luoshi.office.letters.placeholders import CHECK
from luoshi.office.letters.styles import BODY_FONT, LATIN_FONT, RED, TITLE_FONT, Style

Margins = tuple[float, float, float, float]
UPRIGHT: Margins = (37, 35, 28, 26)
WIDE: Margins = (22, 22, 22, 22)
AWARD: Margins = (26, 26, 38, 38)
"""Millimetres above, below, left and right of the text."""
HEAD = Style(TITLE_FONT, 30, "centre", is_red=True)
NUMBER = Style(BODY_FONT, 14)
SMALL = Style(BODY_FONT, 9)
BEYOND = Mm(7)
"""How far the red lines reach beyond the text, on either side."""


def frame(file: Doc, kind: str, *, is_wide: bool) -> None:
    """The page is set up."""
    section = file.sections[0]
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    above, below, left, right = _margins(kind, is_wide=is_wide)
    section.top_margin, section.bottom_margin = Mm(above), Mm(below)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    file.core_properties.author = file.core_properties.title = file.core_properties.comments = ""
    file.core_properties.language = "zh-CN"
    if kind == "award":
        _border(section)
        return
    section.header_distance, section.footer_distance = Mm(30), Mm(12)
    _number_pages(file, section, is_wide=is_wide)
    if kind == "letter":
        _head(section)


def width(kind: str, *, is_wide: bool) -> float:
    """The width of the text, in points."""
    _above, _below, left, right = _margins(kind, is_wide=is_wide)
    return float(Mm((297 if is_wide else 210) - left - right).pt)


def worded(line: Paragraph, words: str, style: Style) -> Run:
    """Words in a font; Chinese signs take theirs from an attribute that python-docx leaves out."""
    run = line.add_run(words)
    run.font.name, run.font.size = LATIN_FONT, Pt(style.size)
    if style.is_red:
        run.font.color.rgb = RGBColor.from_string(RED)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), style.font)
    return run


def mark(parent: Any, tag: str, facts: Mapping[str, str] | None = None) -> Any:
    """A new element of the format that python-docx has no word for."""
    element = OxmlElement(tag)
    for name, value in (facts or {}).items():
        element.set(qn(name), value)
    parent.append(element)
    return element


def _margins(kind: str, *, is_wide: bool) -> Margins:
    return AWARD if kind == "award" else WIDE if is_wide else UPRIGHT


def _head(section: Section) -> None:
    """Who issues it in red, above a red double line; another at the foot of the first page, above how to check it."""
    section.different_first_page_header_footer = True
    top, bottom = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    for line, side, kind in ((top, "bottom", "thickThinSmallGap"), (bottom, "top", "thinThickSmallGap")):
        borders = mark(line._p.get_or_add_pPr(), "w:pBdr")  # the format wants it before what python-docx adds
        mark(borders, f"w:{side}", {"w:val": kind, "w:sz": "24", "w:space": "4", "w:color": RED})
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = -BEYOND
    worded(top, "{{ 发文机关 }}", HEAD)
    below = section.first_page_footer.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    worded(below, f"{{{{ {CHECK} }}}}", SMALL)


def _border(section: Section) -> None:
    """A red frame around the page, with the text in its middle."""
    borders = _after(section, "w:pgMar", mark(section._sectPr, "w:pgBorders", {"w:offsetFrom": "page"}))
    for side in ("top", "left", "bottom", "right"):
        mark(borders, f"w:{side}", {"w:val": "thinThickSmallGap", "w:sz": "24", "w:space": "28", "w:color": RED})
    _after(section, "w:cols", mark(section._sectPr, "w:vAlign", {"w:val": "center"}))


def _after(section: Section, tag: str, element: Any) -> Any:
    """The element, moved to where the format wants it."""
    section._sectPr.find(qn(tag)).addnext(element)
    return element


def _number_pages(file: Doc, section: Section, *, is_wide: bool) -> None:
    """Between dashes: to the right on odd pages, to the left on even ones, in the middle of wide ones."""
    file.settings.odd_and_even_pages_header_footer = not is_wide
    middle = WD_ALIGN_PARAGRAPH.CENTER
    feet = [(section.footer, middle if is_wide else WD_ALIGN_PARAGRAPH.RIGHT)]
    if not is_wide:
        feet.append((section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for foot, side in feet:
        line = foot.paragraphs[0]
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        worded(line, "— ", NUMBER)
        run = worded(line, "", NUMBER)._element
        mark(run, "w:fldChar", {"w:fldCharType": "begin"})
        mark(run, "w:instrText").text = "PAGE"
        mark(run, "w:fldChar", {"w:fldCharType": "end"})
        worded(line, " —", NUMBER)
