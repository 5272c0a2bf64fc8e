"""Reads the values that localities have set from a file beside the registers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luoshi.rulebook.cases.case_file import read_text
from luoshi.rulebook.cases.local_values import read_local_value
from luoshi.rulebook.inputs.settings import LocalValue, check_local_value
from luoshi.rulebook.loading.yaml_tree import read_yaml
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where

FILE = "local.yaml"


def load_local_values(folder: Path, pack: Pack) -> tuple[LocalValue, ...]:
    """The local values in a data folder, none when it has no such file; `Refused` with every finding."""
    path = folder / FILE
    if not path.is_file():
        return ()
    findings = Findings()
    where = Where(FILE, 1)
    text = read_text(path, findings, where)
    document = read_yaml(text, where, findings) if text is not None else None
    content: Any = document.content if document else None
    if document and content is not None and not isinstance(content, list):
        findings.add("CASE-012", where, name=FILE, seen=str(content)[:80])
    values = []
    for index, entry in enumerate(content if isinstance(content, list) else []):
        place = Where(FILE, document.line((index,)) if document else 1)
        value = _entry(entry, pack, findings, place)
        if value is not None:
            values.append(value)
            check_local_value(value, pack, findings)
    if findings:
        raise Refused(findings.sorted())
    return tuple(values)


def _entry(entry: Any, pack: Pack, findings: Findings, where: Where) -> LocalValue | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("parameter"), str):
        findings.add("CASE-014", where, name=FILE, seen=str(entry)[:80])
        return None
    rest = {key: value for key, value in entry.items() if key != "parameter"}
    return read_local_value(entry["parameter"], rest, None, pack, findings, where)
