"""Uploaded files: known by their content, scanned, cleaned, kept once, found within one's area only."""

import hashlib
import io
import os
import zipfile
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from PIL import Image

from luoshi.office.accounts.roles import Scope
from luoshi.office.attachments import actions, kinds, queries, receiving
from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.models import Attachment
from luoshi.office.audit import queries as audit
from luoshi.office.database.secrecy import Tampered

pytestmark = pytest.mark.usefixtures("database")
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
COUNTY = "331122"


def _keep(content: bytes, name: str = "办法.pdf", area: str = COUNTY, by: str = "chen") -> Attachment:
    return actions.keep(io.BytesIO(content), name, area=area, by=by, purpose="test:1")


def _word() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def _excel() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def _picture(form: str, **more: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(file, form, **more)
    return file.getvalue()


def _old(stream: str) -> bytes:
    return kinds.COMPOUND + b"\0" * 600 + f"{stream}\0".encode("utf-16-le") + b"\0" * 60


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (PDF, kinds.PDF, "办法.pdf"),
        (_word(), kinds.WORD, "办法.docx"),
        (_excel(), kinds.EXCEL, "办法.xlsx"),
        (_old("WordDocument"), kinds.OLD_WORD, "办法.doc"),
        (_old("Workbook"), kinds.OLD_EXCEL, "办法.xls"),
        (_picture("JPEG"), kinds.JPEG, "办法.jpg"),
        (_picture("PNG"), kinds.PNG, "办法.png"),
    ],
)
def test_a_file_is_what_its_content_says_whatever_its_name(content: bytes, media_type: str, name: str) -> None:
    found = _keep(content, "办法.exe")
    assert (found.media_type, found.name) == (media_type, name)
    kept = queries.path_of(found)
    assert kept.is_relative_to(settings.ENVIRONMENT.data / "files")
    assert kept.stat().st_mode & 0o077 == 0
    assert hashlib.sha256(queries.content_of(found)).hexdigest() == found.digest
    assert kept.read_bytes() != content and content[:8] not in kept.read_bytes(), "sealed as it lies"
    assert len(queries.content_of(found)) == found.size


def _with_macros() -> bytes:
    file = io.BytesIO(_excel())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"MZ\x90\x00 a program", "不是 PDF"),
        (b"<html><script>", "不是 PDF"),
        (b"PK\x03\x04 broken", "不是 PDF"),
        (_old("Something"), "不是 PDF"),
        (_with_macros(), "宏"),
        (_old("WordDocument") + "_VBA_PROJECT\0".encode("utf-16-le"), "宏"),
        (_picture("PNG")[:40], "图片打不开"),
    ],
)
def test_what_is_not_kept_is_said_and_leaves_nothing(content: bytes, said: str) -> None:
    before = set(_files())
    with pytest.raises(NotKept, match=said):
        _keep(content)
    assert set(_files()) == before
    assert not Attachment.objects.exists()


def _files() -> list[Path]:
    return [path for path in queries.folder().rglob("*") if path.is_file()]


def test_a_file_of_just_the_most_bytes_is_kept_and_one_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", len(PDF))
    assert _keep(PDF).size == len(PDF)
    with pytest.raises(NotKept, match="20 MB"):
        _keep(PDF + b"x")


def test_a_picture_loses_what_hides_in_it() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    found = _keep(_picture("JPEG", exif=exif))
    assert b"a secret place" not in queries.content_of(found)
    trailing = _keep(_picture("PNG") + b"<script>hidden</script>", area="331121")
    assert b"hidden" not in queries.content_of(trailing)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_PIXELS", 47)
    with pytest.raises(NotKept, match="像素"):
        _keep(_picture("PNG"))


