"""Writes the pages of `docs/reference` that are made from what they describe: language, findings, schemas."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from luoshi.command.schema import KINDS, schema_of
from luoshi.rulebook.wording.catalogue import CATALOGUE
from tests.spec.reading import CHAPTERS, FENCE
from tools.messages import translated
from tools.repository import ROOT, text_of

REFERENCE = Path("docs", "reference")
GRAMMAR = Path("src/luoshi/rulebook/loading/expression.lark")
CONTEXT = ("on_date", "areas", "parameter", "assume", "table", "blocks")
LANGUAGE_HEAD = """\
# The expression language

This page is made from `tests/spec/manual` by `make docs`. Every entry is a test that all engines pass: an expression,
the types of the fields it reads, and for each row the result. A dash is a blank: nothing is known there. Entries marked
*refused* say with which [finding](findings.md).

How expressions stand in blocks is told in [blocks.md](blocks.md).
"""
FINDINGS_HEAD = """\
# Findings

What `luoshi` reports about packs, cases and data. This page is made from the catalogue by `make docs`. Words in braces
are filled with the facts. Codes are never reused.
"""
GRAMMAR_HEAD = """\
## The whole grammar

What it does not derive does not exist.
"""
FAMILIES = {
    "PACK": "Packs: files, headings, blocks",
    "EXPR": "Expressions",
    "CASE": "Cases and values set by localities",
    "CHECK": "What a reviewer would ask",
    "REVIEW": "What a careful reader would ask",
    "TEXT": "The official text",
    "DATA": "Registers as files and tables",
    "SAMPLE": "Plans of synthetic cities",
    "SIM": "Simulations",
}


def language_page() -> str:
    """The manual of the language, from the specification tests."""
    chapters = [_chapter(path.read_text(encoding="utf-8")) for path in sorted(CHAPTERS.glob("*.md"))]
    grammar = (
        f"## The whole grammar\n\nWhat it does not derive does not exist.\n\n```\n{text_of(GRAMMAR).rstrip()}\n```\n"
    )
    return "\n".join([LANGUAGE_HEAD, *chapters, grammar])


def _chapter(text: str) -> str:
    entries = FENCE.sub(lambda match: _entry(yaml.load(match[1], Loader=yaml.BaseLoader)), text)
    return re.sub(r"^(#+ )", r"#\1", entries, flags=re.MULTILINE)


def _entry(content: dict[str, Any]) -> str:
    shown = {key: content[key] for key in CONTEXT if key in content}
    parts = [f"```\n{content['expression']}\n```\n"]
    if shown:
        parts.append(f"```yaml\n{yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=110)}```\n")
    if "refused" in content:
        parts.append(f"{_types(content)}*Refused*: [{content['refused']}](findings.md).\n")
    else:
        parts.append("\n".join(_table(content)) + "\n")
    return "\n".join(parts)


def _types(content: dict[str, Any]) -> str:
    fields = content.get("fields", {})
    return "With " + ", ".join(f"`{name}` {_type(kind)}" for name, kind in fields.items()) + ": " if fields else ""


def _type(kind: Any) -> str:
    if isinstance(kind, dict):
        return f"{kind['type']} to {kind['to']}" if "to" in kind else " ".join(map(str, kind.values()))
    return str(kind)


def _table(content: dict[str, Any]) -> Iterator[str]:
    fields, members = content.get("fields", {}), content.get("members", {})
    heads = [f"{name} ({_type(kind)})" for name, kind in fields.items()]
    if members or content.get("not_kept"):
        heads.append("rows of `part`: " + ", ".join(f"{name} ({_type(kind)})" for name, kind in members.items()))
    yield "| " + " | ".join([*heads, "result"]) + " |"
    yield "|" + "---|" * (len(heads) + 1)
    for row in content["rows"]:
        cells = [row.get(name, "–") for name in fields]
        if content.get("not_kept"):
            cells.append("not kept")
        elif members:
            cells.append("; ".join(_member(part, members) for part in row.get("members", [])) or "none")
        yield "| " + " | ".join([*cells, f"**{row['is']}**"]) + " |"


def _member(part: dict[str, str], members: dict[str, Any]) -> str:
    return ", ".join(part.get(name, "–") for name in members) or "one"


def findings_page() -> str:
    """Every finding with its words in both languages and what to do."""
    chinese = {message.id: message.string for message in translated()}
    lines = [FINDINGS_HEAD]
    for family, title in FAMILIES.items():
        codes = sorted(code for code in CATALOGUE if code.startswith(family + "-"))
        if codes:
            lines += [f"## {title}\n", "| code | what | what to do |", "|---|---|---|"]
            for code in codes:
                cells = (_plain(f"{text} · {chinese.get(text, '')}") for text in CATALOGUE[code])
                lines.append(f"| {code} | " + " | ".join(cells) + " |")
            lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}").replace("|", "\\|").replace("```", "").replace("<", "&lt;")


def schema_page(kind: str) -> str:
    """The JSON Schema of a kind of block, of policy.yaml or of sample.yaml."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"


PAGES = {REFERENCE / "language.md": language_page, REFERENCE / "findings.md": findings_page} | {
    REFERENCE / "schema" / f"{kind}.json": partial(schema_page, kind) for kind in KINDS
}

if __name__ == "__main__":
    for page, made in PAGES.items():
        (ROOT / page).parent.mkdir(exist_ok=True)
        (ROOT / page).write_text(made(), encoding="utf-8")
        print(page)
