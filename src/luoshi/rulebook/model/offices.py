"""Who acts: departments, and the offices in which they stand at a level of areas."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.rulebook.model.bases import Block


@dataclass(frozen=True)
class Department(Block):
    """A branch of administration, such as finance; officials belong to one, at every level by the same id."""


@dataclass(frozen=True)
class Office(Block):
    """Who acts in a procedure.

    A `government` office has a level, and a department unless the government or committee of that level is meant. The
    `applicant` is the one who claims. What an office acts `outside` the system is recorded by another one.
    """

    kind: str
    level: str | None
    department: str | None
    recorded_by: str | None