@pytest.mark.parametrize(("status", "kept"), [(0, True), (1, False), (2, False)])
def test_a_scanner_decides_with_its_status(
    status: int, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "scan"
    script.write_text(f'#!/bin/sh\ntest -s "$2" || exit 9\nexit {status}\n')
    script.chmod(0o755)
    _scanner(monkeypatch, (str(script), "--quiet"))
    if kept:
        assert _keep(PDF).id
    else:
        with pytest.raises(NotKept, match="查毒程序没有放行"):
            _keep(PDF)


def test_a_scanner_that_cannot_be_asked_lets_nothing_pass(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _scanner(monkeypatch, (str(tmp_path / "missing"),))
    with pytest.raises(NotKept, match="不能查病毒"):
        _keep(PDF)
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(receiving, "SECONDS_TO_SCAN", 0.1)
    _scanner(monkeypatch, (str(slow),))
    with pytest.raises(NotKept, match="不能查病毒"):
        _keep(PDF)


def _scanner(monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, scanner=command))


def test_a_content_opens_under_its_own_name_only_and_not_when_somebody_has_changed_it() -> None:
    one, other = _keep(PDF), _keep(PDF + b"other")
    before = queries.path_of(one).read_bytes()
    queries.path_of(one).write_bytes(queries.path_of(other).read_bytes())
    with pytest.raises(Tampered):
        queries.content_of(one)
    queries.path_of(one).write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    with pytest.raises(Tampered):
        queries.content_of(one)


def test_what_was_kept_before_contents_were_sealed_is_sealed_once() -> None:
    one = _keep(PDF)
    queries.path_of(one).write_bytes(PDF)
    sealing = import_module("luoshi.office.attachments.migrations.0002_contents_are_sealed")
    for _ in range(2):
        sealing.seal(None, None)
        assert queries.content_of(one) == PDF and queries.path_of(one).stat().st_mode & 0o077 == 0


def test_the_same_file_again_is_the_one_kept_before() -> None:
    first = _keep(PDF)
    place = queries.path_of(first)
    os.utime(place, (1, 1))
    assert _keep(PDF) == first
    other = _keep(PDF, by="wang")
    assert other != first and queries.path_of(other) == place
    assert place.stat().st_mtime == 1
    assert [event.action for event in audit.events(COUNTY)] == ["attachment.keep", "attachment.keep"]


def test_somebody_brings_so_many_a_day_and_others_go_on() -> None:
    def bring(number: int, by: str = "chen") -> Attachment:
        content = io.BytesIO(PDF + bytes([number]))
        return actions.keep(content, "a.pdf", area=COUNTY, by=by, purpose="test:1", most_a_day=2)

    first, _second = bring(1), bring(2)
    with pytest.raises(NotKept, match="一天最多上传 2 个文件"):
        bring(3)
    assert not Attachment.objects.filter(digest=hashlib.sha256(PDF + bytes([3])).hexdigest()).exists()
    assert bring(3, by="wang").kept_by == "wang"
    Attachment.objects.filter(pk=first.pk).update(kept_at=Now() - timedelta(days=1, minutes=1))
    assert bring(3).kept_by == "chen"


def test_the_event_names_nobody() -> None:
    _keep(PDF, "张三的身份证.pdf")
    (event,) = audit.events(COUNTY)
    assert "张三" not in str(event)
    assert event.area == COUNTY


def test_a_file_is_found_within_ones_area_only() -> None:
    found = _keep(PDF)
    assert queries.find(found.id, Scope("3311")) == found
    assert queries.find(found.id, Scope(COUNTY)) == found
    for scope in ("331121", "331122101", "-", "62"):
        assert queries.find(found.id, Scope(scope)) is None
    assert queries.find(found.id + 1, Scope("")) is None
    assert queries.list_for("test:1", Scope("3311")) == [found]
    assert queries.list_for("test:1", Scope("331121")) == []


def test_a_removed_file_is_found_by_nobody_and_stays_on_the_disk() -> None:
    found = _keep(PDF)
    actions.remove(found, "传错了", by="wang")
    actions.remove(found, "again", by="wang")
    assert queries.find(found.id, Scope("3311")) is None
    assert queries.list_for("test:1", Scope("")) == []
    assert queries.path_of(found).is_file()
    found.refresh_from_db()
    assert (found.removal, found.removed_by) == ("传错了", "wang")
    assert [event.action for event in audit.events(COUNTY)] == ["attachment.remove", "attachment.keep"]
    assert _keep(PDF).id != found.id


def test_a_removal_says_who_and_why() -> None:
    found = _keep(PDF)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(id=found.id).update(removed_by="wang")
    assert not connection.needs_rollback


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("文件\\办法.docx", "办法.pdf"),
        ("办\n法\x00.pdf", "办法.pdf"),
        ("", "attachment.pdf"),
        ("..", "attachment.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("关于2023.1号文的通知", "关于2023.1号文的通知.pdf"),
        ("长" * 400 + ".pdf", "长" * 156 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name: str, called: str) -> None:
    assert actions.called(name, kinds.PDF) == called


def test_a_workbook_of_another_writer_is_known_too() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet()
    assert _keep(file.getvalue()).media_type == kinds.EXCEL
