"""What confirmed sheets let be paid: the list of a period, and its money set aside in the treasury."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from luoshi.office.sheets import queries
from luoshi.office.sheets.desks import Actor, sits_at
from luoshi.office.sheets.drafting import Rules, rules_of
from luoshi.office.sheets.errors import SheetError
from luoshi.office.sheets.lines import CONFIRMED, Line, Lines
from luoshi.office.sheets.models import Step
from luoshi.office.sheets.periods import Period
from luoshi.office.sheets.recording import Moment, done
from luoshi.office.treasury import actions as treasury
from luoshi.office.treasury import payees
from luoshi.office.treasury import queries as payments
from luoshi.office.treasury.deciding import Charge, Decision
from luoshi.office.treasury.funds import charged
from luoshi.office.treasury.queries import Payment
from luoshi.rulebook.model.blocks import Measure, Pack
from luoshi.rulebook.model.outcomes import Outcome
from luoshi.rulebook.model.sheets import Sheet as Block
from luoshi.rulebook.model.types import Ref

DUE, ZERO, BLOCKED, UNKNOWN, REFUSED, COMMITTED = "due", "zero", "blocked", "unknown", "refused", "committed"
"""What is to be paid to an owner: a sum; nothing, as was recorded; nothing yet, as the sheet is missing or not
confirmed; nothing yet, as a fact is missing; nothing, as no measure entitles; a sum that is set aside already."""

RELEASED = "released"
"""The state of money that was set aside and is free again: what is set aside after it has another key."""


@dataclass(frozen=True)
class Owed:
    """A line of the list."""

    line: Line
    state: str
    measure: Measure | None = None
    amount: Decimal | None = None
    payment: Payment | None = None


@dataclass(frozen=True)
class Roll:
    """The list of an area in a period."""

    pack: Pack
    block: Block
    area: str
    period: Period
    lines: Sequence[Owed]

    @property
    def register(self) -> str:
        """The register of those who are paid."""
        kind = self.pack.registers[self.block.register].fields[self.block.owner].type
        assert isinstance(kind, Ref)
        return kind.register

    def of(self, *states: str) -> list[Owed]:
        """The lines in these states."""
        return [one for one in self.lines if one.state in states]

    @property
    def total(self) -> Decimal:
        """All that is to be paid."""
        return sum((one.amount for one in self.of(DUE) if one.amount is not None), Decimal("0.00"))


def roll_of(pack: Pack, block: Block, area: str, period: Period) -> Roll:
    """Everybody something is asked about in an area, with what each is owed for the period."""
    rules = rules_of(pack, block, period)
    sheets = queries.list_sheets(pack.policy.id, area, start=period.start, block=block.id)
    lines = Lines(rules, area).all(queries.newest_of(sheets))
    paid = _paid(pack, block, period, lines)
    return Roll(pack, block, area, period, [_owed(rules, line, paid.get(line.owner)) for line in lines])


def _paid(pack: Pack, block: Block, period: Period, lines: Sequence[Line]) -> dict[int, Payment]:
    """What was committed before, by owner."""
    found = {line.owner: payments.list_payments_of(_case(pack, block, period, line.owner)) for line in lines}
    return {owner: some[-1] for owner, some in found.items() if some and some[-1].state != RELEASED}


def _owed(rules: Rules, line: Line, payment: Payment | None) -> Owed:
    assert rules.block.pays is not None
    if line.state != CONFIRMED:
        return Owed(line, BLOCKED)
    value = line.cells.get(rules.block.pays.amount)
    amount = None if value is None else Decimal(str(value))
    if payment is not None:
        return Owed(line, COMMITTED, rules.pack.measures.get(payment.measure), payment.amount, payment)
    if amount is not None and not amount:
        return Owed(line, ZERO, amount=amount)
    run = rules.engine.start(rules.store)
    found = [rules.engine.determine(run, name, line.owner) for name in rules.block.pays.measures]
    entitled = [one.measure for one in found if one.outcome is Outcome.ELIGIBLE]
    if entitled:
        return Owed(line, UNKNOWN if amount is None else DUE, entitled[0], amount)
    is_open = any(one.outcome is Outcome.UNDETERMINED for one in found)
    return Owed(line, UNKNOWN if is_open else REFUSED, amount=amount)


def may_list(pack: Pack, block: Block, area: str, actor: Actor) -> bool:
    """Whether somebody settles the list of an area: the offices that decide in the procedure of what it pays."""
    measures = [pack.measures[name] for name in (block.pays.measures if block.pays else ())]
    procedures = [pack.procedures[one.procedure] for one in measures if one.procedure is not None]
    offices = {office for one in procedures for step in one.list_by_act("decide") for office in step.by}
    return sits_at(pack, sorted(offices) or block.confirmed_by, area, actor)


@transaction.atomic
def commit(roll: Roll, basis: str, moment: Moment) -> int:
    """The money of all that is due is set aside; for how many. Lines that are blocked stay for a later list.

    `SheetError` where another office settles it, nothing is due, or there is no paper it rests on;
    `treasury.errors.Refused` where money is short. A line that was committed before is not committed again.
    """
    if not may_list(roll.pack, roll.block, roll.area, moment.actor):
        raise SheetError("desk")
    if not basis.strip():
        raise SheetError("note")
    due = roll.of(DUE)
    decisions = [_decision(roll, one, basis.strip(), moment) for one in due]
    if not decisions:
        raise SheetError("nothing")
    treasury.commit_all(decisions, by=moment.actor.name, now=moment.now, origin=moment.origin)
    for sheet in queries.list_sheets(roll.pack.policy.id, roll.area, start=roll.period.start, block=roll.block.id):
        rows = sum(one.line.area.startswith(sheet.area) for one in due)
        if rows:
            done("sheet.commit", sheet, Step.Kind.COMMITTED, rows, basis.strip(), moment)
    return len(decisions)


def _decision(roll: Roll, owed: Owed, basis: str, moment: Moment) -> Decision:
    measure, owner = owed.measure, owed.line.owner
    assert measure is not None and owed.amount is not None
    known = payees.known(roll.pack, measure.register, owner)
    if known is None:
        raise SheetError("payee")
    case = _case(roll.pack, roll.block, roll.period, owner)
    return Decision(
        key=f"{case}/{sum(one.state == RELEASED for one in payments.list_payments_of(case))}",
        pack_id=roll.pack.policy.id,
        edition=roll.pack.hash,
        measure=measure.id,
        clause=measure.clause,
        subject=known.subject,
        payee=known.payee,
        amount=owed.amount,
        charge=_charge(roll.pack, measure, owed.line.area, moment),
        case=case,
        decided_by=moment.actor.name,
        decided_on=moment.today,
        basis=basis,
        period=roll.period.name,
    )


def _charge(pack: Pack, measure: Measure, area: str, moment: Moment) -> Charge:
    """The account that pays: of the area in which the payer of the measure's first fund is."""
    return charged(pack, measure.funds[0], area, moment.today)


def _case(pack: Pack, block: Block, period: Period, owner: int) -> str:
    return f"sheet:{pack.policy.id}/{block.id}/{period.name}/{owner}"
