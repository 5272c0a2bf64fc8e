"""Units as people write them behind numbers and in titles."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.office.exchange.books.forms import Field
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.types import Number

MYRIAD = 10_000
WORDS: Mapping[str, Mapping[str, int]] = {
    "CNY": {"元": 1, "万元": MYRIAD, "万": MYRIAD, "yuan": 1, "cny": 1, "rmb": 1, "人民币": 1},
    "m2": {"平方米": 1, "平米": 1, "m2": 1},
    "ha": {"公顷": 1, "ha": 1},
    "mu": {"亩": 1, "mu": 1},
    "kg": {"公斤": 1, "千克": 1, "kg": 1},
    "t": {"吨": 1, "t": 1},
    "kW": {"千瓦": 1, "kw": 1},
    "MW": {"兆瓦": 1, "mw": 1},
    "kWh": {"千瓦时": 1, "度": 1, "kwh": 1},
    "km": {"公里": 1, "千米": 1, "km": 1},
    "kV": {"千伏": 1, "kv": 1},
    "day": {"天": 1, "日": 1, "day": 1, "days": 1},
    "month": {"个月": 1, "月": 1, "month": 1, "months": 1},
    "year": {"年": 1, "year": 1, "years": 1},
    "hour": {"小时": 1, "时": 1, "hour": 1, "hours": 1},
    "person": {"人": 1, "名": 1, "persons": 1, "people": 1},
    "household": {"户": 1, "households": 1},
    "item": {"个": 1, "件": 1, "项": 1, "items": 1},
    "post": {"个": 1, "posts": 1},
    "village": {"个": 1, "村": 1, "villages": 1},
    "workshop": {"个": 1, "家": 1, "workshops": 1},
    "%": {"%": 1},
}
"""By unit of the packs: what people write, in small letters and normal width, and how many of the unit that is."""
TITLES = {"CNY": Bilingual("元", "yuan")}
"""Where the English word is not the unit's own name."""


def unit_of(field: Field) -> str:
    """The unit of a number as the pack writes it, "" for none."""
    return (field.unit or str(field.column.type.unit)) if isinstance(field.column.type, Number) else ""


def accepted(field: Field) -> dict[str, int]:
    """What may stand behind a number of this field, each with how many of the unit it is.

    >>> from luoshi.office.registry.shape import Column
    >>> from luoshi.rulebook.model.types import Number, Unit
    >>> month = Field(Column("pay", Number(2, Unit.parse("CNY/month")), Bilingual("", ""), ""))
    >>> accepted(month)["万元/月"], "元/年" in accepted(month)
    (10000, False)
    """
    above, _, below = unit_of(field).partition("/")
    words = dict(WORDS.get(above, {}))
    if below:
        words |= {f"{one}/{per}": many for one, many in words.items() for per in WORDS.get(below, {below: 1})}
    return words


def is_a_unit(text: str) -> bool:
    """Whether a text, in small letters and normal width, is a unit at all."""
    above, _, below = text.partition("/")
    known = {word for words in WORDS.values() for word in words}
    return above in known and (not below or below in known)


def in_words(field: Field) -> Bilingual:
    """The unit as people read it; both parts empty for none."""
    above, _, below = unit_of(field).partition("/")
    parts = [_title(part) for part in (above, below) if part]
    return Bilingual("/".join(part.zh for part in parts), "/".join(part.en for part in parts))


def _title(unit: str) -> Bilingual:
    return TITLES.get(unit) or Bilingual(next(iter(WORDS.get(unit, {unit: 1}))), unit)
