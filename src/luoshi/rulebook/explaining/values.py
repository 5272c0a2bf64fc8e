"""Values in words: amounts with their unit, dates, codes by title, and "not known" where nothing is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import Number, Type
from luoshi.rulebook.values.calendar import NEVER
from luoshi.rulebook.wording import msg, say

_UNITS = {
    "CNY": msg("yuan"),
    "day": msg("days"),
    "month": msg("months"),
    "year": msg("years"),
    "hour": msg("hours"),
    "m2": msg("m²"),
}


def shown(value: Any, kind: Type, lang: str, codes: dict[str, Bilingual] | None = None) -> str:
    """A value as people read it."""
    if value is None:
        return say(lang, msg("not known"))
    if isinstance(value, bool):
        return say(lang, msg("yes") if value else msg("no"))
    if isinstance(value, tuple):
        return f"{value[0]}/{value[1]}"
    if isinstance(value, date):
        return say(lang, msg("never")) if value == NEVER else value.isoformat()
    if isinstance(value, int | Decimal):
        return _number(value, kind, lang)
    return codes[value].say(lang) if codes and value in codes else str(value)


def _number(value: int | Decimal, kind: Type, lang: str) -> str:
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    unit = str(kind.unit) if isinstance(kind, Number) else ""
    if not unit:
        return text
    names = [say(lang, _UNITS[name]) if name in _UNITS else name for name in unit.split("/")]
    return f"{text} {'/'.join(names)}"
