"""What the fuzzing starts from: real blocks, expressions and cases, and ways of spoiling them."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from luoshi.rulebook.loading import find_folder, shipped_packs

POLICY = """id: fuzz
title: {zh: 试, en: fuzz}
issuer: {zh: 试, en: fuzz}
status: in-force
in_force: {from: 2000-01-01}
imports: [common]
"""
FENCE = re.compile(r"```yaml \w+\n.*?```\n", re.DOTALL)
EXPRESSION = re.compile(r"^\s+(?:value|where|when|amount|[a-z_]+): ([^{\[\n].*)$", re.MULTILINE)
MARKS = (
    "",
    " ",
    "\n",
    "\t",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "&a ",
    "*a",
    "!!python/object:os.system ",
    "<<: *a",
    "null",
    "~",
    "true",
    "0",
    "-1",
    "9" * 40,
    "1e999",
    "0.0000000000000000000001",
    "2018-02-30",
    "9999-12-31",
    "（",
    "≥",
    "\u0000",
    "\u2028",
    "\ud7ff",
    "```",
    "# ",
    "## 一、",
    "$",
    "or",
    "not ",
    "(" * 200,
    "if(",
    "case when",
    "__import__('os')",
    "; drop table x",
    "--",
    "{{7*7}}",
    "%s",
    "{0.__class__}",
)


@cache
def documents() -> tuple[str, ...]:
    """The texts of the shipped packs' documents."""
    paths = sorted(path for name in shipped_packs() for path in find_folder(name).glob("[0-9]*.md"))
    return tuple(path.read_text(encoding="utf-8") for path in paths)


@cache
def blocks() -> tuple[str, ...]:
    """Every fenced block of the shipped packs, once."""
    found = (block for text in documents() for block in FENCE.findall(text))
    return tuple(sorted({block for block in found if len(block) < 4_000}))


@cache
def expressions() -> tuple[str, ...]:
    """Expressions of the shipped packs."""
    found = (match for text in documents() for match in EXPRESSION.findall(text))
    return tuple(sorted({match for match in found if len(match) < 300}))


@st.composite
def spoiled(draw: st.DrawFn, texts: tuple[str, ...]) -> str:
    """A real text with pieces cut out, doubled, or replaced by something unfitting."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        mark = draw(st.one_of(st.sampled_from(MARKS), st.text(max_size=6), st.just(text[start:end] * 2)))
        text = text[:start] + mark + text[end:]
    return text


def document(parts: list[str]) -> str:
    """A pack document that holds the parts under one clause."""
    return "# 试 · Fuzz\n\n## 一、条 · Clause\n\n" + "\n".join(parts)
