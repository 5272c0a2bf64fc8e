"""Takes an upload in: measured, recognised, scanned, cleaned, and only then laid, sealed, where contents are kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import structlog
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from luoshi.office.attachments.errors import NotKept
from luoshi.office.attachments.kinds import JPEG, PNG, find_kind
from luoshi.office.database.keys import secrecy

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""A picture of more points is refused before it is unpacked."""
SECONDS_TO_SCAN = 60
CHUNK = 1 << 20
IMAGES = {JPEG: "JPEG", PNG: "PNG"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Received:
    """A content that is kept."""

    digest: str
    media_type: str
    size: int


def receive(file: IO[bytes], folder: Path) -> Received:
    """Keep the content of a file under its digest; one that is kept already stays. `NotKept` says why it is not."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _laid_down(file, folder) as path:
        media_type = _recognised(path)
        _scan(path)
        if media_type in IMAGES:
            _draw_again(path, IMAGES[media_type])
        size = path.stat().st_size
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        _keep(path, digest, folder / digest[:2] / digest)
    return Received(digest, media_type, size)


def place_for(digest: str) -> str:
    """What a content is sealed for: it opens under its own name only."""
    return f"attachments.content:{digest}"


def _keep(path: Path, digest: str, place: Path) -> None:
    """What has passed lies sealed at its place, if nothing did."""
    if place.exists():
        return
    place.parent.mkdir(exist_ok=True, mode=0o700)
    path.write_bytes(secrecy().seal(path.read_bytes(), place_for(digest)))
    try:
        os.link(path, place)
    except FileExistsError:
        pass


@contextmanager
def _laid_down(file: IO[bytes], folder: Path) -> Iterator[Path]:
    """The file under a name of its own, which nobody else may read; gone afterwards."""
    handle, name = tempfile.mkstemp(prefix="incoming-", dir=folder)
    try:
        size = 0
        with os.fdopen(handle, "wb") as laid:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise NotKept(_("文件超过 20 MB。请压缩或拆开后再传。"))
                laid.write(chunk)
        if not size:
            raise NotKept(_("文件是空的。请核对后再传。"))
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _recognised(path: Path) -> str:
    kind = find_kind(path)
    if kind is None:
        raise NotKept(_("文件的内容不是 PDF、Word、Excel、JPEG 或 PNG。请换成其中一种再传。"))
    if kind.has_macros:
        raise NotKept(_("文件里带有宏。请另存为不带宏的文件再传。"))
    return kind.media_type


def _scan(path: Path) -> None:
    """Nothing where no scanner is named. A scanner that cannot be asked lets nothing pass."""
    command = settings.ENVIRONMENT.scanner
    if not command:
        return
    try:
        found = subprocess.run([*command, str(path)], capture_output=True, timeout=SECONDS_TO_SCAN)
    except (OSError, subprocess.TimeoutExpired) as problem:
        log.error("the scanner of attachments gives no answer", code=type(problem).__name__)
        raise NotKept(_("现在不能查病毒，所以没有收下文件。请稍后再传，或告诉系统管理员。")) from problem
    if found.returncode:
        log.warning("the scanner of attachments has refused a file", code=str(found.returncode))
        raise NotKept(_("查毒程序没有放行这个文件。请用查过毒的文件再传。"))


def _draw_again(path: Path, form: str) -> None:
    """The picture drawn anew: without the place it was taken at, and without anything that hides in it."""
    try:
        with Image.open(path, formats=[form]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotKept(_("图片太大，超过六千万像素。请缩小后再传。"))
            drawn = ImageOps.exif_transpose(opened)
            drawn = drawn.convert("RGB") if form == "JPEG" else drawn
            clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            if drawn.palette is not None:
                clean.putpalette(drawn.palette)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise NotKept(_("图片打不开，可能已损坏。请重新拍照或另存后再传。")) from problem
    clean.save(path, form, quality=92) if form == "JPEG" else clean.save(path, form)
