"""Registers that were taken in before: kept beside the files they came from, mapped into memory instead of read."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar, Self

from luoshi.rulebook.bulk.writing import OutputFolder
from luoshi.rulebook.engines.native.cells import NOWHERE, Shape
from luoshi.rulebook.engines.native.keeping import is_ours
from luoshi.rulebook.engines.native.registers import Registers
from luoshi.rulebook.engines.native.shelf import Shelf, as_cells

FORM = "1"
"""The form in which registers are kept; another one is not read."""
FOLDER, ABOUT, IDS = ".kept", "about.json", "id"
TAIL = 8
Columns = Mapping[str, Mapping[str, str]]
"""Of each register the columns that rules read, each with what it is, in words that tell types apart."""


class KeptFolder(OutputFolder):
    """A folder of kept registers, there as a whole or not at all."""

    WRITTEN: ClassVar[re.Pattern[str]] = re.compile(rf".*\.arrow|{re.escape(ABOUT)}", re.DOTALL)

    def __enter__(self) -> Self:
        self.out.parent.mkdir(mode=0o700, exist_ok=True)
        super().__enter__()
        self.result.chmod(0o700)
        return self


def place_of(source: Path, pack_id: str, registers: Iterable[str]) -> Path:
    """Where registers are kept that were taken in for a pack from the files of a folder as they are now."""
    state = hashlib.sha256(FORM.encode())
    for name in sorted(registers):
        path = source / f"{name}.parquet"
        found = path.stat()
        state.update(f"\n{name} {found.st_size} {found.st_mtime_ns} ".encode() + _footer(path))
    return source / FOLDER / f"{pack_id}-{state.hexdigest()[:32]}"


def _footer(path: Path) -> bytes:
    """The end of a Parquet file, which says what is where in it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        length = int.from_bytes(file.read(TAIL)[:4], "little") + TAIL
        file.seek(max(0, size - length))
        return file.read()


def describe(registers: Registers, columns: Columns) -> None:
    """Complete the shelf on which registers lie, so that they can be found there again."""
    assert registers.shelf is not None
    shapes = {
        name: {column: asdict(shape) for column, shape in of.shapes.items()} for name, of in registers.held.items()
    }
    others = {name: list(domain.others) for name, domain in registers.domains.items()}
    led = {name: of.most_led for name, of in registers.held.items()}
    about = {"columns": columns, "shapes": shapes, "others": others, "led": led}
    (registers.shelf.folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def forget_others(place: Path, pack_id: str) -> None:
    """Remove what was kept of earlier states of the same files."""
    for path in place.parent.iterdir():
        if path != place and re.fullmatch(rf"{re.escape(pack_id)}-[0-9a-f]{{32}}", path.name):
            shutil.rmtree(path, ignore_errors=True)


def find_kept(place: Path, columns: Columns) -> Registers | None:
    """The registers kept at a place, if all of these columns are there, and nobody but this user can write there."""
    try:
        return _kept(place, columns)
    except (OSError, ValueError, LookupError, TypeError):  # whatever is wrong with it, it is not what was kept
        return None


def _kept(place: Path, columns: Columns) -> Registers | None:
    if not all(is_ours(path.stat()) for path in (place.parent, place)):
        return None
    about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
    if any(about["columns"][name][column] != told for name, of in columns.items() for column, told in of.items()):
        return None
    shelf = Shelf(place)
    found = Registers({name: shelf.get(f"{name}.{IDS}") for name in columns}, shelf)
    for name, words in about["others"].items():
        domain = found.domain(name)
        domain.others = {word: domain.rows + at for at, word in enumerate(words)}
    for name, of in columns.items():
        for column in of.keys() - {IDS}:
            _hold(found, name, column, Shape(**about["shapes"][name][column]), about["led"][name])
    found.release()
    return found


def _hold(found: Registers, register: str, column: str, shape: Shape, led: Mapping[str, int]) -> None:
    """Take a column from the shelf; no key in it leads beyond its domain."""
    assert found.shelf is not None
    held, cells = found.held[register], as_cells(found.shelf.get(f"{register}.{column}"))
    if len(cells) != held.rows or cells.dtype.itemsize * 8 * cells.ndim != shape.width:
        raise ValueError(column)
    held.shapes[column], held.cells[column] = shape, cells
    if shape.kind == "key":
        lowest, highest = int(cells.min(initial=NOWHERE)), int(cells.max(initial=NOWHERE))
        if lowest < NOWHERE or highest >= len(found.domain(shape.domain)):
            raise ValueError(column)
    if shape.domain:
        found.lead(register, column)
        held.most_led[column] = led[column]
