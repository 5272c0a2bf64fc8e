"""Why the treasury refuses something. Nothing is kept then."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


class Refused(Exception):
    """Something that is not done; nothing has changed."""


class WrongDecision(Refused, ValueError):
    """A decision that cannot be kept; `fields` are what is wrong with it."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(", ".join(self.fields))


class WrongAmount(Refused, ValueError):
    """An amount that is no sum of money: not above zero, or finer than a fen; or above what it may be."""


class NoReason(Refused, ValueError):
    """A step that needs its reason, or its paper."""


class Short(Refused):
    """There is not enough. `gap` is missing; `covers` are who has to cover it, in the order of the policy."""

    def __init__(self, gap: Decimal, covers: Iterable[str] = ()) -> None:
        self.gap, self.covers = gap, tuple(covers)
        super().__init__(f"{gap} is missing")


class NeverCharged(Refused):
    """Money of a tier that the policy keeps from paying, or that does not pay this fund. `payer` is the tier."""

    def __init__(self, payer: str) -> None:
        self.payer = payer
        super().__init__(payer)


class NotPayer(Refused):
    """An area at whose level a measure is not paid: the offices that pay it are above."""


class YearClosed(Refused):
    """The year of the fund is closed in this area."""


class Busy(Refused):
    """Somebody else is at it this moment."""


class OwnMoney(Refused):
    """Money of the one who would say that it is paid all the same: somebody else has to look."""


class WrongStep(Refused):
    """A step that there is no way to from where something stands; somebody else may have been first."""


class SamePerson(Refused):
    """Somebody who has made or checked a batch does not let it pass."""


class FindingsOpen(Refused):
    """Findings or checks that were not made are not settled yet. `number` of them."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(str(number))


class ListChanged(Refused):
    """A list is not what was checked."""


class WrongFile(Refused, ValueError):
    """A file that is not taken as a whole. `reason` says why, `row` where, `seen` and `wanted` what."""

    def __init__(self, reason: str, row: int | None = None, seen: str = "", wanted: str = "") -> None:
        self.reason, self.row, self.seen, self.wanted = reason, row, seen, wanted
        super().__init__(reason)
