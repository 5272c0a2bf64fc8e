"""The schemas for editors accept every block of the shipped packs, and see what is wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from luoshi.command.schema import KINDS, schema_of
from tests.house.test_glossary import BLOCK
from tools.repository import ROOT

PACKS = ROOT / "src" / "luoshi" / "packs"
DOCUMENTS = sorted(path for path in PACKS.rglob("*.md") if path.name != "README.md")


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2: numbers, true and false; `on` and `no` are texts, and so are dates."""


def _as_text(loader: AsEditorsRead, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] not in {"timestamp", "bool"}]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


@cache
def validator(kind: str) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema_of(kind))
    return Draft202012Validator(schema_of(kind))


def as_json(content: Any) -> Any:
    """What a parser made of YAML, as JSON has it: keys are text, and dates are written out."""
    if isinstance(content, dict):
        return {_key(key): as_json(value) for key, value in content.items()}
    if isinstance(content, list):
        return [as_json(value) for value in content]
    return content.isoformat() if hasattr(content, "isoformat") else content


def _key(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(as_json(key))


def problems(kind: str, text: str, loader: type = yaml.CSafeLoader) -> list[str]:
    content = as_json(yaml.load(text, loader))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(kind).iter_errors(content)]


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, AsEditorsRead])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_block_of_the_shipped_packs_fits(path: Path, loader: type) -> None:
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    assert blocks
    assert not [found for kind, text in blocks for found in problems(kind, text, loader)]


@pytest.mark.parametrize("kind", ["policy", "sample"])
@pytest.mark.parametrize("folder", sorted(path.parent.name for path in PACKS.glob("*/policy.yaml")))
def test_the_other_files_of_the_shipped_packs_fit(folder: str, kind: str) -> None:
    text = (PACKS / folder / f"{kind}.yaml").read_text(encoding="utf-8")
    assert not problems(kind, text, AsEditorsRead)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_seen(kind: str) -> None:
    text = "policy_number: 1" if kind in {"policy", "sample"} else "a: {polcy: 1}"
    assert problems(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("parameter", "p: {title: {zh: 一, en: one}, unit: CNY, 2020-1-1: 5}"),
        ("parameter", "Grant: {title: {zh: 一, en: one}, unit: CNY}"),
        ("fund", "f: {title: {zh: 一}, payer: county}"),
        ("fund", "f: {title: {zh: 一, en: one}, payer: the county}"),
        ("limit", "a-b: {title: {zh: 一, en: one}, of: firm, force: hard, holds: {Big: size > 1}}"),
        ("register", "firm: {fields: {size: {type: integer, title: {zh: 一, en: one}}}}"),
        ("example", "one: {expect: {grant: elligible}}"),
        ("sample", "registers: {firm: {fields: {size: {uniform: {from: 1}}}}}"),
    ],
)
def test_a_mistake_is_seen(kind: str, text: str) -> None:
    assert problems(kind, text)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sample"])
def test_every_key_is_described_in_both_languages(kind: str) -> None:
    schema = schema_of(kind)
    found = [content.get("anyOf", [content])[-1] for content in [schema, *schema["$defs"].values()]]
    bare = [key for content in found for key, value in content.get("properties", {}).items() if not described(value)]
    assert not bare


def described(value: dict[str, Any]) -> bool:
    zh, _, en = value.get("description", "").partition(" · ")
    return bool(re.search(r"[\u4e00-\u9fff]", zh) and en)
