"""What an engine answers: states of conditions, outcomes of measures, and where each sits in a result row.

All engines share this layout. Per measure: outcome, amount, a mask of unmet and a mask of unknown conditions. Bit i is
condition i in the order of the measure; the bit after the last condition marks an unknown amount.
"""

from __future__ import annotations

from enum import IntEnum

from luoshi.rulebook.model.blocks import Measure


class State(IntEnum):
    """The state of a condition."""

    UNMET = 0
    MET = 1
    UNKNOWN = 2

    @classmethod
    def of(cls, value: bool | None) -> State:
        """The state of a three-valued truth."""
        return cls.UNKNOWN if value is None else cls(int(value))

    @property
    def word(self) -> str:
        """The word used in every output."""
        return self.name.lower()


NOT_APPLICABLE = "not_applicable"
"""The word for a row that a limit, a target or a duty is not about."""

SUSPICIONS = {State.UNMET: "clear", State.MET: "found", State.UNKNOWN: "unknown"}
"""The words for what an integrity check comes to: the state of its pattern."""

FULFILMENTS = {State.UNMET: "not_done", State.MET: "done", State.UNKNOWN: "unknown"}
"""The words for what a duty comes to in a row that tells of it: the state of its `done`."""


class Outcome(IntEnum):
    """The outcome of a measure for a subject; the numbers are those stored in result files."""

    NOT_IN_FORCE = 0
    ELIGIBLE = 1
    INELIGIBLE = 2
    UNDETERMINED = 3

    @property
    def word(self) -> str:
        """The word used in every output."""
        return self.name.lower()


COUNTED = {"eligible": Outcome.ELIGIBLE, "undetermined": Outcome.UNDETERMINED, "ineligible": Outcome.INELIGIBLE}
"""What the budget of a run counts, in the order of its columns."""


def outcome_of(unmet: int, unknown: int) -> Outcome:
    """One unmet condition refuses; otherwise one unknown leaves it open; otherwise eligible."""
    if unmet:
        return Outcome.INELIGIBLE
    return Outcome.UNDETERMINED if unknown else Outcome.ELIGIBLE


def amount_bit(measure: Measure) -> int:
    """The bit of the unknown mask that marks an unknown amount."""
    return len(measure.conditions)


def mask_bits(measure: Measure) -> int:
    """Bits a mask of the measure needs: its conditions and the amount, rounded up to 8, 16, 32 or 64."""
    needed = len(measure.conditions) + 1
    return next(width for width in (8, 16, 32, 64) if needed <= width)
