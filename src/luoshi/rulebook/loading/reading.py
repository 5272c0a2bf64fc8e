"""Reads a pack folder: policy, documents and their blocks, shaped but not yet resolved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from luoshi.rulebook.loading.documents import FILE_NAME, RawBlock, read_document
from luoshi.rulebook.loading.shapes import KEBAB_KEY, KEYS, SHAPES
from luoshi.rulebook.loading.shapes.policies import PolicyShape
from luoshi.rulebook.loading.shapes.written import Shape
from luoshi.rulebook.loading.validating import validate
from luoshi.rulebook.loading.yaml_tree import Document, read_yaml
from luoshi.rulebook.model.bases import Place
from luoshi.rulebook.model.blocks import Clause
from luoshi.rulebook.model.findings import Findings, Where

MOST_FILE_BYTES = 1_000_000
MOST_PACK_BYTES = 3_000_000
MOST_FILES = 64
EXAMPLES = "examples"
"""The sub-folder for worked cases, under the same headings as the documents they are about."""


@dataclass(frozen=True)
class Entry:
    """One block entry: its kind, id and shape, with the lines of its keys."""

    kind: str
    id: str
    shape: Shape
    document: Document
    place: Place

    def where(self, *path: str | int) -> Where:
        """The position of a key inside the entry."""
        return Where(self.place.file, self.document.line((self.id, *path)), self.place.clause)


@dataclass
class RawPack:
    """A pack as read: nothing refers to anything yet."""

    policy: PolicyShape
    hash: str
    clauses: dict[str, Clause] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


def read_pack(folder: Path, findings: Findings, *, examples: bool = True) -> RawPack | None:
    """The pack in a folder; None when it has no readable policy.yaml. Its hash is the same without the examples."""
    texts = dict(_texts(folder, findings))
    if findings and not texts:
        return None
    digest = _digest(texts)
    policy = _policy(texts.pop("policy.yaml", None), findings)
    if policy is None:
        return None
    raw = RawPack(policy, digest)
    for file, text in texts.items():
        if file.startswith(EXAMPLES) and not examples:
            continue
        document = read_document(text, file, findings)
        for clause in document.clauses:
            if not file.startswith(EXAMPLES):
                raw.clauses.setdefault(clause.id, clause)
        for block in document.blocks:
            raw.entries.extend(_entries(block, findings))
    return raw


def _texts(folder: Path, findings: Findings) -> Iterator[tuple[str, str]]:
    """The files that make up a pack, with their texts, in the order of their numbers."""
    if not folder.is_dir():
        findings.add("PACK-001", Where(folder.name))
        return
    names = list_files(folder)
    if len(names) > MOST_FILES:
        findings.add("PACK-004", Where(folder.name), files=len(names), most=MOST_FILES)
        return
    total = 0
    for name in names:
        text = read_text(folder / name, findings)
        total += len(text or "")
        if total > MOST_PACK_BYTES:
            findings.add("PACK-003", Where(name), size=total, most=MOST_PACK_BYTES)
            return
        if text is not None:
            yield name, text


def list_files(folder: Path) -> list[str]:
    """The names of the files that make up a pack, in the order of their numbers."""
    ordered = sorted((order, path) for path in _paths(folder) if (order := _order(path.name)) is not None)
    return [path.relative_to(folder).as_posix() for _, path in ordered]


def _paths(folder: Path) -> Iterator[Path]:
    """The files of a pack: those of its folder, and the worked cases beside them."""
    yield from folder.iterdir()
    if (folder / EXAMPLES).is_dir():
        yield from (path for path in (folder / EXAMPLES).iterdir() if path.name != "policy.yaml")


def _order(name: str) -> tuple[int, str] | None:
    """Where a file stands in its pack: the policy first, documents by number; None for a file that is no part of it."""
    if name == "policy.yaml":
        return (-1, name)
    match = FILE_NAME.fullmatch(name)
    return (int(match[1]), name) if match else None


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of a file of a pack; None, with a finding, when it is too large or no UTF-8."""
    if not path.is_file():
        return None
    size = path.stat().st_size
    if size > MOST_FILE_BYTES:
        findings.add("PACK-003", Where(path.name), size=size, most=MOST_FILE_BYTES)
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.add("PACK-002", Where(path.name), byte=problem.start)
        return None


def _policy(text: str | None, findings: Findings) -> PolicyShape | None:
    where = Where("policy.yaml", 1)
    if text is None:
        findings.add("PACK-005", where)
        return None
    document = read_yaml(text, where, findings)
    return validate(PolicyShape, document, (), where, findings) if document else None


def _digest(texts: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{len(texts[name])}\0{texts[name]}".encode())
    return digest.hexdigest()


def _entries(block: RawBlock, findings: Findings) -> Iterator[Entry]:
    where = Where(block.place.file, block.place.line, block.place.clause)
    if block.kind not in SHAPES:
        findings.add("PACK-030", where, seen=block.kind, known=list(SHAPES))
        return
    if "/" not in block.place.clause:
        findings.add("PACK-034", where)
        return
    document = read_yaml(block.text, where, findings)
    if document is None:
        return
    if not isinstance(document.content, dict):
        findings.add("PACK-035", where, kind=block.kind)
        return
    for key in document.content:
        entry = _entry(block, key, document, findings)
        if entry:
            yield entry


def _entry(block: RawBlock, key: str, document: Document, findings: Findings) -> Entry | None:
    place = Place(block.place.file, document.line((key,)), block.place.clause)
    where = Where(place.file, place.line, place.clause)
    if not re.fullmatch(KEYS.get(block.kind, KEBAB_KEY), key):
        findings.add("PACK-036", where, seen=key, kind=block.kind)
        return None
    shape = validate(SHAPES[block.kind], document, (key,), where, findings)
    return Entry(block.kind, key, shape, document, place) if shape else None
