"""Unified social credit codes (GB 32100): authority, kind, division, nine signs of body, one check sign.

Codes whose division begins with `99` are ours for tests and samples: no division of GB/T 2260 does.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LENGTH = 18
SERIALS = 10**8
TEST_PREFIX = "99"
TEST_DIVISION = "990000"
FIRM, INDIVIDUAL, COOPERATIVE, VILLAGE_COLLECTIVE = "91", "92", "93", "N2"


class BadCreditCode(ValueError):
    """Not a unified social credit code. `reason` is length, sign, division or check."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A well-formed code in its one canonical layout: 18 signs, capitals without I, O, S, V and Z."""

    text: str

    @classmethod
    def parse(cls, written: str) -> CreditCode:
        """The code as somebody wrote it: blanks, hyphens, full-width signs and small letters are put right.

        >>> CreditCode.parse("9144 0300 7152 6726 xg").text
        '9144030071526726XG'
        >>> CreditCode.parse("9144030071526726XH")
        Traceback (most recent call last):
        luoshi.rulebook.values.credit_code.BadCreditCode: check
        """
        text = "".join(unicodedata.normalize("NFKC", written).replace("-", "").split()).upper()
        if len(text) != LENGTH:
            raise BadCreditCode("length")
        if not set(text) <= set(SIGNS):
            raise BadCreditCode("sign")
        if not text[2:8].isdigit():
            raise BadCreditCode("division")
        if check_sign(text[:-1]) != text[-1]:
            raise BadCreditCode("check")
        return cls(text)

    @classmethod
    def of(cls, kind: str, division: str, serial: int) -> CreditCode:
        """The code made of its parts: `kind` is the first two signs, `serial` gives the eight digits of the body.

        >>> CreditCode.of(FIRM, TEST_DIVISION, 1).text
        '919900000000000192'
        """
        if not 0 <= serial < SERIALS:
            raise BadCreditCode("length")
        body = f"{serial:08}"
        start = f"{kind}{division}{body}{body_check_sign(body)}"
        return cls.parse(start + check_sign(start))

    @property
    def kind(self) -> str:
        """Authority and kind: 91 a firm, 92 an individual business, 93 a cooperative, N2 a village collective."""
        return self.text[:2]

    @property
    def division(self) -> str:
        """The six digits of the registering division."""
        return self.text[2:8]

    @property
    def is_test(self) -> bool:
        """Whether the code lies in the range kept for tests and samples."""
        return self.division.startswith(TEST_PREFIX)

    def __str__(self) -> str:
        return self.text


def check_sign(start: str) -> str:
    """The check sign of the first seventeen signs, any of 31.

    >>> check_sign("9144030071526726X")
    'G'
    """
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(WEIGHTS, start, strict=True))
    return SIGNS[-total % len(SIGNS)]


def body_check_sign(body: str) -> str:
    """The ninth sign of the body (GB 11714): a digit or X.

    >>> body_check_sign("71526726")
    'X'
    """
    total = sum(weight * int(sign, 36) for weight, sign in zip(BODY_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % 11]
