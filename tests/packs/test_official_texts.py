"""The shipped packs against their official texts, where those are at hand: outlines, figures, slips."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.loading.headings import WORDS
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Findings
from luoshi.rulebook.official.comparing import compare
from luoshi.rulebook.official.figures import figures
from luoshi.rulebook.official.lines import Line
from luoshi.rulebook.official.outline import OfficialText
from luoshi.rulebook.official.parsing import parse_text, read_text
from luoshi.rulebook.official.plain_files import plain_lines
from tests.unit.rulebook.official.texts import pdf_bytes, word_bytes

SOURCES = Path(__file__).parents[3] / "shared" / "sources"
NAMES = ("dingxi-2018", "lishui-draft")
DIFFERENT = {"TEXT-020", "TEXT-021", "TEXT-022", "TEXT-023", "TEXT-024"}
# Headings under which a pack puts the unnumbered paragraphs of a clause.
PARAGRAPHS = {"2/3/1", "2/3/2"}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SOURCES.is_dir(), reason="the official texts are not at hand"),
]


@cache
def pack(name: str) -> Pack:
    return load_pack(name)


@cache
def official(name: str) -> tuple[OfficialText, list[Finding]]:
    return read_text(SOURCES / f"{name}.txt")


def lines_of(name: str) -> list[Line]:
    return plain_lines((SOURCES / f"{name}.txt").read_bytes(), "text.txt", Findings())


def test_what_is_repaired() -> None:
    repairs = {name: [finding.code for finding in official(name)[1]] for name in NAMES}
    assert repairs == {"dingxi-2018": ["TEXT-010", "TEXT-014"], "lishui-draft": ["TEXT-016"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_of_the_text_stands_in_the_pack_and_no_other(name: str) -> None:
    found = [finding for finding in compare(official(name)[0], pack(name)) if finding.code in DIFFERENT]
    found = [finding for finding in found if finding.where.clause not in PARAGRAPHS]
    assert not found, [(finding.code, str(finding.where), finding.facts) for finding in found]


@pytest.mark.parametrize("name", NAMES)
def test_the_ids_are_those_of_packs(name: str) -> None:
    words = set(WORDS.values())
    for clause in official(name)[0].clauses():
        assert all(part.isdecimal() or part in words for part in clause.id.split("/"))


@pytest.mark.parametrize("name", NAMES)
def test_a_slip_in_a_figure_shows(name: str) -> None:
    """Every seventh figure is written wrong, one at a time; four in five are noticed."""
    lines, tried, noticed = lines_of(name), 0, 0
    places = [(place, figure.written) for place, line in enumerate(lines) for figure in figures(line.text)]
    before = len(compare(parse_text(lines, "text.txt", Findings()), pack(name)))
    for place, written in places[::7]:
        digits = re.search(r"\d[\d.]*", written)
        if digits and not written.startswith("〔"):
            line = lines[place]
            wrong = str(int(digits[0][0]) % 8 + 1) + digits[0][1:]
            spoilt = [*lines[:place], line.saying(line.text.replace(digits[0], wrong, 1)), *lines[place + 1 :]]
            tried += 1
            noticed += len(compare(parse_text(spoilt, "text.txt", Findings()), pack(name))) > before
    assert tried and noticed >= tried * 4 // 5


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_other_kinds_of_file_say_the_same(kind: str, tmp_path: Path) -> None:
    name = "lishui-draft"
    texts = [line.text for line in lines_of(name)]
    wrapped = [text[start : start + 40] for text in texts for start in range(0, len(text), 40)]
    pages = [wrapped[start : start + 35] for start in range(0, len(wrapped), 35)]
    path = tmp_path / f"text.{kind}"
    path.write_bytes(word_bytes(texts) if kind == "docx" else pdf_bytes(pages))
    assert [clause.id for clause in read_text(path)[0].clauses()] == [
        clause.id for clause in official(name)[0].clauses()
    ]
    assert {finding.code for finding in compare(read_text(path)[0], pack(name))} <= {"TEXT-025"}
