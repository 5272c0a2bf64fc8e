"""Texts people read exist in both languages and say the same things."""

import re
from string import Formatter

from tools.messages import CATALOGUE, extracted, translated

MESSAGES = [message for message in translated() if message.id]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_texts_were_collected() -> None:
    assert [message for message in extracted() if message.id]


def test_the_catalogue_is_in_step_with_the_code() -> None:
    marked = {message.id for message in extracted() if message.id}
    listed = {message.id for message in MESSAGES}
    assert marked == listed, f"run make messages: {sorted(marked ^ listed)}"


def without_placeholders(text: str) -> str:
    return "".join(words for words, _, _, _ in Formatter().parse(text))


def test_every_text_is_translated() -> None:
    bare = [message.id for message in MESSAGES if not message.string or message.fuzzy]
    assert bare == [], f"translate it in {CATALOGUE.name}"
    worded = [message for message in MESSAGES if re.search(r"[a-z]{5}", without_placeholders(message.id))]
    assert [message.id for message in worded if not re.search(r"[\u4e00-\u9fff]", message.string)] == []


def test_a_translation_has_the_same_placeholders() -> None:
    assert [one.id for one in MESSAGES if placeholders(one.id) != placeholders(one.string)] == []
