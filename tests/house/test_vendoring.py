"""What a build brings along is one pinned release, fetched once, and never under version control."""

import io
import tarfile
from pathlib import Path

import pytest

from tools import build_hook
from tools.build_hook import MEMBERS, NODE, RELEASE, VENDORED
from tools.repository import ROOT, tracked


def _package(place: Path) -> Path:
    package = place / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for member in MEMBERS:
            entry = tarfile.TarInfo(f"package/{member}")
            entry.size = 4
            archive.addfile(entry, io.BytesIO(b"text"))
    return package


def _never(place: Path) -> Path:
    raise AssertionError("nothing is to be fetched")


def test_a_package_of_other_bytes_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    with pytest.raises(ValueError, match="expected sha512-"):
        build_hook.vendor(folder, _package)
    assert not folder.exists()


def test_the_pinned_package_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_hook, "check", lambda content: None)
    folder = tmp_path / "vendor"
    build_hook.vendor(folder, _package)
    assert build_hook.is_vendored(folder)
    assert (folder / "echarts.min.js.gz").is_file()
    build_hook.vendor(folder, _never)


def test_half_of_it_is_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_hook, "check", lambda content: None)
    build_hook.vendor(tmp_path / "vendor", _package)
    (tmp_path / "vendor" / "NOTICE").unlink()
    with pytest.raises(AssertionError):
        build_hook.vendor(tmp_path / "vendor", _never)


def test_names_of_releases_are_exact() -> None:
    assert RELEASE.count("@") == 1 and NODE.count("==") == 1


def test_it_lies_here_with_its_licence_and_is_not_tracked() -> None:
    assert build_hook.is_vendored(ROOT / VENDORED), "run make: an editable install brings it"
    assert not [path for path in tracked() if path.is_relative_to(VENDORED)]
