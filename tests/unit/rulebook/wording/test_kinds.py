"""Kinds of values are said in the reader's language; what stands in parentheses is left as it is."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.types import KindWords
from luoshi.rulebook.wording import LANGUAGES, say
from luoshi.rulebook.wording.kinds import KINDS, split


@pytest.mark.parametrize(
    ("words", "parts"),
    [("date", ("date", "")), ("code (red, green)", ("code", " (red, green)")), ("a (b) (c)", ("a", " (b) (c)"))],
)
def test_the_details_are_split_off(words: str, parts: tuple[str, str]) -> None:
    assert split(KindWords(words)) == parts


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_said_in_both_languages(kind: str) -> None:
    said = [say(lang, "{kind}", kind=KindWords(kind + " (x)")) for lang in LANGUAGES]
    assert said[1] == kind + " (x)"
    assert said[0] != said[1] and said[0].endswith(" (x)")
