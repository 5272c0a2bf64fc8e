"""The committed lists of norms against the specification of the sources, where that is at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.packs.test_coverage import IDS, listed

SPEC = Path(__file__).parents[3] / "shared" / "spec"
WORDS = {"前言": "preface", "末段": "closing", "解释": "interpretation", "附则": "supplementary"}
WORDS |= {"首段": "opening", "责任": "responsible"}
WORDS |= {"页头": "header", "文号": "number", "通知": "notice", "落款": "signature"}
NUMERALS = {numeral: str(value) for value, numeral in enumerate("一二三四五六七八九", 1)}
KINDS = {
    "formula/limit": "limit",
    "award/selection": "selection",
    "monitoring/appraisal": "appraisal",
    "funding rule": "funding",
    "reporting duty": "reporting",
    "record/ledger duty": "record",
}
DOCUMENTS = ("dingxi-2018-a.md", "dingxi-2018-b.md")
LETTER = re.compile(r"#?([a-z])(-定)?$")


def norm_id(written: str) -> str:
    """A clause id of the specification in the form of the packs: 1/五/(一)/1#a is 1/5/1/1#a."""
    text = re.sub(r"\s*\(L.*\)$", "", written)
    match = LETTER.search(text)
    letter = (match[1] + ("-def" if match[2] else "")) if match else "a"
    path = LETTER.sub("", text).strip("/").removesuffix("/前段")
    parts = [re.sub("^段", "p", part.strip("()（）")) for part in path.split("/")]
    return "/".join(WORDS.get(part, NUMERALS.get(part, part)) for part in parts) + "#" + letter


def rows(file: str) -> list[tuple[str, str]]:
    """The norm rows of a specification: id and kind."""
    found = []
    for line in (SPEC / file).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        kind = KINDS.get(cells[1], cells[1]) if len(cells) >= 4 else ""
        if line.startswith("|") and kind in ALL_KINDS:
            found.append((cells[0], kind))
    return found


ALL_KINDS = {kind for name in ("dingxi-2018", "lishui-draft") for kind in listed(name).values()}
ABSENT = pytest.mark.skipif(not SPEC.is_dir(), reason="the specification of the sources is not at hand")


@pytest.mark.shared
@ABSENT
def test_lishui_norms_are_those_of_the_specification() -> None:
    assert {norm_id(f"1/{name}"): kind for name, kind in rows("lishui-draft.md")} == listed("lishui-draft")


@pytest.mark.shared
@ABSENT
def test_dingxi_norms_are_those_of_the_specification() -> None:
    wanted = {norm_id(name): kind for file in DOCUMENTS for name, kind in rows(file)}
    assert wanted == listed("dingxi-2018")


def test_the_lists_are_there() -> None:
    assert [path.name for path in sorted(IDS.glob("*.txt"))] == ["dingxi-2018.txt", "lishui-draft.txt"]
