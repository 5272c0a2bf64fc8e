"""How the paraphrase of a clause and sums of money are put on a page, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.office.runs.reached import Reached
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.formatting.paragraphs import words
from luoshi.rulebook.model.bases import Bilingual
from luoshi.rulebook.model.nodes import Value
from luoshi.rulebook.model.types import Type

RATE, MONEY = "rate", "CNY"
"""The units of rates and of plain sums of money, as packs write them."""
MYRIAD, MILLION = Decimal(10_000), Decimal(1_000_000)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NEEDLESS = re.compile(r"(?<=[、，。；：）]) ")
"""A space where a line ended after a full-width mark."""
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Text:
    """Paragraphs, and the language they are really in."""

    paragraphs: tuple[str, ...]
    lang: str


@dataclass(frozen=True)
class Sum:
    """A sum of money as it is read: digits and unit."""

    digits: str
    unit: str


def in_language(paragraphs: Iterable[str], lang: str) -> Text:
    """The paragraphs that are written in `lang`; all of them when none is, marked as the other language."""
    whole = [_NEEDLESS.sub("", " ".join(words(paragraph))) for paragraph in paragraphs]
    own = tuple(text for text in whole if language(text) == lang)
    return Text(own, lang) if own or not whole else Text(tuple(whole), language(whole[0]))


def language(text: str) -> str:
    """The language of a text, `zh` or `en`; names and quotations of the other language do not decide.

    >>> language("“贷款人”是放款的一方 (the lender)"), language('"贷款人" is the lender in law; here the borrower')
    ('zh', 'en')
    """
    return "zh" if 2 * len(_CHINESE.findall(text)) >= len(_LATIN.findall(text)) else "en"


def money(amount: Decimal, lang: str) -> Sum:
    """A sum in yuan: whole below the unit of large sums, with at most two places of that unit from there on.

    >>> money(Decimal("9999.50"), "zh"), money(Decimal("43500"), "zh")
    (Sum(digits='9,999.5', unit='元'), Sum(digits='4.35', unit='万元'))
    """
    if lang == "en":
        return Sum(_short(amount / MILLION), "m yuan") if abs(amount) >= MILLION else Sum(_short(amount), "yuan")
    return Sum(_short(amount / MYRIAD), "万元") if abs(amount) >= MYRIAD else Sum(_short(amount), "元")


def worded(value: Value, kind: Type, unit: str, lang: str, codes: dict[str, Bilingual] | None = None) -> str:
    """A value as people read it: a rate as a percentage, a sum of money with its unit, a code by its title.

    >>> from luoshi.rulebook.model.types import BOOL
    >>> worded(Decimal("0.0775"), BOOL, "rate", "zh"), worded(True, BOOL, "", "zh")
    ('7.75%', '是')
    """
    if unit == RATE and isinstance(value, Decimal):
        return f"{percent(value)}%"
    if unit == MONEY and isinstance(value, Decimal):
        amount = money(value, lang)
        return f"{amount.digits} {amount.unit}"
    return shown(value, kind, lang, codes)


def percent(value: Decimal) -> str:
    """A rate in percent, without needless zeros.

    >>> percent(Decimal("0.0775")), percent(Decimal("1.00")), percent(Decimal("0"))
    ('7.75', '100', '0')
    """
    return f"{(value * 100).normalize() + 0:f}"


def number_reached(found: Reached) -> str:
    """What an area has reached of a target: a number, or a share with its two counts; empty while it is not known.

    >>> number_reached(Reached(Decimal("0.8"), Decimal(1), 12, 15)), number_reached(Reached(Decimal(83), Decimal(100)))
    ('80% (12/15)', '83')
    """
    if found.value is None:
        return ""
    if found.whole is None:
        return _short(found.value)
    return f"{_short(100 * found.value)}% ({found.part:,}/{found.whole:,})"


def _short(amount: Decimal) -> str:
    text = f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")
