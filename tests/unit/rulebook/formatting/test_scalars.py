"""How a value is written: what reads back as the same, with no more quotes than that takes."""

from itertools import product

import pytest
import yaml

from luoshi.rulebook.formatting.scalars import is_bare, is_other_than_text, written

SIGNS = "a:#-?,]{&*!|>'\"%@` .=<~0"


def in_block(text: str, **more: bool) -> str:
    return written(text, quoted=more.get("quoted", True), in_braces=False)


def in_braces(text: str) -> str:
    return written(text, quoted=True, in_braces=True)


@pytest.mark.parametrize(
    "text", ["a", "a b", "a: b"[:2] + "b", "x > 1", "（一）车间", "a#b", "$grant", "it's", "a, b", "?a"]
)
def test_no_quotes_where_none_are_needed(text: str) -> None:
    assert in_block(text) == text


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a: b", "a:", "a #b", "- a", "-", "? a", "[a", "{a", "'a", "*a", "&a", "@a", "--- a"]
)
def test_quotes_where_they_are_needed(text: str) -> None:
    assert in_block(text) == f'"{text}"'


def test_in_braces_more_is_quoted() -> None:
    assert [in_braces(text) for text in ("a, b", "f(a)", "a]", ":a", "?", "a:?", "a:b")] == [
        '"a, b"', "f(a)", '"a]"', '":a"', '"?"', '"a:?"', "a:b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["6211", "0.50", "1e3", "0x1f", "0o17", "true", "No", "null", "~", "2019-01-01", ".inf"]
)
def test_a_text_that_looks_like_something_else_keeps_its_quotes_and_gets_none(text: str) -> None:
    assert is_other_than_text(text)
    assert in_block(text) == f'"{text}"'
    assert in_block(text, quoted=False) == text


def test_nothing_is_null() -> None:
    assert written(None, quoted=False, in_braces=True) == "null"


def test_double_quotes_inside_get_single_ones_outside() -> None:
    assert in_block('"a" it\'s') == "'\"a\" it''s'"
    assert in_block('a "b": c\\d') == "'a \"b\": c\\d'"


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "\x85", "\u2028", '"\x07\\', "\ufeff"])
def test_what_cannot_be_seen_is_escaped(text: str) -> None:
    assert not is_bare(text)
    assert in_block(text).isprintable()
    assert yaml.load(in_block(text), yaml.CSafeLoader) == text


@pytest.mark.parametrize("form", ["k: {}\n", "- {}\n", "{}: b\n"])
def test_every_short_text_reads_back_in_a_block(form: str) -> None:
    assert not [text for text in texts() if text not in read(form, in_block(text))]


@pytest.mark.parametrize("form", ["[{}]\n", "[a, {}]\n", "{{k: {}}}\n", "{{{}: b}}\n"])
def test_every_short_text_reads_back_in_braces(form: str) -> None:
    assert not [text for text in texts() if text not in read(form, in_braces(text))]


def texts() -> list[str]:
    return ["".join(signs) for length in (1, 2) for signs in product(SIGNS, repeat=length)] + ["a:?", "a:,", "a ::"]


def read(form: str, text: str) -> list[str]:
    events = yaml.parse(form.format(text), Loader=yaml.CSafeLoader)
    return [event.value for event in events if isinstance(event, yaml.ScalarEvent)]
