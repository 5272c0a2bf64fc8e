"""The types of the expression language: truth, exact numbers with units, dates, codes, references.

Every number is an exact decimal with a fixed count of decimal places and a bound on its digits, so that all engines can
work on scaled integers and agree to the last fen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

MEASURED = frozenset({"CNY", "day", "month", "year", "hour", "m2", "ha", "mu", "kW", "MW", "kWh", "kg", "t", "km"})
MOST_DIGITS = 38
NARROW_DIGITS = 18


class KindWords(str):
    """English words for a kind of value, such as `whole number (month)`; findings say them in the reader's language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of measured units, such as CNY/month. Countable things (person, item) have no unit."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Unit:
        """The unit written as `CNY`, `CNY/m2`, `kW`; words for countable things give no unit.

        >>> str(Unit.parse("CNY/m2") * Unit.parse("m2"))
        'CNY'
        """
        above, _, below = text.partition("/")
        unit = cls._of(above, 1)
        return unit * cls._of(below, -1) if below else unit

    @classmethod
    def _of(cls, name: str, power: int) -> Unit:
        return cls(((name, power),)) if name in MEASURED else cls()

    def __mul__(self, other: Unit) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + power
        return Unit(tuple(sorted((n, p) for n, p in powers.items() if p)))

    def __truediv__(self, other: Unit) -> Unit:
        return self * Unit(tuple((name, -power) for name, power in other.powers))

    def __str__(self) -> str:
        above = " ".join(n for n, p in self.powers if p > 0 for _ in range(p))
        below = "/".join(n for n, p in self.powers if p < 0 for _ in range(-p))
        return (above or "1") + "/" + below if below else above

    def __bool__(self) -> bool:
        return bool(self.powers)


@dataclass(frozen=True, slots=True)
class Bool:
    """Met, unmet (or unknown)."""

    def __str__(self) -> str:
        return KindWords("yes or no")


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal: `places` after the point, at most `digits` digits in all, measured in `unit`."""

    places: int = 0
    unit: Unit = field(default_factory=Unit)
    digits: int = 9

    @property
    def step(self) -> int | Decimal:
        """The smallest difference between two such numbers."""
        return Decimal(1).scaleb(-self.places) if self.places else 1

    def __str__(self) -> str:
        step = f"0.{'1'.zfill(self.places)}" if self.places else ""
        details = f"{step} {self.unit}".strip()
        name = "number" if self.places else "whole number"
        return KindWords(f"{name} ({details})" if details else name)


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    def __str__(self) -> str:
        return KindWords("date")


@dataclass(frozen=True, slots=True)
class Code:
    """One of a closed list of codes."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return KindWords(f"code ({', '.join(self.codes)})")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, compared only for equality."""

    def __str__(self) -> str:
        return KindWords("text")


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a row of another register."""

    register: str

    def __str__(self) -> str:
        return KindWords(f"reference ({self.register})")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, kept as two counts; it can only be compared with a rate."""

    def __str__(self) -> str:
        return KindWords("share of a whole")


Type = Bool | Number | Date | Code | Text | Ref | Share

BOOL, DATE, TEXT, SHARE = Bool(), Date(), Text(), Share()
COUNT = Number(0, Unit(), 9)
CNY = Unit((("CNY", 1),))
DAY, MONTH, YEAR = (Unit(((name, 1),)) for name in ("day", "month", "year"))
