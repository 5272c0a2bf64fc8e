"""Copies of the shipped packs in the canonical layout are the same packs."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from luoshi.rulebook.formatting.blocks import formatted_block
from luoshi.rulebook.formatting.files import format_path, put_in_place
from luoshi.rulebook.formatting.paragraphs import words
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.loading.pack import shipped_folder
from luoshi.rulebook.model.bases import Place
from luoshi.rulebook.model.blocks import Clause, Pack
from tools.repository import text_of

REFERENCE = text_of(Path("docs/reference/blocks.md"))


def said(value: Any) -> Any:
    """A pack as plain values, without the lines on which things stand, in the order in which they stand."""
    if isinstance(value, Place):
        return value.file, value.clause
    if isinstance(value, Clause):
        return value.id, value.title, [words(part) for part in value.text]
    if is_dataclass(value):
        return [
            (field.name, said(getattr(value, field.name)))
            for field in fields(value)
            if field.name not in {"line", "hash"}
        ]
    if hasattr(value, "items"):
        return [(key, said(part)) for key, part in value.items()]
    return [said(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packs side by side, laid out."""
    folder = tmp_path_factory.mktemp("laid-out") / "packs"
    shutil.copytree(shipped_folder(), folder)
    for name in shipped_packs():
        for formatted in format_path(folder / name):
            assert not formatted.findings
            put_in_place(formatted)
    return folder


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_laid_out_says_the_same(name: str, copies: Path) -> None:
    before, after = load_pack(name), load_pack(copies / name)
    for part in fields(Pack):
        if part.name not in {"examples", "hash"}:
            assert said(getattr(after, part.name)) == said(getattr(before, part.name)), part.name
    assert [(item.name, item.content) for item in after.examples] == [
        (item.name, item.content) for item in before.examples
    ]


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_laid_out_stays_and_keeps_its_hash(name: str, copies: Path) -> None:
    found = [*format_path(copies / name)]
    assert found and not [formatted.path for formatted in found if formatted.is_changed]


def test_the_hash_is_that_of_the_text(copies: Path) -> None:
    """A layout that changes a file changes the hash as any change does; one that changes nothing does not."""
    again = copies.parent / "again"
    shutil.copytree(copies, again)
    for formatted in format_path(again / "common"):
        put_in_place(formatted)
    assert load_pack(again / "common").hash == load_pack(copies / "common").hash


def test_the_order_of_keys_is_that_of_the_reference() -> None:
    for kind, block in re.findall(
        r"^```yaml (assume|crosscheck|fact|fund|limit|match|measure|register|table|target)\n(.*?)^```",
        REFERENCE,
        re.M | re.S,
    ):
        written, laid_out = (re.findall(r"^  (\w+):", text, re.M) for text in (block, formatted_block(block, kind)))
        assert written == laid_out, kind
