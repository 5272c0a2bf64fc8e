"""Official texts in plain files: UTF-8, UTF-16 with a mark, or the national encoding GB 18030."""

from __future__ import annotations

import codecs

from luoshi.rulebook.model.findings import Findings, Where
from luoshi.rulebook.official.lines import Line, Position


def plain_lines(content: bytes, file: str, findings: Findings) -> list[Line]:
    """The lines of a plain text, blank ones left out but kept in mind as gaps."""
    text = decoded(content)
    if text is None:
        findings.add("TEXT-004", Where(file))
        return []
    found: list[Line] = []
    apart = True
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found.append(Line(line, Position(file, number), apart))
        apart = not line.strip()
    return found


def decoded(content: bytes) -> str | None:
    """The text in the first encoding that fits; None when none does. A file with zero bytes is no text.

    >>> decoded("一、目标".encode("gb18030"))
    '一、目标'
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return None
