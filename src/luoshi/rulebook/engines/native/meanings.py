"""What a node means in a row: truths, numbers, days and keys, each with what says whether it is known."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.engines.native.forging import NARROW, WIDE, WORD, Expr, Forge

WIDTHS = (NARROW, WORD, WIDE, 256, 512)


@dataclass(frozen=True, eq=False)
class Truth:
    """Met, unmet, or neither: then it is unknown."""

    met: Expr
    unmet: Expr


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number: `value` is the number × 10^`places`, from `low` to `high` wherever it is known."""

    value: Expr
    known: Expr
    places: int
    low: int
    high: int

    @property
    def most(self) -> int:
        """How far from zero it can be."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True, eq=False)
class Day:
    """A day, counted from 1 January 1970."""

    value: Expr
    known: Expr


@dataclass(frozen=True, eq=False)
class Key:
    """A code, a text or a reference: its place in the list of all that occur in its `domain`."""

    value: Expr
    known: Expr
    domain: str


@dataclass(frozen=True, eq=False)
class Part:
    """A share: rows that are part, of the rows that are the whole; both unknown when it is undecided."""

    part: Quantity
    whole: Quantity


Valued = Quantity | Day | Key
Lowered = Truth | Valued | Part


def width_of(*reached: int) -> int:
    """The narrowest width that holds numbers that reach so far from zero, with one number to spare.

    >>> width_of(2**31 - 1), width_of(-(2**31)), width_of(10**38)
    (32, 64, 128)
    """
    most = max(abs(number) for number in reached)
    return next(width for width in WIDTHS if most < 1 << (width - 1))


class Truths:
    """Kleene's three values."""

    def __init__(self, forge: Forge) -> None:
        self.forge = forge

    def of(self, value: Expr, known: Expr) -> Truth:
        """The truth of a bit that may be unknown."""
        make = self.forge
        return Truth(make.both(known, value), make.both(known, make.negated(value)))

    def written(self, value: bool | None) -> Truth:
        """A written truth; None is unknown."""
        return Truth(self.forge.truth(value is True), self.forge.truth(value is False))

    def known(self, item: Truth | Valued) -> Expr:
        """Whether a value is there."""
        return self.forge.either(item.met, item.unmet) if isinstance(item, Truth) else item.known

    def missing(self, item: Truth | Valued) -> Expr:
        """Whether a value is not there."""
        return self.forge.negated(self.known(item))

    def every(self, *items: Truth) -> Truth:
        """And."""
        make = self.forge
        return Truth(make.both(*[item.met for item in items]), make.either(*[item.unmet for item in items]))

    def some(self, *items: Truth) -> Truth:
        """Or."""
        make = self.forge
        return Truth(make.either(*[item.met for item in items]), make.both(*[item.unmet for item in items]))

    def negated(self, item: Truth) -> Truth:
        """Not."""
        return Truth(item.unmet, item.met)

    def where(self, test: Expr, item: Truth) -> Truth:
        """The truth where the test holds, elsewhere unknown."""
        return Truth(self.forge.both(test, item.met), self.forge.both(test, item.unmet))

    def select(self, test: Expr, yes: Truth, no: Truth) -> Truth:
        """One of two truths, by a bit."""
        make = self.forge
        return Truth(make.select(test, yes.met, no.met), make.select(test, yes.unmet, no.unmet))
