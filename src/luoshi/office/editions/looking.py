"""The look at an edition: everything that is wrong in its files, and whether its worked examples come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from luoshi.rulebook.checking.soundness import soundness
from luoshi.rulebook.checking.testing import run_examples
from luoshi.rulebook.loading import try_load
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding
from luoshi.rulebook.wording.catalogue import describe

Told = Callable[[int, int], None]
MOST_SHOWN = 500
"""Findings and failing examples that are kept: more nobody reads, and all are counted."""
AT_A_TIME = 20
LONGEST_LINE = 400


def load(folder: Path) -> tuple[Pack | None, list[dict[str, Any]]]:
    """The pack in a folder with its examples, and what is wrong with it; None where it does not load."""
    loaded = try_load(folder)
    found = loaded.findings + (soundness(loaded.pack) if loaded.pack else [])
    return loaded.pack, list(worded(found, folder))


def worded(findings: Iterable[Finding], folder: Path | None = None) -> Iterator[dict[str, Any]]:
    """Findings in both languages, as values of JSON, with the line of the file that each is about."""
    lines = _Lines(folder)
    for finding in islice(findings, MOST_SHOWN):
        (zh, do_zh), (en, do_en) = describe(finding, "zh"), describe(finding, "en")
        where = finding.where
        yield {
            "code": finding.code, "file": where.file, "line": where.line, "clause": where.clause,
            "zh": zh, "en": en, "do_zh": do_zh, "do_en": do_en, "source": lines.of(where.file, where.line),
        }  # fmt: skip


def try_examples(pack: Pack, told: Told) -> dict[str, Any]:
    """How many examples there are, how many fail, and those that do with what is wrong."""
    failed: list[Mapping[str, Any]] = []
    done = 0
    for done, tested in enumerate(run_examples(pack), 1):
        if tested.problems:
            place = tested.example.place
            name = {"name": tested.example.name, "file": place.file, "line": place.line}
            failed.append(name | {"problems": list(tested.problems)})
        if done % AT_A_TIME == 0:
            told(done, len(pack.examples))
    return {"count": done, "bad": len(failed), "failed": failed[:MOST_SHOWN]}


class _Lines:
    """The lines of the files in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, list[str]] = {}

    def of(self, file: str, line: int) -> str:
        """A line, counted from 1; empty where there is none."""
        if self._folder is None or not line:
            return ""
        if file not in self._files:
            path = self._folder / file
            there = bool(file) and path.resolve().is_relative_to(self._folder.resolve()) and path.is_file()
            self._files[file] = path.read_text("utf-8-sig", errors="replace").splitlines() if there else []
        lines = self._files[file]
        return lines[line - 1].strip()[:LONGEST_LINE] if line <= len(lines) else ""
