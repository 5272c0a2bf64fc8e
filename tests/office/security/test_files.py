"""Files that come in are only kept as what they are; files that go out run nothing."""

import ast
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

import luoshi.office
from luoshi.office.accounts.roles import Role
from luoshi.office.attachments import actions, kinds, queries
from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.models import Attachment
from luoshi.office.database.copies import KEPT
from luoshi.office.desk.log.files import _written as log_written
from luoshi.office.desk.worklists.workbooks import Book, written
from luoshi.office.exchange.exports.writing import harmless
from tests.office.desk.peopled import opened
from tests.office.verified import let_in

pytestmark = pytest.mark.usefixtures("database")
SCRIPT = b"<script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + rb"TEST-FILE!$H+H*"
FORMULAS = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    '=HYPERLINK("http://e","x")',
)
SOURCES = Path(luoshi.office.__file__).parent


def keep(content: bytes, name: str = "办法.pdf") -> Attachment:
    return actions.keep(io.BytesIO(content), name, area="621102", by="chen", purpose="test:1")


def fetched(kept: Attachment) -> Any:
    """What a browser gets that asks for it."""
    client = let_in(Client(), opened("chen", Role.DEPARTMENT_OFFICER, "621102"))
    answer: Any = client.get(reverse("attachment", args=[kept.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    return answer


def picture(form: str, **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(file, form, **more)
    return file.getvalue()


def word(**parts: bytes) -> bytes:
    """A Word file with more parts; `types` stands in the list of what each part is."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", parts.get("types", b"") + b"</Types>")
            after.writestr(name, content)
        for name, content in parts.items():
            after.writestr(f"word/{name}.bin", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", "图.svg"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "图.png"),
        (b"<!DOCTYPE html>" + SCRIPT, "办法.pdf"),
        (b"GIF89a/*" + SCRIPT, "图.gif"),
        (b"MZ\x90\x00" + PDF, "办法.pdf"),
        (b"#!/bin/sh\n" + PDF, "办法.pdf"),
        (b"BM" + SCRIPT, "图.bmp"),
        (b"\xef\xbb\xbf=cmd|'/C calc'!A0", "名单.csv"),
        (b"PK\x03\x04" + SCRIPT, "表.docx"),
        (b"PK\x05\x06" + b"\0" * 18, "空.docx"),
    ],
)
def test_what_a_browser_or_a_machine_would_run_is_not_kept(content: bytes, name: str) -> None:
    with pytest.raises(NotKept):
        keep(content, name)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_of_a_picture_that_is_something_else_too_only_the_picture_is_kept(form: str) -> None:
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("a.html", SCRIPT)
    kept = queries.content_of(keep(picture(form) + hidden.getvalue() + SCRIPT))
    assert SCRIPT not in kept and not zipfile.is_zipfile(io.BytesIO(kept))


def test_a_paper_with_a_page_in_it_is_saved_and_never_shown() -> None:
    answer = fetched(keep(PDF + SCRIPT, "x.html"))
    assert answer.headers["Content-Type"] == kinds.PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\x.pdf", "/etc/cron.d/x", "a\0.pdf", "a\r\nX: y.pdf", "\u202efdp.exe", "a" * 999],
)
def test_a_name_leads_nowhere_and_breaks_no_header(name: str) -> None:
    kept = keep(PDF, name)
    assert "/" not in kept.name and "\\" not in kept.name and kept.name.isprintable()
    assert queries.path_of(kept).resolve().is_relative_to(settings.MEDIA_ROOT)
    answer = fetched(kept)
    assert not {"\r", "\n"} & set(answer.headers["Content-Disposition"]) and "X" not in answer.headers


@pytest.mark.parametrize(
    "types",
    [
        b'<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        b'<Default Extension="bin" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
    ],
)
def test_macros_under_another_name_are_macros(types: bytes) -> None:
    with pytest.raises(NotKept, match="宏"):
        keep(word(a=b"x", types=types))
    assert keep(word()).media_type == kinds.WORD


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A scanner that knows one virus."""
    program = tmp_path / "scan"
    program.write_text('#!/bin/sh\n! grep -q EICAR-STANDARD "$1"\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, scanner=(str(program),)))
    yield


@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_knows_is_not_kept() -> None:
    with pytest.raises(NotKept, match="查毒"):
        keep(PDF + EICAR)
    assert keep(PDF).name == "办法.pdf"


def test_an_archive_that_unpacks_without_end_is_never_unpacked() -> None:
    """A gigabyte of zeros in a Word file: looked at by the names of its parts only."""
    bomb = io.BytesIO(word())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/a.png", "w") as part:
        for _ in range(64):
            part.write(bytes(1 << 20))
    before = _memory()
    keep(bomb.getvalue())
    assert _memory() - before < 32 << 20


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_contents_lie_where_copies_are_made_of_them_and_nobody_else_reads_them() -> None:
    kept = queries.path_of(keep(PDF))
    assert kept.relative_to(settings.MEDIA_ROOT).parts[0] in KEPT
    assert stat.S_IMODE(queries.folder().stat().st_mode) & 0o077 == 0
    assert not any(folder.is_relative_to(settings.MEDIA_ROOT) for folder in (settings.STATIC_ROOT, SOURCES))


def test_a_file_of_many_megabytes_is_refused_in_words() -> None:
    client = let_in(Client(), opened("chen", Role.DEPARTMENT_OFFICER, "621102"))
    big = SimpleUploadedFile("大.docx", b"PK\x03\x04" + bytes(6 << 20))
    answer = client.post(reverse("letter-template-upload", args=["decision"]), {"file": big, "note": "x"}, follow=True)
    assert answer.status_code in {200, 422} and "超过" in answer.content.decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_is_a_text(text: str) -> None:
    assert str(harmless(text)).startswith("'")
    assert f"'{text}".strip() in log_written([[text]]).replace('""', '"') or log_written([[text]]).startswith("\"'")
    with zipfile.ZipFile(io.BytesIO(written(Book(text, [text], [9], [[text]])))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet and sheet.count('t="s"') == 3


def _calls(tree: ast.AST) -> set[str]:
    found = [one.func for one in ast.walk(tree) if isinstance(one, ast.Call)]
    return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in found}


def test_every_workbook_and_text_file_is_written_cell_by_cell() -> None:
    """No writer guesses what a text is: `write_string` where a workbook is made, `harmless` where a text file is."""
    seen = []
    for file in SOURCES.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "xlsxwriter.Workbook" not in text and "csv.writer" not in text:
            continue
        seen.append(file.name)
        calls = _calls(ast.parse(text))
        assert not calls & {"write_formula", "write_url", "write_row", "write_column", "write_rich_string"}, file
        assert ("harmless" in calls) == ("csv.writer" in text), file
    assert len(seen) > 6


def test_nothing_says_that_a_text_is_markup() -> None:
    for file in [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")]:
        if "node_modules" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        for word_ in ("|safe", "autoescape off", "mark_safe(", "csrf_exempt", "safeseq"):
            assert word_ not in text, (file, word_)
