"""Small official texts: as lines, as a Word file, as a PDF file, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.outline import OfficialClause, OfficialText
from luoshi.rulebook.official.parsing import parse_text
from luoshi.rulebook.official.plain_files import plain_lines

FONT = "STSong-Light"
NOTICE = """某市办发〔2020〕7号

关于印发两个实施意见的通知

各县区人民政府：

两个文件已经同意，现印发你们，请执行。

某市人民政府办公室

2020年3月5日

关于扶持小店的实施意见

为扶持小店，提出如下意见。

一、目标

到2022年底，建成100个以上小店。

二、措施

（一）补助。小店可以申请：

1.吸纳5名以上人员的，给予2万元补助。

2.稳定经营3年的，给予6万元补助。

第1条所需资金由县区承担。

（二）贷款。贴息50%。

本意见由市商务局负责解释。

关于扶持摊点的实施意见

一、范围

全市25个乡镇。
"""


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text."""
    return plain_lines(text.encode(), "text.txt", Findings())


def parsed(text: str) -> tuple[OfficialText, list[tuple[str, int]]]:
    """The documents of a plain text, and the codes and lines of what was repaired."""
    findings = Findings()
    found = parse_text(lines_of(text), "text.txt", findings)
    return found, sorted((finding.code, finding.where.line) for finding in findings)


def ids(text: str) -> list[str]:
    """The ids of the clauses of a plain text."""
    return [clause.id for clause in parsed(text)[0].clauses()]


def clause(text: str, name: str) -> OfficialClause:
    """One clause of a plain text."""
    return next(clause for clause in parsed(text)[0].clauses() if clause.id == name)


def word_bytes(paragraphs: Sequence[str]) -> bytes:
    """A Word file of these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    """A Word document as the bytes of a file."""
    content = BytesIO()
    document.save(content)  # type: ignore[attr-defined]  # made by python-docx
    return content.getvalue()


def pdf_bytes(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF file of these lines on these pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    content = BytesIO()
    canvas = Canvas(content, invariant=True)
    for lines in pages:
        canvas.setFont(FONT, 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 800 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return content.getvalue()
