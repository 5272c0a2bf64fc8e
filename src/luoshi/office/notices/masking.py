"""What the public may see of somebody: a name with its middle covered. Numbers of persons are refused, not covered."""

from __future__ import annotations

import re
import unicodedata

from luoshi.office.notices.errors import NotShowable

HIDDEN = "*"
WITH_END = 3
"""Signs from which on a name keeps its last one."""
LONGEST = 5
"""Signs that a covered name has at most: how long a long one is tells who it is."""
TELLING_DIGITS = 7
"""So many digits in a row may be a telephone, an account or an id; no year, day or amount of a notice is as long."""
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_RUN = re.compile(rf"(?:\d[\s\-—–._/\\·*()（）]*){{{TELLING_DIGITS},}}")


def masked_name(name: str) -> str:
    """The name of a person as a notice shows it: the first sign, and of three and more the last.

    >>> masked_name("张明"), masked_name("张小明"), masked_name("欧阳小明"), masked_name("买买提·吐尔逊")
    ('张*', '张*明', '欧**明', '买***逊')
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    signs = [sign for sign in plain if unicodedata.category(sign)[0] in "LM"]
    if not signs:
        raise NotShowable("a person without a name", "no-name")
    if len(signs) == 1:
        return HIDDEN
    if len(signs) < WITH_END:
        return signs[0] + HIDDEN
    return signs[0] + HIDDEN * min(len(signs) - 2, LONGEST - 2) + signs[-1]


def showable(text: str, what: str) -> str:
    """The text, its blanks tidied, where no run of digits in it may point to a person; else `NotShowable`.

    >>> showable(" 样例镇  一村 ", "place"), showable("自2023-12-31起", "heading")
    ('样例镇 一村', '自2023-12-31起')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if _RUN.search(_DAY.sub("", plain)):
        raise NotShowable(f"{what} holds {TELLING_DIGITS} digits or more in a row", "digits", what=what)
    return " ".join(text.split())
