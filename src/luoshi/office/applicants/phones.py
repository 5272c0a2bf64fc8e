"""Telephone numbers as people type them."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_BETWEEN = re.compile(r"[\s\-‐–()（）]+")


def find_mobile(text: str) -> str | None:
    """The eleven digits of a mobile number, however it is typed; None for anything else.

    >>> find_mobile(" +86 138-0000 1234 "), find_mobile("１３８００００１２３４"), find_mobile("0932-821234")
    ('13800001234', '13800001234', None)
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).removeprefix("+").removeprefix("86")
    return digits if _MOBILE.fullmatch(digits) else None


def masked_mobile(phone: str) -> str:
    """A number as it is shown.

    >>> masked_mobile("13800001234")
    '138****1234'
    """
    return f"{phone[:3]}****{phone[-4:]}"
