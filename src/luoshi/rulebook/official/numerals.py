"""Numerals in Chinese and in digits, exactly."""

from __future__ import annotations

from fractions import Fraction

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1_000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
CHINESE = "".join([*DIGITS, *TENS])
MOST_SIGNS = 24


def number(written: str) -> Fraction | None:
    """The value of a numeral in digits or in Chinese, with 万 and 亿; None when it is none.

    >>> [str(number(text)) for text in ("2万", "36.53万", "三千五百", "二〇一八", "十二", "一百零五万", "3千")]
    ['20000', '365300', '3500', '2018', '12', '1050000', '3000']
    """
    text = written.replace(",", "")
    if not text or len(text) > MOST_SIGNS:
        return None
    total, part = Fraction(0), ""
    for sign in text:
        if sign in MYRIADS:
            value = _below_myriad(part) if part else None
            if value is None:
                return None
            total, part = (total + value) * MYRIADS[sign] if sign == "亿" else total + value * MYRIADS[sign], ""
        else:
            part += sign
    rest = _below_myriad(part) if part else Fraction(0)
    return None if rest is None else total + rest


def _below_myriad(text: str) -> Fraction | None:
    """A numeral without 万 and 亿: digits, digits before 百 or 千, Chinese with or without tens."""
    power = 1
    while len(text) > 1 and text[0].isascii() and text[-1] in TENS:
        power *= TENS[text[-1]]
        text = text[:-1]
    if text[0].isascii():
        whole, point, decimals = text.partition(".")
        good = whole.isdecimal() and whole.isascii() and (not point or (decimals.isdecimal() and decimals.isascii()))
        return Fraction(text) * power if good else None
    if any(sign not in DIGITS and sign not in TENS for sign in text):
        return None
    if not any(sign in TENS for sign in text):
        return Fraction(int("".join(str(DIGITS[sign]) for sign in text)))
    return _with_tens(text)


def _with_tens(text: str) -> Fraction:
    total, digit = 0, None
    for sign in text:
        if sign in TENS:
            total += (1 if digit is None else digit) * TENS[sign]
            digit = None
        else:
            digit = DIGITS[sign] or None
    return Fraction(total + (digit or 0))


def in_chinese(value: int) -> str:
    """A whole number from 0 to 9999 in Chinese, as headings count; larger ones in digits.

    >>> [in_chinese(value) for value in (3, 10, 12, 40, 105, 2018)]
    ['三', '十', '十二', '四十', '一百零五', '二千零一十八']
    """
    if not 0 < value < 10_000:
        return str(value)
    signs, gap = "", False
    for sign, power in (("千", 1_000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            signs += ("零" if gap and signs else "") + "零一二三四五六七八九"[digit] + sign
        gap = digit == 0
    return signs.removeprefix("一") if 10 <= value < 20 else signs
