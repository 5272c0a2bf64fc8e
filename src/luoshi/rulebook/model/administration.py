"""The blocks that say how a policy is administered: procedures, duties, scorecards, matches, integrity checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.rulebook.model.bases import Bilingual, Block, Condition, given
from luoshi.rulebook.model.nodes import Node

KINDS_WITH_CASES = frozenset({"claim", "certification"})


@dataclass(frozen=True)
class Notice:
    """A public notice of `days` days, working or calendar; None where the text names no number.

    Without `names` only figures are shown: nobody is named.
    """

    days: int | None
    kind: str
    names: bool


@dataclass(frozen=True)
class ProcedureStep:
    """One act of a procedure. `within` days after the act before it; `stated` tells whether the text says so.

    All offices of `by` act, or `any_of` them. A step with an `end` is taken only when the decision came to it. A step
    is repeated `every` so often, or `after` each of these days from the act before it. What it `enters` into the row of
    the case, by field: the day (`today`), the number that was given (`number`) or that it is so (`done`); only when it
    came to `enters_when`, where that is said.
    """

    id: str
    actor: Bilingual
    does: Bilingual
    evidence: tuple[Bilingual, ...]
    within: int | None
    days: str
    notice: Notice | None
    stated: bool
    act: str | None
    by: tuple[str, ...]
    any_of: bool
    sends_back_to: str | None
    end: str | None
    every: str | None
    after: tuple[int, ...]
    enters: Mapping[str, str]
    enters_when: str | None


@dataclass(frozen=True)
class Review:
    """A procedure that looks again, `every` so often, at what another `procedure` gave, and has one of these `ends`."""

    procedure: str
    every: str
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Procedure(Block):
    """The acts that lead from a claim to its end, in order, and how the result is reviewed later.

    A case of it is about one row of one of the `registers`.
    """

    steps: tuple[ProcedureStep, ...]
    review: Bilingual | None
    stated: bool
    kind: str
    registers: tuple[str, ...]
    review_of: Review | None

    @property
    def has_cases(self) -> bool:
        """Whether the service leads cases through it; all others are only recorded.

        A plan is led where somebody draws up one of a register's rows and somebody decides on it.
        """
        is_asked_for = bool(self.registers and self.list_by_act("apply") and self.list_by_act("decide"))
        return self.kind in KINDS_WITH_CASES or (self.kind == "plan" and is_asked_for)

    def list_by_act(self, *acts: str) -> list[ProcedureStep]:
        """The steps with one of these acts, in order."""
        return [step for step in self.steps if step.act in acts]

    def find_back(self, step: ProcedureStep) -> ProcedureStep | None:
        """The step that a step sends back to: the one it names, else the last before it at which somebody applies."""
        before = self.steps[: self.steps.index(step)]
        applied = [item for item in before if item.act == "apply"]
        named = [item for item in before if item.id == step.sends_back_to]
        return next(reversed(named or applied), None)


@dataclass(frozen=True)
class Duty(Block):
    """Who must do what, how often (`every`) or by when (`by`).

    `done` tells of a register's row that it was done; rows for which `when` does not hold have nothing to tell.
    """

    actor: Bilingual
    every: str | None
    by: date | None
    due: Bilingual | None
    done_when: Bilingual | None
    register: str | None
    done: Node | None
    when: Node | None = None

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from given(self.done, self.when)


@dataclass(frozen=True)
class ScorecardItem:
    """A line of a scorecard; `points` None where the text gives none."""

    title: Bilingual
    points: Decimal | None
    bonus: bool
    measured_by: Node | None


@dataclass(frozen=True)
class Scorecard(Block):
    """What the areas of a level are appraised by."""

    register: str
    level: str | None
    every: str
    items: tuple[ScorecardItem, ...]

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from given(*(item.measured_by for item in self.items))


@dataclass(frozen=True)
class Preference:
    """One key by which suitable pairs are ordered: true_first, lowest or highest."""

    value: Node
    order: str
    title: Bilingual | None


@dataclass(frozen=True)
class Match(Block):
    """Demand and supply to be brought together.

    The expressions are about a pair: a row of `pair`, a register with the two references `demand` and `supply` that no
    ledger keeps. `size` is what one demand takes, `capacity` what one supply can give; one where they are None.
    """

    demand: str
    supply: str
    compatible: tuple[Condition, ...]
    size: Node | None
    capacity: Node | None
    preference: tuple[Preference, ...]
    confirmed_by: Bilingual | None

    @property
    def pair(self) -> str:
        """The name of the register of pairs."""
        return pair_register(self.id)

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from (condition.test for condition in self.compatible)
        yield from given(self.size, self.capacity)
        yield from (key.value for key in self.preference)


def pair_register(match: str) -> str:
    """The name of the register of pairs of a match; no ledger can have it."""
    return f"pair of {match}"


@dataclass(frozen=True)
class IntegrityCheck(Block):
    """A pattern of a register's rows that suggests error or fraud, and what is done about it. It refuses nothing."""

    register: str
    pattern: Node
    follow_up: Bilingual

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield self.pattern
