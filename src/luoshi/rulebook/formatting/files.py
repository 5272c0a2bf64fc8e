"""The files of a pack in the canonical layout: what each would say, and putting it in place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.rulebook.formatting.blocks import formatted_policy
from luoshi.rulebook.formatting.markdown import formatted_document
from luoshi.rulebook.formatting.sameness import said_by_document, said_by_yaml
from luoshi.rulebook.loading.documents import FILE_NAME
from luoshi.rulebook.loading.reading import list_files, read_text
from luoshi.rulebook.model.findings import Finding, Findings, Where

POLICY = "policy.yaml"


@dataclass(frozen=True)
class Formatted:
    """A file before and after; with findings it stays as it is."""

    path: Path
    before: str = ""
    after: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether the file is not in the canonical layout yet."""
        return not self.findings and self.before != self.after


def format_path(path: Path) -> Iterator[Formatted]:
    """Each file of a pack's folder, or the one file given."""
    if path.is_dir():
        names = list_files(path)
        if not names:
            yield Formatted(path, findings=[Finding("PACK-006", Where(path.name))])
        for name in names:
            yield _format_file(path / name, name)
    elif not path.is_file():
        yield Formatted(path, findings=[Finding("PACK-001", Where(path.name))])
    elif path.name == POLICY or FILE_NAME.fullmatch(path.name):
        yield _format_file(path, path.name)
    else:
        yield Formatted(path, findings=[Finding("PACK-070", Where(path.name))])


def _format_file(path: Path, name: str) -> Formatted:
    findings = Findings()
    text = read_text(path, findings)
    if text is None:
        return Formatted(path, findings=findings.sorted())
    return Formatted(path, _as_stored(path), format_text(text, name, findings), findings.sorted())


def _as_stored(path: Path) -> str:
    """The text with its line ends and byte-order mark, which the canonical layout does not have."""
    return path.read_bytes().decode("utf-8")


def format_text(text: str, name: str, findings: Findings) -> str:
    """The text of a file of a pack in the canonical layout; as it is, with findings, when it cannot be read."""
    said = _said(text, name, findings)
    if findings:
        return text
    after = formatted_policy(text) if name == POLICY else formatted_document(text)
    if _said(after, name, Findings()) != said:
        findings.add("PACK-071", Where(name))
        return text
    return after


def _said(text: str, name: str, findings: Findings) -> Any:
    if name == POLICY:
        return said_by_yaml(text, Where(name, 1), findings)
    return said_by_document(text, name, findings)


def put_in_place(formatted: Formatted) -> None:
    """The file says `after` from now on; whoever reads it sees either the old text or the new one, never a part."""
    place = formatted.path.resolve()
    beside = place.with_name(f".{place.name}.new")
    try:
        beside.write_text(formatted.after, encoding="utf-8", newline="\n")
        shutil.copymode(place, beside)
        os.replace(beside, place)
    finally:
        beside.unlink(missing_ok=True)
