"""Opens the file of an official text, by the kind its name tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from luoshi.rulebook.model.findings import Findings, Refused, Where
from luoshi.rulebook.official.lines import MOST_CHARACTERS, MOST_FILE_BYTES, MOST_LINES, Line, too_much
from luoshi.rulebook.official.pdf_files import pdf_lines
from luoshi.rulebook.official.plain_files import plain_lines
from luoshi.rulebook.official.word_files import word_lines

READERS: dict[str, Callable[[bytes, str, Findings], list[Line]]] = {
    ".txt": plain_lines,
    ".docx": word_lines,
    ".pdf": pdf_lines,
}


def open_text(path: Path) -> list[Line]:
    """The lines of a file; `Refused` when there is no such file, or nothing in it can be read."""
    findings = Findings()
    lines = _lines(path, findings)
    if not findings and not any(line.text.strip() for line in lines):
        findings.add("TEXT-006", Where(path.name))
    if findings:
        raise Refused(findings)
    return lines


def _lines(path: Path, findings: Findings) -> list[Line]:
    where = Where(path.name)
    read = READERS.get(path.suffix.lower())
    if not path.is_file():
        findings.add("TEXT-001", where)
    elif read is None:
        findings.add("TEXT-002", where, seen=path.suffix or path.name, known=list(READERS))
    elif path.stat().st_size > MOST_FILE_BYTES:
        findings.add("TEXT-003", where, size=path.stat().st_size, most=MOST_FILE_BYTES)
    else:
        return _of_usual_size(read(path.read_bytes(), path.name, findings), where, findings)
    return []


def _of_usual_size(lines: list[Line], where: Where, findings: Findings) -> list[Line]:
    size = too_much([line.text for line in lines])
    if size is None:
        return lines
    findings.add("TEXT-007", where, size=size, lines=len(lines), most=MOST_CHARACTERS, most_lines=MOST_LINES)
    return []
