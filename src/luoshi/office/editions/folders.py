"""Where the files of editions lie, read-only. What is missing there is written anew from the database."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from django.conf import settings

from luoshi.rulebook.loading import shipped_packs
from luoshi.rulebook.loading.pack import find_folder
from luoshi.rulebook.loading.reading import list_files, read_pack
from luoshi.rulebook.model.findings import Findings

OWN = "pack"
"""The folder of the edition itself; what it imports lies beside it under its own name."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same files make the same archive."""
Files = Mapping[str, bytes]


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a pack's folder that the loader reads, by their names."""
    return {name: (folder / name).read_bytes() for name in list_files(folder) if (folder / name).is_file()}


@contextmanager
def laid_out(files: Files) -> Iterator[Path]:
    """A folder with these files, and beside it the shipped packs that it imports, until the end of the block."""
    with TemporaryDirectory(dir=_place(), prefix=".new-") as beside:
        folder = Path(beside) / OWN
        _write(folder, files)
        _lend(folder)
        yield folder


def archive_of(folder: Path) -> bytes:
    """A pack's folder and the packs that lie beside it, as one zip."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for pack in sorted(path for path in folder.parent.iterdir() if path.is_dir()):
            for name, content in files_of(pack).items():
                archive.writestr(zipfile.ZipInfo(f"{pack.name}/{name}", LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def folder_of(digest: str) -> Path | None:
    """The folder of an edition; None where it is not written yet."""
    folder = _place() / digest / OWN
    return folder if folder.is_dir() else None


def written(archive: bytes, digest: str) -> Path:
    """The read-only folder of an edition, written from its archive."""
    whole = _place() / digest
    if not whole.is_dir():
        half = Path(mkdtemp(dir=_place(), prefix=".new-"))
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(half)
        for path in half.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            half.rename(whole)
        except OSError:  # another process was quicker
            shutil.rmtree(half, ignore_errors=True)
    return whole / OWN


def _place() -> Path:
    place = Path(settings.ENVIRONMENT.data) / "packs"
    place.mkdir(exist_ok=True, parents=True)
    return place


def _write(folder: Path, files: Files) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def _lend(folder: Path) -> None:
    """Put the shipped packs that a pack imports, and those that these import, beside it."""
    waiting = [folder]
    while waiting:
        raw = read_pack(waiting.pop(), Findings(), examples=False)
        for name in raw.policy.imports if raw else ():
            lent = folder.parent / name
            if name in shipped_packs() and not lent.exists():
                _write(lent, files_of(find_folder(name)))
                waiting.append(lent)
