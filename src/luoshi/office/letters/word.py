"""The default Word template of each kind, made from its layout: an office downloads it and changes it in Word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from luoshi.office.letters import framing
from luoshi.office.letters.framing import mark, worded
from luoshi.office.letters.kinds import Kind
from luoshi.office.letters.outlines import OUTLINES, Block, Closing, Form, Grid, Line, Outline
from luoshi.office.letters.placeholders import ROW
from luoshi.office.letters.styles import BODY_FONT, HEAD_FONT, STYLES, Style

SIDES = {"left": WD_ALIGN_PARAGRAPH.JUSTIFY, "centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
CELL = Style(size=11, pitch=16)
CELL_HEAD = Style(HEAD_FONT, 11, "centre", pitch=16)
CAPTION = Style(HEAD_FONT, 12, "centre", pitch=20, above=8)
TAG = Style(size=9, pitch=12)
CLOSING = Style(side="right")
LABEL_SHARE, VALUE_SHARE = 2, 5


@cache
def default_template(kind: Kind) -> bytes:
    """The file."""
    outline = OUTLINES[kind]
    file = Document()
    framing.frame(file, outline.frame, is_wide=outline.is_wide)
    for block in outline.blocks:
        _add(file, block, outline)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _add(file: Doc, block: Block, outline: Outline) -> None:
    match block:
        case Line():
            _line(file, block)
        case Grid():
            _grid(file, block, framing.width(outline.frame, is_wide=outline.is_wide))
        case Form():
            _form(file, block, framing.width(outline.frame, is_wide=outline.is_wide))
        case Closing():
            _closing(file)


def _line(file: Doc, block: Line) -> None:
    """The paragraph, between those that repeat it or leave it out: these vanish when the template is filled."""
    if block.each:
        _paragraph(file, f"{{%p for {ROW} in {block.each} %}}", TAG)
    elif block.when:
        _paragraph(file, f"{{%p if {block.when} %}}", TAG)
    _paragraph(file, block.text, STYLES[block.style])
    if block.each or block.when:
        _paragraph(file, "{%p endfor %}" if block.each else "{%p endif %}", TAG)


def _grid(file: Doc, block: Grid, width: float) -> None:
    _paragraph(file, block.title, CAPTION).paragraph_format.keep_with_next = True
    table = _table(file, [column.width for column in block.columns], width)
    _row(table, [column.head for column in block.columns], [CELL_HEAD] * len(block.columns))
    mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    _tag(table, f"{{%tr for {ROW} in {block.each} %}}")
    sides = [Style(size=11, pitch=16, side=column.side) for column in block.columns]
    _row(table, [column.text for column in block.columns], sides)
    _tag(table, "{%tr else %}")
    _worded_cell(_tag(table, ""), block.none, CELL_HEAD)
    _tag(table, "{%tr endfor %}")
    if block.last:
        ends = [Style(HEAD_FONT, 11, column.side, pitch=16) for column in block.columns]
        _row(table, block.last, ends)
    _paragraph(file, "", TAG)


def _form(file: Doc, block: Form, width: float) -> None:
    pairs = len(block.rows[0]) // 2
    table = _table(file, [LABEL_SHARE, VALUE_SHARE] * pairs, width)
    for row in block.rows:
        _row(table, row, [CELL_HEAD, CELL] * pairs)
    for line in table.rows:
        line.height = Pt(28)
    _paragraph(file, "", TAG)


def _closing(file: Doc) -> None:
    """Who issues it and of which day, kept together below the room of a seal."""
    for place, words in enumerate(("", "{{ 发文机关 }}", "{{ 日期 }}")):
        line = _paragraph(file, words, CLOSING)
        line.paragraph_format.right_indent = Pt(64)
        line.paragraph_format.keep_with_next = place < 2


def _table(file: Doc, shares: Sequence[int], width: float) -> Table:
    table: Table = file.add_table(rows=0, cols=len(shares))
    table.style = file.styles["Table Grid"]
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Pt(width * share / sum(shares))
    return table


def _row(table: Table, words: Sequence[str], styles: Sequence[Style]) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # python-docx leaves this one without types
    mark(row._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, column, text, style in zip(row.cells, table.columns, words, styles, strict=True):
        cell.width = column.width
        _worded_cell(cell, text, style)


def _tag(table: Table, words: str) -> _Cell:
    """A row of one cell, which vanishes where its words are a tag."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # python-docx leaves this one without types
    whole: _Cell = row.cells[0].merge(row.cells[-1])
    if words:
        _worded_cell(whole, words, TAG)
    return whole


def _worded_cell(cell: _Cell, words: str, style: Style) -> None:
    mark(cell._tc.get_or_add_tcPr(), "w:vAlign", {"w:val": "center"})
    _styled(cell.paragraphs[0], words, style)


def _paragraph(file: Any, words: str, style: Style) -> Paragraph:
    line: Paragraph = file.add_paragraph()
    return _styled(line, words, style)


def _styled(line: Paragraph, words: str, style: Style) -> Paragraph:
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(style.pitch)
    if style.font == BODY_FONT and style.pitch == CLOSING.pitch:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.space_before, form.space_after = Pt(style.above), Pt(style.below)
    form.first_line_indent = Pt(style.indent * style.size)
    line.alignment = SIDES[style.side]
    form.keep_with_next = True if style.font == HEAD_FONT else None
    if words:
        worded(line, words, style)
    return line
