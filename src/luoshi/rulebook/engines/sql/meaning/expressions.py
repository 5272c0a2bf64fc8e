"""Expressions over the columns of one register: few, plain and total operations that every dialect has.

Meaning is settled in the modules that make them: dialects only spell. Numbers are scaled integers; `None` is unknown; a
`case` whose test is unknown goes on to the next arm, as in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a column holds. WHOLE has 64 bits, WIDE 38 decimal digits; BITS are masks and small codes."""

    TRUTH = "truth"
    WHOLE = "whole"
    WIDE = "wide"
    DAY = "day"
    TEXT = "text"
    BITS8 = "bits8"
    BITS16 = "bits16"
    BITS32 = "bits32"
    BITS64 = "bits64"


@dataclass(frozen=True, eq=False, slots=True)
class Expr:
    """An operation on columns of a row.

    `known` says that it is never unknown. `stage` counts the group-bys that must have run before, `joins` the nested
    joins, `height` the operations below.
    """

    op: str
    kind: Kind
    args: tuple[Expr, ...]
    data: Any
    known: bool
    stage: int
    joins: int
    height: int

    @property
    def is_literal(self) -> bool:
        """Whether this is a written value."""
        return self.op == "literal"

    @property
    def is_null(self) -> bool:
        """Whether this is always unknown."""
        return self.op == "literal" and self.data is None

    def says(self, value: bool) -> bool:
        """Whether this is the written truth `value`."""
        return self.op == "literal" and self.data is value


@dataclass(frozen=True)
class Group:
    """The rows of `child` gathered by where the path `via` leads; with `within_areas` also by every wider area.

    `spread`: gathered by this value as well first, so that different values can be counted.
    """

    child: str
    via: tuple[str, ...]
    stage: int
    within_areas: bool = False
    spread: Expr | None = None


MOST_INLINE_HEIGHT = 60


def is_inline(target: Expr) -> bool:
    """Whether a value of another register is computed where it is joined rather than stored before."""
    return target.stage == 0 and target.joins <= 1 and target.height <= MOST_INLINE_HEIGHT
