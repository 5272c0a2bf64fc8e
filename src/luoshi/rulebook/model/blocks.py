"""The blocks of a pack, resolved and typed: registers, parameters, facts, measures and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.rulebook.model.administration import Duty, IntegrityCheck, Match, Procedure, Scorecard
from luoshi.rulebook.model.bases import Bilingual, Block, Condition, Place, given
from luoshi.rulebook.model.nodes import Node, Value
from luoshi.rulebook.model.offices import Department, Office
from luoshi.rulebook.model.sheets import Sheet, Statement
from luoshi.rulebook.model.types import Type


@dataclass(frozen=True)
class RegisterField:
    """A column of a register. `blank_never`: an empty date means "has not ended"."""

    name: str
    type: Type
    title: Bilingual
    codes: Mapping[str, Bilingual] = field(default_factory=dict)
    blank_never: bool = False
    personal: bool = False
    sensitive: bool = False
    unit_label: str = ""


@dataclass(frozen=True)
class Register(Block):
    """A ledger. `area` is the path of references from a row to its area, empty when rows have none."""

    row: Bilingual
    keeper: Bilingual | None
    key: tuple[str, ...]
    area: tuple[str, ...]
    fields: Mapping[str, RegisterField]


@dataclass(frozen=True)
class LocalRange:
    """The range within which a locality sets its own value, and who may do so by which paper."""

    set_by: tuple[str, ...]
    least: Decimal | None
    most: Decimal | None
    step: Decimal | None
    instrument: Bilingual | None


@dataclass(frozen=True)
class ParameterDef(Block):
    """A dated value. `values` are the pack's own by start date; `by_area` those of single areas."""

    type: Type
    unit_label: str
    values: tuple[tuple[date, Value], ...]
    by_area: Mapping[str, tuple[tuple[date, Value], ...]]
    local: LocalRange | None
    ref: str | None
    codes: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True)
class Band:
    """A closed-open interval of a table key, in key values; None is open."""

    start: Value | None
    below: Value | None


@dataclass(frozen=True)
class TableKey:
    """One key column of a table; `match` is exact or band."""

    name: str
    type: Type
    match: str


@dataclass(frozen=True)
class TableRow:
    """One row: a literal or a band per key, and the value."""

    keys: tuple[Value | Band, ...]
    value: Value
    line: int


@dataclass(frozen=True)
class TableDef(Block):
    """Rows found by key; at most one row fits any keys."""

    keys: tuple[TableKey, ...]
    type: Type
    unit_label: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Assumption(Block):
    """A reading chosen where the text is ambiguous. `type` and `default` are None for a reading in words only."""

    ref: str | None
    type: Type | None
    default: Value | None
    reading: Bilingual
    alternatives: tuple[tuple[Value | None, Bilingual], ...]
    decides: Bilingual | None


@dataclass(frozen=True)
class FactDef(Block):
    """A derived value of a row, or (`value` None) a human judgement given by `judged_by`."""

    register: str
    type: Type
    value: Node | None
    judged_by: Bilingual | None
    unit_label: str = ""
    assumes: tuple[str, ...] = ()

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from given(self.value)


@dataclass(frozen=True)
class Rounding:
    """How an amount is rounded at the award: to `places` decimal places, half_up, down or up."""

    places: int
    mode: str


@dataclass(frozen=True)
class Stacking:
    """Whether support may be joined with other measures: silent, allowed or exclusive."""

    rule: str
    others: tuple[str, ...]
    note: Bilingual | None


@dataclass(frozen=True)
class Measure(Block):
    """Support for a subject: named conditions and an amount (None for support that is no sum of money)."""

    register: str
    support: str
    conditions: tuple[Condition, ...]
    amount: Node | None
    rounding: Rounding | None
    frequency: str
    discretion: str
    decided_by: Bilingual | None
    paid_to: Node | None
    funds: tuple[str, ...]
    stacking: Stacking | None
    evidence: tuple[Bilingual, ...]
    assumes: tuple[str, ...]
    procedure: str | None
    benefit: Bilingual | None
    valid: tuple[date | None, date | None]

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from (condition.test for condition in self.conditions)
        yield from given(self.amount)


@dataclass(frozen=True)
class OrderKey:
    """One key of a display order; without a value it is the id."""

    value: Node | None
    descending: bool


@dataclass(frozen=True)
class Award(Measure):
    """Support for a few, chosen by people.

    `quota` is None where the text gives no number; `per` is the level of the areas that each have a round of their own.
    """

    quota: Node | None
    per: str | None
    order: tuple[OrderKey, ...]
    chosen_by: Bilingual | None

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from super().expressions()
        yield from given(self.quota, *(key.value for key in self.order))


