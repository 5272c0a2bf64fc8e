"""Packs made to be slow or large: refused within two seconds and two hundred megabytes, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.material import POLICY, document

pytestmark = pytest.mark.fuzz
MOST_MEGABYTES = 200
LONGEST_SECONDS = 2.0
PROBE = r"""
import re, sys, time
from pathlib import Path
from luoshi.rulebook.loading import try_load
start = time.perf_counter()
loaded = try_load(Path(sys.argv[1]))
most = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(time.perf_counter() - start, most, len(loaded.findings))
"""


def fence(kind: str, text: str) -> str:
    return f"```yaml {kind}\n{text}\n```\n"


def register(fields: str) -> str:
    return fence("register", f"thing: {{title: {{zh: 物, en: thing}}, row: {{zh: 物, en: thing}}, fields: {fields}}}")


FIELD = "{a: {type: int, title: {zh: 数, en: number}}}"


def many_aliases() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    return document([fence("register", "\n".join(lines))])


def deep_nesting() -> str:
    return document([fence("register", "thing: " + "[" * 100_000)])


def deep_mapping() -> str:
    return document([fence("register", "thing: " + "{a: " * 20_000)])


def deep_expression() -> str:
    text = "(" * 900 + "a" + ")" * 900
    return document([register(FIELD), fence("fact", f"f: {{of: thing, value: '{text}'}}")])


def long_chain() -> str:
    facts = "\n".join(f"f{i}: {{of: thing, value: f{i + 1} + 1}}" for i in range(4_000))
    return document([register(FIELD), fence("fact", facts + "\nf4000: {of: thing, value: a}")])


def growing_numbers() -> str:
    facts = "\n".join(f"f{i}: {{of: thing, value: f{i + 1} * f{i + 1}}}" for i in range(60))
    return document([register(FIELD), fence("fact", facts + "\nf60: {of: thing, value: a}")])


def many_expressions() -> str:
    text = " + ".join(["a"] * 480)
    facts = "\n".join(f"f{i}: {{of: thing, value: {text}}}" for i in range(500))
    return document([register(FIELD), fence("fact", facts)])


def many_headings() -> str:
    return "# 试 · Bomb\n\n" + "".join(f"## {i}. 条 · Clause\n\n" for i in range(60_000))


def brackets() -> str:
    return document(["[" * 400_000, "*" * 200_000, "> " * 100_000])


def long_line() -> str:
    return document([fence("norm", "a: {kind: duty, force: must, zh: " + "字" * 300_000 + ", en: x}")])


def huge_table() -> str:
    rows = "\n".join(f"    - {{k: {i}, value: 1}}" for i in range(20_000))
    head = "t:\n  title: {zh: 表, en: table}\n  keys: {k: {type: int}}\n  value: {unit: item}\n  rows:\n"
    return document([fence("table", head + rows)])


def many_fields() -> str:
    fields = ", ".join(f"a{i}: {{type: int, title: {{zh: 数, en: n}}}}" for i in range(8_000))
    return document([register("{" + fields + "}")])


BOMBS: list[Callable[[], str]] = [
    many_aliases,
    deep_nesting,
    deep_mapping,
    deep_expression,
    long_chain,
    growing_numbers,
    many_expressions,
    many_headings,
    brackets,
    long_line,
    huge_table,
    many_fields,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_bomb(bomb: Callable[[], str], tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("imports: [common]\n", ""), encoding="utf-8")
    (tmp_path / "1-bomb.md").write_text(bomb(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, megabytes, _ = (float(word) for word in done.stdout.split())
    assert megabytes < MOST_MEGABYTES
    assert seconds < LONGEST_SECONDS
