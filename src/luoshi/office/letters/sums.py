"""Amounts in the capital figures of Chinese bills."""

from __future__ import annotations

from decimal import Decimal

FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
MOST = Decimal(10) ** 12


def in_capitals(amount: Decimal) -> str:
    """An amount of yuan, to the fen.

    >>> [in_capitals(Decimal(one)) for one in ("0", "12000", "10050.30", "0.05", "100000001", "-8.10")]
    ['零元整', '壹万贰仟元整', '壹万零伍拾元叁角整', '伍分', '壹亿零壹元整', '负捌元壹角整']
    >>> in_capitals(Decimal("1001000.06"))
    '壹佰万壹仟元零陆分'
    """
    fen = abs(int((amount * 100).to_integral_exact()))
    if fen != abs(amount * 100) or abs(amount) >= MOST:
        raise ValueError(f"{amount} is no amount of yuan and fen below {MOST}")
    whole, rest = divmod(fen, 100)
    jiao, single = divmod(rest, 10)
    words = f"{_whole(whole)}元" if whole or not fen else ""
    if jiao:
        words += f"{FIGURES[jiao]}角"
    elif single and words:
        words += FIGURES[0]
    return ("负" if amount < 0 else "") + words + (f"{FIGURES[single]}分" if single else "整")


def _whole(number: int) -> str:
    """A whole number; one 零 stands for any zeros between figures."""
    if not number:
        return FIGURES[0]
    digits = str(number)
    words, is_gap = "", False
    for place, digit in enumerate(digits):
        power = len(digits) - place - 1
        if digit == "0":
            is_gap = True
        else:
            words += (FIGURES[0] if is_gap else "") + FIGURES[int(digit)] + PLACES[power % 4]
            is_gap = False
        group = digits[max(0, len(digits) - power - 4) : place + 1]
        if power % 4 == 0 and group.strip("0"):
            words += GROUPS[power // 4]
            is_gap = False
    return words
