"""Packs of the tests: the shipped draft, changed in one place, as files and as a zip."""

import io
import zipfile

from luoshi.office.editions.folders import files_of
from luoshi.rulebook.loading import find_folder

PACK = "lishui-draft"


def files_with(old: str = "", new: str = "", file: str = "1-opinions.md", *, pack: str = PACK) -> dict[str, bytes]:
    """The files of the shipped pack, without its examples, with every `old` in a file replaced."""
    files = {name: text for name, text in files_of(find_folder(pack)).items() if not name.startswith("examples/")}
    assert not old or old.encode() in files[file], old
    files[file] = files[file].replace(old.encode(), new.encode()) if old else files[file]
    return files


def zipped(files: dict[str, bytes], folder: str = "pack/") -> io.BytesIO:
    """The files in a folder of a zip; the same bytes whenever it is made."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}{name}"), content, zipfile.ZIP_DEFLATED)
    kept.seek(0)
    return kept
