"""Takes the files of a pack out of an archive or a chosen folder. Pure: nothing is written anywhere.

Only what the loader reads is taken, under names of a fixed form, so no name of an archive ever becomes a path.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from luoshi.office.editions.errors import Unusable
from luoshi.rulebook.loading.documents import FILE_NAME
from luoshi.rulebook.loading.reading import EXAMPLES, MOST_FILE_BYTES, MOST_PACK_BYTES

POLICY = "policy.yaml"
MOST_NAMES = 500
"""Names in an archive, also of what is left out."""
MOST_ARCHIVE_BYTES = 20_000_000
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Taken:
    """The files of a pack by their names in its folder, and how many others were left out."""

    files: Mapping[str, bytes]
    left_out: int


@dataclass(frozen=True)
class _Given:
    """A file as it is offered: its name, and what opens it."""

    name: str
    content: IO[bytes]


def take_archive(file: IO[bytes]) -> Taken:
    """The pack in a zip, in whatever folder of it policy.yaml stands; `Unusable` tells what is wrong with it."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_NAMES:
                raise Unusable("count", seen=len(entries), most=MOST_NAMES)
            for entry in entries:
                _check_entry(entry)
            wanted = _wanted(entry.filename for entry in entries)
            files: dict[str, bytes] = {}
            for entry in entries:
                if entry.filename in wanted:
                    with archive.open(entry) as opened:
                        _put(files, wanted[entry.filename], opened)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise Unusable("archive") from None
    return Taken(files, len(entries) - len(files))


def take_folder(given: Iterable[tuple[str, IO[bytes]]]) -> Taken:
    """The pack in files chosen as a folder, given by their paths; `Unusable` tells what is wrong with them."""
    files = [_Given(name, content) for name, content in given]
    if len(files) > MOST_NAMES:
        raise Unusable("count", seen=len(files), most=MOST_NAMES)
    for file in files:
        _check_name(file.name)
    wanted = _wanted(file.name for file in files)
    found: dict[str, bytes] = {}
    for file in files:
        if file.name in wanted:
            _put(found, wanted[file.name], file.content)
    return Taken(found, len(files) - len(found))


def _check_entry(entry: zipfile.ZipInfo) -> None:
    _check_name(entry.filename)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unusable("link", name=_shown(entry.filename))
    if entry.flag_bits & _ENCRYPTED:
        raise Unusable("locked")


def _check_name(name: str) -> None:
    """Refuse names that lead out of their folder, also those that nobody would take."""
    if name.startswith("/") or "\\" in name or "\0" in name or _DRIVE.match(name) or ".." in PurePosixPath(name).parts:
        raise Unusable("path", name=_shown(name))


def _wanted(names: Iterable[str]) -> Mapping[str, str]:
    """The names of the files to take, with the names they get: those in the folder of the only policy.yaml."""
    paths = [PurePosixPath(name) for name in names]
    policies = [path for path in paths if path.name == POLICY and path.parent.name != EXAMPLES]
    if len(policies) != 1:
        raise Unusable("policy", seen=len(policies))
    root = policies[0].parent
    inside = [path for path in paths if path.is_relative_to(root)]
    found = {path.as_posix(): path.relative_to(root).as_posix() for path in inside if _is_read(path.relative_to(root))}
    twice = [name for name, count in Counter(path.as_posix() for path in paths).items() if count > 1 and name in found]
    if twice:
        raise Unusable("twice", name=_shown(twice[0]))
    return found


def _is_read(path: PurePosixPath) -> bool:
    """Whether the loader reads a file of a pack's folder."""
    if str(path.parent) not in {".", EXAMPLES}:
        return False
    return path.as_posix() == POLICY or FILE_NAME.fullmatch(path.name) is not None


def _put(files: dict[str, bytes], name: str, content: IO[bytes]) -> None:
    """Read a file, never further than a file of a pack may reach, whatever the archive says of its size."""
    text = content.read(MOST_FILE_BYTES + 1)
    if len(text) > MOST_FILE_BYTES:
        raise Unusable("size", name=_shown(name), most=MOST_FILE_BYTES)
    files[name] = text
    if sum(map(len, files.values())) > MOST_PACK_BYTES:
        raise Unusable("size", name="", most=MOST_PACK_BYTES)


def _shown(name: str) -> str:
    return "".join(_printable(name))[:80]


def _printable(name: str) -> Iterator[str]:
    return (sign if sign.isprintable() else "?" for sign in name)
