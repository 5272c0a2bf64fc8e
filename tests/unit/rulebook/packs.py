"""Tiny packs: blocks as text, written to a folder and loaded. `BOTH` stands for a text in both languages.

A comment such as `# PACK-041` at the end of a line says that this finding is expected on that line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from luoshi.rulebook.cases.case_file import Case, read_case
from luoshi.rulebook.loading import Loaded, try_load
from luoshi.rulebook.loading.yaml_tree import read_yaml
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings, Where

BOTH = "{zh: 题, en: title}"
HEAD = "# 试 · Test\n\n## 一、条 · Clause\n\n"
CLAUSE = "1/1"
POLICY = """id: tiny
title: {zh: 小策, en: tiny policy}
issuer: {zh: 某局, en: an office}
jurisdiction: "3311"
status: in-force
in_force: {from: 2000-01-01}
"""
BASE = """register
area:
  title: {zh: 区划, en: area}
  row: BOTH
  key: [id]
  fields: {name: {type: text, title: {zh: 名称, en: name}}}
firm:
  title: {zh: 企业, en: firm}
  row: BOTH
  area: area
  fields:
    name: {type: text, title: {zh: 名称, en: name}}
    area: {type: ref, to: area, title: {zh: 所在地, en: place}}
thing:
  title: {zh: 物件, en: thing}
  row: BOTH
  area: firm.area
  fields:
    size: {type: int, title: {zh: 大小, en: size}}
    price: {type: money, unit: CNY, title: {zh: 价格, en: price}}
    ratio: {type: rate, title: {zh: 比例, en: ratio}}
    good: {type: bool, title: {zh: 良好, en: good}}
    born: {type: date, title: {zh: 起始日, en: start}}
    ended: {type: date, blank: never, title: {zh: 终止日, en: end}}
    label: {type: text, title: {zh: 标签, en: label}}
    colour:
      type: code
      title: {zh: 颜色, en: colour}
      codes: {red: {zh: 红, en: red hue}, green: {zh: 绿, en: green hue}, blue: {zh: 蓝, en: blue hue}}
    firm: {type: ref, to: firm, title: {zh: 企业, en: firm}}
    next: {type: ref, to: thing, title: {zh: 下一件, en: next}}
part:
  title: {zh: 部件, en: parts}
  row: BOTH
  fields:
    thing: {type: ref, to: thing, title: {zh: 所属物件, en: thing}}
    paid: {type: money, unit: CNY, title: {zh: 付款, en: payment}}
    good: {type: bool, title: {zh: 合格, en: sound}}
    day: {type: date, title: {zh: 日期, en: day}}
    maker: {type: text, title: {zh: 制造者, en: maker}}
--- parameter
least: {title: {zh: 下限, en: least size}, unit: item, 2000-01-01: 5}
grant: {title: {zh: 补助额, en: grant}, unit: CNY, 2000-01-01: 100.00, 2010-01-01: 200.00}
half: {title: {zh: 半年, en: half a year}, unit: month, 2000-01-01: 6}
share:
  title: {zh: 贴息比例, en: interest share}
  unit: rate
  local: {set_by: [county, city], min: 0.50, max: 1.00, step: 0.05, instrument: {zh: 财政文件, en: finance paper}}
tone:
  title: {zh: 色调, en: tone}
  type: code
  codes: {red: {zh: 赤, en: crimson}, green: {zh: 青, en: verdant}}
  local: {set_by: [county]}
--- assume
strict:
  title: {zh: 从严, en: strictness}
  type: bool
  default: true
  reading: {zh: 从严解释, en: read strictly}
  alternatives: {false: {zh: 从宽解释, en: read generously}}
spoken: {title: BOTH, reading: BOTH, alternatives: [BOTH]}
--- table
bands:
  title: {zh: 档位, en: bands}
  keys: {term: {type: int, match: band}}
  value: {unit: rate}
  rows: [{term: {from: 1, to: 12}, value: 0.0435}, {term: {from: 13}, value: 0.0475}]
"""
_FENCE = re.compile(r"^--- (\w+)\n", re.MULTILINE)
_MARK = re.compile(r"# ((?:[A-Z]+-\d{3} ?)+)$")


def document(blocks: str, head: str = HEAD) -> str:
    """A pack document of blocks: the kind on the first line, more kinds after `--- kind`."""
    kind, _, rest = blocks.partition("\n")
    texts = [kind, *_FENCE.split(rest)] if not rest.startswith("--- ") else _FENCE.split(rest)
    pairs = zip([texts[0], *texts[2::2]], texts[1::2], strict=True)
    fences = "\n".join(f"```yaml {name}\n{text.rstrip()}\n```\n" for name, text in pairs)
    return head + fences.replace("BOTH", BOTH)


@cache
def try_blocks(blocks: str, base: str = BASE, policy: str = POLICY) -> Loaded:
    """A pack of blocks beside the common ones, with its findings."""
    return try_files({"policy.yaml": policy, "0-base.md": document(base), "1-test.md": document(blocks)})


def try_files(files: Mapping[str, str | bytes], name: str = "tiny") -> Loaded:
    """A pack of these files, with its findings."""
    with TemporaryDirectory() as folder:
        return try_load(write_files(Path(folder) / name, files))


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def write_pack(folder: Path, blocks: str, base: str = BASE, policy: str = POLICY) -> Path:
    """A pack folder with these blocks beside the common ones."""
    return write_files(folder, {"policy.yaml": policy, "0-base.md": document(base), "1-test.md": document(blocks)})


def pack_of(blocks: str, base: str = BASE, policy: str = POLICY) -> Pack:
    """A pack of blocks that has no findings."""
    loaded = try_blocks(blocks, base, policy)
    assert loaded.pack is not None, loaded.findings
    return loaded.pack


def expected(text: str) -> list[tuple[str, int]]:
    """The findings that the comments of a text announce, with their lines."""
    marks = [(number, _MARK.search(line)) for number, line in enumerate(text.splitlines(), 1)]
    return sorted((code, number) for number, mark in marks if mark for code in mark[1].split())


def seen(findings: list[Finding], file: str = "1-test.md") -> list[tuple[str, int]]:
    """Findings as code and line; all must stand in one file."""
    assert {finding.where.file for finding in findings} <= {file}, findings
    return sorted((finding.code, finding.where.line) for finding in findings)


def codes(findings: list[Finding]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def case_of(pack: Pack, text: str) -> Case:
    """The case in a YAML text; it must have no findings."""
    case, findings = try_case(pack, text)
    assert case is not None and not findings, findings
    return case


def try_case(pack: Pack, text: str) -> tuple[Case | None, list[Finding]]:
    """The case in a YAML text as far as it can be read, with its findings."""
    findings = Findings()
    where = Where("case.yaml", 1)
    tree: Any = read_yaml(text, where, findings)
    case = read_case(tree.content, pack, findings, where, tree) if tree else None
    return case, findings.sorted()
