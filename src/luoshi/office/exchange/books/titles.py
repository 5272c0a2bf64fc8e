"""Titles and names in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata

_ENDING = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*[*＊]?\s*$")


def folded(text: str) -> str:
    """The text without width, case, blanks and punctuation.

    >>> folded(" ＊ 家庭年收入 （元／年）")
    '家庭年收入元年'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def without_ending(text: str) -> str:
    """A title without what stands in brackets at its end.

    >>> without_ending("金额（万元）*")
    '金额'
    """
    return _ENDING.sub("", text).rstrip()


def ending(text: str) -> str:
    """What stands in brackets at the end of a title, "" for nothing.

    >>> ending("金额（万元）*")
    '万元'
    """
    found = _ENDING.search(text)
    return found[1].strip() if found else ""
