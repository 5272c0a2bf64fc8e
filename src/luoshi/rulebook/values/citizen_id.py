"""Citizen identity numbers (GB 11643): six digits of address, eight of birth, three serial, one check sign.

The address part is that of the first registration and may be a division that no longer exists, so it is not compared
with today's divisions. Numbers that begin with `99` are ours for tests and samples: no province of GB/T 2260 has the
code 99, and on the cards of foreign residents, which begin with 9, a province code follows. No such number can ever be
a real person's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"
TEST_PREFIX = "99"
TEST_ADDRESS = "990000"
FIRST_YEAR = 1850
SERIALS = 500


class BadCitizenId(ValueError):
    """Not a citizen identity number. `reason` is length, sign, birth_date or check."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A well-formed identity number in its one canonical layout: 18 signs, the last a digit or a capital X."""

    text: str

    @classmethod
    def parse(cls, written: str) -> CitizenId:
        """The number as somebody wrote it: blanks between, full-width digits and a small x are put right.

        >>> CitizenId.parse("110105 19491231 002x").text
        '11010519491231002X'
        >>> CitizenId.parse("110105194902290021")
        Traceback (most recent call last):
        luoshi.rulebook.values.citizen_id.BadCitizenId: birth_date
        """
        text = "".join(unicodedata.normalize("NFKC", written).split()).upper()
        if len(text) != len(WEIGHTS) + 1:
            raise BadCitizenId("length")
        if not text.isascii() or not text[:-1].isdigit() or not (text[-1].isdigit() or text[-1] == "X"):
            raise BadCitizenId("sign")
        if _birth_date(text) is None:
            raise BadCitizenId("birth_date")
        if check_sign(text[:-1]) != text[-1]:
            raise BadCitizenId("check")
        return cls(text)

    @classmethod
    def of(cls, address: str, birth_date: date, sex: str, serial: int) -> CitizenId:
        """The number made of its parts; `serial` counts people of one sex with one address and birthday, from 0 to 499.

        >>> CitizenId.of(TEST_ADDRESS, date(1990, 3, 7), "female", 0).text
        '990000199003070005'
        """
        if not 0 <= serial < SERIALS or sex not in {"female", "male"}:
            raise BadCitizenId("sign")
        body = f"{address}{birth_date:%Y%m%d}{2 * serial + (sex == 'male'):03}"
        return cls.parse(body + check_sign(body))

    @property
    def address(self) -> str:
        """The six digits of the division of first registration."""
        return self.text[:6]

    @property
    def birth_date(self) -> date:
        """The day of birth."""
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def sex(self) -> str:
        """`female` or `male`.

        >>> CitizenId.parse("11010519491231002X").sex
        'female'
        """
        return "male" if int(self.text[16]) % 2 else "female"

    @property
    def is_test(self) -> bool:
        """Whether the number lies in the range kept for tests and samples."""
        return self.text.startswith(TEST_PREFIX)

    def __str__(self) -> str:
        return self.text


def check_sign(body: str) -> str:
    """The check sign of the first seventeen digits.

    >>> check_sign("11010519491231002")
    'X'
    """
    return CHECK_SIGNS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


def _birth_date(text: str) -> date | None:
    try:
        day = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None
