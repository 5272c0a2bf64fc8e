"""Every word that a pack, a result or a user meets stands in the glossary, and means one thing."""

import re
from collections import Counter
from pathlib import Path

import yaml

from luoshi.rulebook.model.outcomes import Outcome, State
from tools.repository import ROOT, text_of

ROW = re.compile(r"^\| (?P<chinese>[^|]+) \| (?P<words>[^|]+) \| (?P<meaning>[^|]+) \|$", re.M)
BLOCK = re.compile(r"^```ya?ml ([a-z]+)\n(.*?)^```", re.S | re.M)
PACKS = sorted((ROOT / "src" / "luoshi" / "packs").glob("*/*.md"))
HEADINGS = {"中文", "---"}


def rows() -> list[tuple[str, list[str], str]]:
    """The rows of all tables: Chinese term, English identifiers, meaning."""
    found = [match.group("chinese", "words", "meaning") for match in ROW.finditer(text_of(Path("GLOSSARY.md")))]
    return [
        (zh.strip(), re.findall(r"`([^`]+)`", words), meaning) for zh, words, meaning in found if zh not in HEADINGS
    ]


def identifiers() -> list[str]:
    return [word for _, words, _ in rows() for word in words]


def blocks() -> list[tuple[str, str]]:
    """Kind and content of every block of every shipped pack."""
    return [match.group(1, 2) for path in PACKS for match in BLOCK.finditer(path.read_text(encoding="utf-8"))]


def test_every_row_has_an_identifier_and_a_meaning() -> None:
    assert len(rows()) > 50
    bare = [zh for zh, words, meaning in rows() if not words or not meaning.strip()]
    assert not bare


def test_a_word_means_one_thing() -> None:
    assert not [word for word, times in Counter(identifiers()).items() if times > 1]


def test_a_chinese_term_has_one_row() -> None:
    assert not [term for term, times in Counter(zh for zh, _, _ in rows()).items() if times > 1]


def test_registers_of_all_packs_are_explained() -> None:
    registers = {name for kind, text in blocks() if kind == "register" for name in yaml.safe_load(text)}
    assert registers
    missing = sorted(registers - set(identifiers()))
    assert not missing


def test_kinds_of_block_are_explained() -> None:
    kinds = set(re.findall(r"^## ([a-z]+):", text_of(Path("docs/reference/blocks.md")), re.M)) | {
        k for k, _ in blocks()
    }
    assert len(kinds) > 10
    missing = sorted(kinds - set(identifiers()))
    assert not missing


def test_words_of_results_are_explained() -> None:
    words = {outcome.word for outcome in Outcome} | {state.word for state in State}
    missing = sorted(words - set(identifiers()))
    assert not missing
