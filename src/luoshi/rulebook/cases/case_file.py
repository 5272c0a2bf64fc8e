"""Reads a case: the subject, rows of other registers, local parameters and judgements, all as plain written values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.rulebook.cases.local_values import read_local_value
from luoshi.rulebook.cases.rows import RowReader
from luoshi.rulebook.inputs.settings import LocalValue, check_local_value
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.loading.scope import near
from luoshi.rulebook.loading.yaml_tree import Document, read_yaml
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where

MOST_BYTES = 1_000_000
KEYS = ("subject", "fields", "rows", "changed", "parameters", "judgements", "given")


@dataclass(frozen=True)
class Case:
    """A subject with everything known about it. `subject` is None when a whole register is looked at."""

    store: Store
    subject: str | None
    subject_id: Any
    local: tuple[LocalValue, ...]


def load_case(path: Path, pack: Pack) -> Case:
    """The case in a YAML file, or `Refused` with every finding."""
    findings = Findings()
    where = Where(path.name, 1)
    case = None
    text = read_text(path, findings, where)
    document = read_yaml(text, where, findings) if text is not None else None
    if document is not None:
        case = read_case(document.content, pack, findings, where, document)
    if case is None or findings:
        raise Refused(findings.sorted())
    return case


def read_text(path: Path, findings: Findings, where: Where) -> str | None:
    """The text of an input file; None, with a finding, when it is too large or cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            findings.add("PACK-003", where, size=path.stat().st_size, most=MOST_BYTES)
            return None
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.add("PACK-002", where, byte=problem.start)
    except OSError as problem:
        findings.add("CASE-001", where, problem=problem.strerror or "")
    return None


def read_case(
    content: Any, pack: Pack, findings: Findings, where: Where, document: Document | None = None
) -> Case | None:
    """The case in a YAML tree; None, with findings, when the tree has no usable shape."""
    return _CaseReader(pack, findings, where, document).read(content)


class _CaseReader:
    def __init__(self, pack: Pack, findings: Findings, where: Where, document: Document | None) -> None:
        self.pack, self.findings, self._where, self._document = pack, findings, where, document

    def where(self, *path: str | int) -> Where:
        line = self._document.line(path) if self._document else self._where.line
        return Where(self._where.file, line, self._where.clause)

    def read(self, content: Any) -> Case | None:
        if not isinstance(content, dict):
            self.findings.add("CASE-002", self.where(), known=KEYS)
            return None
        for key in content:
            if key not in KEYS:
                self.findings.add("CASE-003", self.where(key), name=key, near=near(key, list(KEYS)) or ", ".join(KEYS))
        parts = {key: self._mapping(content, key) for key in KEYS[1:]}
        subject = content.get("subject")
        if subject is not None and (not isinstance(subject, str) or subject not in self.pack.registers):
            name = str(subject)[:80]
            self.findings.add("CASE-011", self.where("subject"), name=name, near=near(name, self.pack.registers))
            return None
        reader = RowReader(self.pack, self.findings, subject, self.where)
        subject_id = self._subject(reader, subject, parts) if subject is not None else None
        reader.read_rows(parts["rows"])
        reader.change_rows(parts["changed"])
        store = Store(self.pack, reader.rows)
        local = self._local(parts["parameters"], store.area(subject, subject_id) if subject else None)
        return Case(store, subject, subject_id, local)

    def _mapping(self, content: dict[str, Any], key: str) -> dict[str, Any]:
        value = content.get(key) or {}
        if not isinstance(value, dict):
            self.findings.add("CASE-012", self.where(key), name=key, seen=str(value)[:80])
            return {}
        return value

    def _subject(self, reader: RowReader, subject: str, parts: Mapping[str, dict[str, Any]]) -> Any:
        fields = dict(parts["fields"])
        default = self.pack.policy.jurisdiction if subject == "area" else "this"
        subject_id = fields.pop("id", None) or default
        if not reader.is_id(subject, subject_id, ("fields", "id")):
            subject_id = "this"
        reader.open_subject(subject_id)
        for key in ("judgements", "given"):
            for name in parts[key]:
                if (subject, name) not in self.pack.facts:
                    known = [fact for of, fact in self.pack.facts if of == subject]
                    self.findings.add("CASE-013", self.where(key, name), name=name, near=near(name, known))
        reader.subject_row(fields, "fields")
        for key in ("judgements", "given"):
            given = {name: value for name, value in parts[key].items() if (subject, name) in self.pack.facts}
            reader.subject_row(given, key)
        return subject_id

    def _local(self, written: dict[str, Any], area: str | None) -> tuple[LocalValue, ...]:
        values = []
        for name, content in written.items():
            value = read_local_value(name, content, area, self.pack, self.findings, self.where("parameters", name))
            if value is not None:
                values.append(value)
                check_local_value(value, self.pack, self.findings)
        return tuple(values)
