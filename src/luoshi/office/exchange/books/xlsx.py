"""The parts of an .xlsx: which sheets there are, and what stands in them beside the values."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from zlib import error as ZipError

from luoshi.office.exchange.books.problems import Problem, Refused
from luoshi.office.exchange.books.raw import Seen
from luoshi.office.exchange.books.xlsx_sheet import walk
from luoshi.office.exchange.books.xml_parts import Attributes, each_element

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
DAYLESS = frozenset({17, 27, 36, 50, 52, 57})
"""The numbers of the formats of Excel that show year and month only, those for Chinese among them."""
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


@dataclass(frozen=True)
class Part:
    """A sheet: its name, its place in the file, whether it is shown."""

    name: str
    path: str
    is_shown: bool


@dataclass(frozen=True)
class Contents:
    """The sheets in their order, each with what was seen in it; whether there are macros."""

    sheets: tuple[tuple[Part, Seen], ...]
    has_macros: bool


def contents(path: Path, most_bytes: int) -> Contents:
    """What is in the file. `Refused` when it is damaged, unsafe, larger than this when unpacked, or no workbook."""
    try:
        with zipfile.ZipFile(path) as file:
            names = _checked(file, most_bytes)
            parts = _parts(file)
            dayless = _dayless(file) if STYLES in names else frozenset()
            seen = [(part, _walked(file, part, dayless)) for part in parts if part.path in names]
            return Contents(tuple(seen), any(name.endswith("vbaProject.bin") for name in names))
    except (zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, ValueError, ZipError) as error:
        raise Refused(Problem("damaged")) from error


def _checked(file: zipfile.ZipFile, most_bytes: int) -> frozenset[str]:
    """The names of all parts, each unpacked once to see that it is as long as it says."""
    if any(part.flag_bits & 1 for part in file.infolist()):
        raise Refused(Problem("password"))
    if sum(part.file_size for part in file.infolist()) > most_bytes:
        raise Refused(Problem("large"))
    names = frozenset(file.namelist())
    if WORKBOOK not in names:
        raise Refused(Problem("other_kind" if any(name.startswith("xl/") for name in names) else "no_spreadsheet"))
    if file.testzip() is not None:
        raise Refused(Problem("damaged"))
    return names


def _parts(file: zipfile.ZipFile) -> list[Part]:
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str, bool]] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = normpath(join("xl", attributes["Target"])).lstrip("/")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            raise Refused(Problem("dates_1904"))
        if name == "sheet":
            shown = attributes.get("state", "visible") == "visible"
            sheets.append((attributes["name"], _relation_id(attributes), shown))

    with file.open(RELATIONS) as part:
        each_element(part, relation)
    with file.open(WORKBOOK) as part:
        each_element(part, sheet)
    return [Part(name, targets[relation_id], shown) for name, relation_id, shown in sheets]


def _relation_id(attributes: Attributes) -> str:
    """The id that leads to a sheet, whatever prefix its name has; "sheetId" is another."""
    return next(value for name, value in attributes.items() if name.endswith(":id"))


def _walked(file: zipfile.ZipFile, part: Part, dayless: frozenset[int]) -> Seen:
    with file.open(part.path) as opened:
        return walk(opened, dayless)


def _dayless(file: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the styles that show a date without its day."""
    formats = set(DAYLESS)
    styles: list[int] = []
    within = [False]

    def take(name: str, attributes: Attributes) -> None:
        if name == "numFmt" and is_dayless(attributes.get("formatCode", "")):
            formats.add(int(attributes["numFmtId"]))
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            within[0] = name == "cellXfs"
        elif name == "xf" and within[0]:
            styles.append(int(attributes.get("numFmtId", 0)))

    with file.open(STYLES) as part:
        each_element(part, take)
    return frozenset(place for place, number in enumerate(styles) if number in formats)


def is_dayless(code: str) -> bool:
    """Whether a number format shows year and month, and no day.

    >>> is_dayless('yyyy"年"m"月";@'), is_dayless("yyyy-mm-dd"), is_dayless("0.00")
    (True, False, False)
    """
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    return "y" in plain and "m" in plain and "d" not in plain
