"""Words for people: messages in Chinese and English through gettext. English is the message id, Chinese the default."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import files
from typing import Any

from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import KindWords
from luoshi.rulebook.wording.kinds import split
from luoshi.rulebook.wording.marking import msg

__all__ = ["LANGUAGES", "msg", "say"]
LANGUAGES = ("zh", "en")


def say(lang: str, message: str, facts: Mapping[str, Any] | None = None, /, **more: Any) -> str:
    """A message in a language, its `{placeholders}` filled with facts.

    >>> say("en", "{count} findings", count=3)
    '3 findings'
    """
    text = _translations(lang).gettext(message)
    return text.format_map(_Shown(lang, {**(facts or {}), **more}))


class _Shown(dict[str, Any]):
    """Facts as shown: lists as enumerations, texts in the language; a fact that is not there as an ellipsis."""

    def __init__(self, lang: str, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self._lang = lang
        self._comma = ", " if lang == "en" else "、"

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, KindWords):
            base, details = split(value)
            return _translations(self._lang).gettext(base) + details
        if isinstance(value, Bilingual):
            return value.say(self._lang)
        return self._comma.join(str(item) for item in value) if isinstance(value, list | tuple) else value

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def _translations(lang: str) -> NullTranslations:
    folder = files("luoshi") / "locale"
    return translation("luoshi", str(folder), languages=[lang], fallback=True) if lang != "en" else NullTranslations()
