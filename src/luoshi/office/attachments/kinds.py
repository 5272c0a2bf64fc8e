"""What a file is by its content, whatever its name says: PDF, Word, Excel, JPEG or PNG; anything else is none."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_WORD, OLD_EXCEL = "application/msword", "application/vnd.ms-excel"
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SUFFIXES = {PDF: ".pdf", WORD: ".docx", EXCEL: ".xlsx", OLD_WORD: ".doc", OLD_EXCEL: ".xls", JPEG: ".jpg", PNG: ".png"}
"""The suffix that a file of each kind is given when it is downloaded."""
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ARCHIVE, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IN_ARCHIVE = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
IN_COMPOUND = {"WordDocument": OLD_WORD, "Workbook": OLD_EXCEL, "Book": OLD_EXCEL}
"""The names of the streams that tell an old Word file from an old Excel file."""
MACROS = "vbaProject.bin"
TYPES = "[Content_Types].xml"
"""The part that says what every other part is."""
OF_MACROS = (b"vbaproject", b"macroenabled")
MOST_TYPES = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError)
"""What an archive that is damaged, locked with a password or packed in a strange way raises when it is read."""
OLD_MACROS = ("_VBA_PROJECT", "Macros")
LONGEST = 16


@dataclass(frozen=True)
class Kind:
    """A media type, and whether the file carries programs."""

    media_type: str
    has_macros: bool = False


def find_kind(path: Path) -> Kind | None:
    """The kind of a file; None for every kind that is not kept."""
    with path.open("rb") as file:
        beginning = file.read(LONGEST)
    for sign, media_type in BEGINNINGS.items():
        if beginning.startswith(sign):
            return Kind(media_type)
    if beginning.startswith(ARCHIVE):
        return _in_archive(path)
    return _in_compound(path.read_bytes()) if beginning.startswith(COMPOUND) else None


def _in_archive(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names: Collection[str] = frozenset(archive.namelist())
            found = next((kind for name, kind in IN_ARCHIVE.items() if name in names), None)
            return Kind(found, _has_macros(archive, names)) if found else None
    except BROKEN:
        return None


def _has_macros(archive: zipfile.ZipFile, names: Collection[str]) -> bool:
    """Whether a part is named or said to be a program. A list of parts that goes on and on is not read to its end."""
    if any(name.endswith(MACROS) for name in names):
        return True
    if TYPES not in names:
        return False
    with archive.open(TYPES) as listed:
        told = listed.read(MOST_TYPES + 1).lower()
    return len(told) > MOST_TYPES or any(word in told for word in OF_MACROS)


def _in_compound(content: bytes) -> Kind | None:
    found = next((kind for name, kind in IN_COMPOUND.items() if _entry(name) in content), None)
    return Kind(found, any(_entry(name) in content for name in OLD_MACROS)) if found else None


def _entry(name: str) -> bytes:
    """A name as the directory of a compound file writes it: two bytes a sign, ended by zeros."""
    return f"{name}\0".encode("utf-16-le")