@dataclass(frozen=True)
class Limit(Block):
    """What must hold of a register's rows; `when` tells to which it applies; `force` is hard or soft."""

    register: str
    when: Node | None
    holds: tuple[Condition, ...]
    force: str
    message: Bilingual | None
    assumes: tuple[str, ...]

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from given(self.when, *(condition.test for condition in self.holds))


@dataclass(frozen=True)
class Target(Block):
    """A figure to reach: `test` compares the indicator with the value; both are kept for display."""

    register: str
    level: str | None
    indicator: Node
    value: Node
    test: Node
    direction: str
    by: date | None
    every: str | None
    split: Mapping[str, str]
    assumes: tuple[str, ...]

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from (self.indicator, self.value)


@dataclass(frozen=True)
class Crosscheck(Block):
    """A relation between figures of the text, such as a total and its parts: `holds` compares constants."""

    left: Node
    right: Node
    holds: Node
    note: Bilingual | None

    def expressions(self) -> Iterator[Node]:
        """The expressions the block holds, in the order they are written."""
        yield from (self.left, self.right)


@dataclass(frozen=True)
class Fund(Block):
    """A line of money: who pays, who covers a shortage, who may never be charged."""

    payer: str
    shortfall: tuple[str, ...]
    never_charged: tuple[str, ...]


@dataclass(frozen=True)
class Norm:
    """One sentence of the text that binds or says something. `id` is clause#letter."""

    id: str
    kind: str
    force: str
    text: Bilingual
    by: tuple[str, ...]
    because: Bilingual | None
    place: Place


@dataclass(frozen=True)
class Clause:
    """A heading of the document with its paraphrase."""

    id: str
    title: Bilingual
    text: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class ExampleDef:
    """A worked case: plain data, read by `cases`."""

    name: str
    content: Mapping[str, object]
    place: Place


@dataclass(frozen=True)
class Policy:
    """Who issued what, when, and whether it is in force."""

    id: str
    title: Bilingual
    number: str | None
    issuer: Bilingual
    jurisdiction: str | None
    status: str
    issued: date | None
    in_force_from: date | None
    in_force_to: date | None

    def in_force(self, on: date) -> bool:
        """Whether the policy decides anything on a day. A draft never does; `in_force_to` is the last day."""
        if self.status not in {"in-force", "trial"} or self.in_force_from is None:
            return False
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class Pack:
    """A whole pack with what it imports. Mappings are keyed by id; facts by (register, name)."""

    policy: Policy
    hash: str
    clauses: Mapping[str, Clause]
    registers: Mapping[str, Register]
    parameters: Mapping[str, ParameterDef]
    tables: Mapping[str, TableDef]
    assumptions: Mapping[str, Assumption]
    facts: Mapping[tuple[str, str], FactDef]
    measures: Mapping[str, Measure]
    limits: Mapping[str, Limit]
    targets: Mapping[str, Target]
    crosschecks: Mapping[str, Crosscheck]
    funds: Mapping[str, Fund]
    departments: Mapping[str, Department]
    offices: Mapping[str, Office]
    procedures: Mapping[str, Procedure]
    sheets: Mapping[str, Sheet]
    statements: Mapping[str, Statement]
    duties: Mapping[str, Duty]
    scorecards: Mapping[str, Scorecard]
    matches: Mapping[str, Match]
    integrity_checks: Mapping[str, IntegrityCheck]
    norms: tuple[Norm, ...]
    examples: tuple[ExampleDef, ...]

    def in_force(self, measure: Measure, on: date) -> bool:
        """Whether a measure pays on a day: the policy is in force, and the day lies within the measure's own time."""
        start, end = measure.valid
        within = (start is None or start <= on) and (end is None or on <= end)
        return within and self.policy.in_force(on)

    def blocks(self) -> Iterator[Block]:
        """Every block with an id, by kind; norms and examples are not among them."""
        for kind in (
            self.registers,
            self.parameters,
            self.tables,
            self.assumptions,
            self.facts,
            self.measures,
            self.limits,
            self.targets,
            self.crosschecks,
            self.funds,
            self.departments,
            self.offices,
            self.procedures,
            self.sheets,
            self.statements,
            self.duties,
            self.scorecards,
            self.matches,
            self.integrity_checks,
        ):
            yield from kind.values()

    def fact(self, register: str, name: str) -> FactDef:
        """The fact `name` of a register."""
        return self.facts[register, name]
