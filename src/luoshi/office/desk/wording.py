"""How the paraphrase of a clause and sums of money are put on a page, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.rulebook.formatting.paragraphs import words

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


def _short(amount: Decimal) -> str:
    text = f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")
