"""Decides the entries of the manual on every engine, through the real loader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from luoshi.rulebook.cases.rows import RowReader
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.inputs.store import Store
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Where
from tests.spec.reading import Spec

POLICY = """
id: manual
title: {zh: 手册, en: manual}
issuer: {zh: 手册, en: manual}
status: in-force
in_force: {from: 2000-01-01}
"""
SHORT = {
    "money": {"type": "money", "unit": "CNY"},
    "yearly money": {"type": "money", "unit": "CNY/year"},
    "price": {"type": "money", "unit": "CNY/m2"},
    "area": {"type": "decimal", "unit": "m2", "places": 1},
    "open date": {"type": "date", "blank": "never"},
    "months": {"type": "int", "unit": "month"},
    "days": {"type": "int", "unit": "day"},
    "colour": {"type": "code", "codes": {name: {"zh": name, "en": name} for name in ("red", "green", "blue")}},
    "division": {"type": "ref", "to": "area"},
}


class _Plain(yaml.SafeDumper):
    """Writes every value out: packs have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


TITLE = {"zh": "题", "en": "title"}


def write_pack(spec: Spec, folder: Path) -> Path:
    """A pack with the registers and the one expression of an entry."""
    content = spec.content
    registers = {
        "thing": _register(content.get("fields", {})),
        "part": _register({"thing": {"type": "ref", "to": "thing"}, **content.get("members", {})}),
        "area": _register({"name": "text"}),
    }
    if "division" in content.get("fields", {}):
        registers["thing"]["area"] = "division"
    fact = {"result": {"of": "thing", "title": TITLE, "value": content["expression"]}}
    extra = {
        kind: {name: {"title": TITLE, **body} for name, body in content.get(kind, {}).items()}
        for kind in ("parameter", "assume", "table")
    }
    blocks = {"register": registers, **extra, "fact": fact, **content.get("blocks", {})}
    text = "# 手册 · Manual\n\n## 一、条 · Clause\n\n"
    for kind, block in blocks.items():
        if block:
            text += f"```yaml {kind}\n{yaml.dump(block, Dumper=_Plain, allow_unicode=True, sort_keys=False)}```\n\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "1-manual.md").write_text(text, encoding="utf-8")
    return folder


def _register(fields: dict[str, Any]) -> dict[str, Any]:
    return {"title": TITLE, "row": TITLE, "fields": {name: _field(kind) for name, kind in fields.items()}}


def _field(kind: Any) -> dict[str, Any]:
    if isinstance(kind, dict):
        return {"title": TITLE, **kind}
    return {"title": TITLE, **SHORT.get(kind, {"type": kind})}


def load(spec: Spec, folder: Path) -> tuple[Pack, Store]:
    """The pack of an entry and its rows: thing 1, thing 2, … with their parts."""
    pack = load_pack(write_pack(spec, folder))
    findings = Findings()
    reader = RowReader(pack, findings, None, lambda *path: Where("manual"))
    things, parts = {}, {}
    for number, row in enumerate(spec.content["rows"], 1):
        members = row.get("members", [])
        things[f"t{number}"] = {k: v for k, v in row.items() if k not in {"is", "members"}}
        parts |= {f"t{number}p{at}": {"thing": f"t{number}", **part} for at, part in enumerate(members, 1)}
    kept = {} if spec.content.get("not_kept") else {"part": parts}
    areas = {code: {"name": code} for code in spec.content.get("areas", [])}
    reader.read_rows({"thing": things, **kept, **({"area": areas} if areas else {})})
    assert not findings, findings
    return pack, Store(pack, reader.rows)


def on_date(spec: Spec) -> date:
    """The as-of date of an entry."""
    return date.fromisoformat(spec.content.get("on_date", "2020-06-30"))


def by_case(pack: Pack, store: Store, on: date) -> list[Any]:
    """The case engine's results, row by row."""
    engine = CaseEngine(pack, on)
    return [engine.fact(store, "thing", row, "result").value for row in store.rows["thing"]]


def by_sql(pack: Pack, store: Store, on: date) -> list[Any]:
    """The DuckDB engine's results, row by row."""
    return _by_tables(sql.decide_tables, pack, store, on)


def by_native(pack: Pack, store: Store, on: date) -> list[Any]:
    """The native engine's results, row by row."""
    return _by_tables(native.decide_tables, pack, store, on)


def _by_tables(decide: Callable[..., dict[str, pa.Table]], pack: Pack, store: Store, on: date) -> list[Any]:
    table = decide(pack, to_tables(pack, store.rows), on, facts=[("thing", "result")])["thing"]
    found = {row["id"]: row["result"] for row in table.to_pylist()}
    return [found[row] for row in store.rows["thing"]]


ENGINES: dict[str, Callable[[Pack, Store, date], list[Any]]] = {"case": by_case, "sql": by_sql, "native": by_native}
