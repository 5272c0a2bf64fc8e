"""What is written about commitments: setting money aside for a decision, letting it go, asking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import OperationalError, transaction
from django.db.models import F

from luoshi.office.database.keys import secrecy
from luoshi.office.runs import library
from luoshi.office.treasury.deciding import Charge, Decision
from luoshi.office.treasury.errors import Busy, NoReason, Short, WrongAmount, WrongDecision, WrongStep, YearClosed
from luoshi.office.treasury.funds import covers_of, is_closed
from luoshi.office.treasury.models import Account, ClawBack, Commitment, Entry, Failure, Payee
from luoshi.office.treasury.payees import sealed
from luoshi.office.treasury.posting import MOST, Posting, checked_amount, move, post
from luoshi.office.treasury.sealing import close_subject, index_of
from luoshi.rulebook.model.blocks import Pack

Kind = Account.Kind
LONGEST = {"key": 160, "case": 120, "basis": 200, "decided_by": 200, "clause": 80, "period": 20}
FREE = (Commitment.State.DUE, Commitment.State.FAILED)
"""The states in which a commitment is on no list."""


def commit(decision: Decision, *, by: str, now: datetime, origin: str = "") -> Commitment:
    """The commitment of a decision: its money is set aside, in the transaction of whoever calls.

    A decision whose key was committed before gives that commitment, and changes nothing. `WrongDecision`, `Short`,
    `YearClosed`: nothing is kept then.
    """
    return commit_all([decision], by=by, now=now, origin=origin)[0]


def commit_all(decisions: Iterable[Decision], *, by: str, now: datetime, origin: str = "") -> list[Commitment]:
    """The commitments of decisions, in their order: all or none, by one entry of the ledger for those that are new.

    All that is new in one call is of one policy and paper, and charges accounts that have enough for all of it.
    """
    given = list(decisions)
    before = _known(given)
    try:
        with transaction.atomic():
            _add([each for each in given if each.key not in before], by, now, origin)
    except _Overtaken:
        return commit_all(given, by=by, now=now, origin=origin)
    found = _known(given)
    return [found[each.key] for each in given]


class _Overtaken(Exception):
    """Somebody has committed the same decision since it was looked for."""


def _known(given: Sequence[Decision]) -> dict[str, Commitment]:
    return {each.key: each for each in Commitment.objects.filter(key__in=[one.key for one in given])}


def _add(new: list[Decision], by: str, now: datetime, origin: str) -> None:
    new = list({each.key: each for each in new}.values())
    if not new:
        return
    pack = library.pack(new[0].pack_id)
    for each in new:
        check(pack, each)
    entry = _set_aside(pack, new, by, now, origin)
    if _known(new):  # the event log, which the entry holds, is the queue: nobody is before us any more
        raise _Overtaken
    keys = secrecy()
    payees = Payee.objects.bulk_create(sealed(each.payee, keys) for each in new)
    Commitment.objects.bulk_create(
        Commitment(
            key=each.key, pack_id=each.pack_id, edition=each.edition, measure=each.measure, clause=each.clause,
            period=each.period, register=each.subject.register, row_id=str(each.subject.row_id),
            area=each.subject.area, subject_index=index_of(each.subject.id_number, keys),
            closed_subject=close_subject(each.subject, keys), payee=payee, case=each.case, decided_by=each.decided_by,
            decided_on=each.decided_on, basis=each.basis, due_on=each.due_on, amount=each.amount,
            original=each.amount, fund=each.charge.fund, year=each.charge.year, fund_area=each.charge.area,
            entry=entry, by=by, at=now,
        )
        for each, payee in zip(new, payees, strict=True)
    )  # fmt: skip


def _set_aside(pack: Pack, new: list[Decision], by: str, now: datetime, origin: str) -> Entry:
    pack_id, first = pack.policy.id, new[0]
    for charge in {each.charge for each in new}:
        if is_closed(pack_id, charge):
            raise YearClosed(charge.year)
    lines = [line for each in new for line in move(pack_id, each.charge, each.amount, Kind.BUDGET, Kind.COMMITTED)]
    kind, subject = Entry.Kind.COMMIT, first.case if len(new) == 1 else f"measure:{pack_id}/{first.measure}"
    title = pack.measures[first.measure].title.zh
    posting = Posting(kind, f"{title} {first.period}".strip(), first.basis, tuple(lines), subject=subject)
    try:
        return post(posting, by=by, now=now, origin=origin)
    except Short as short:
        if _known(new):  # the money went to the same decision, which somebody handed in at this moment
            raise _Overtaken from None
        raise Short(short.gap, covers_of(pack, first.charge)) from None


def check(pack: Pack, decision: Decision) -> None:
    """`WrongDecision` with all fields of a decision that cannot be as they are."""
    wrong = [name for name, most in LONGEST.items() if len(getattr(decision, name)) > most]
    wrong += [name for name in ("key", "case", "basis", "decided_by") if not getattr(decision, name).strip()]
    measure = pack.measures.get(decision.measure)
    facts = {
        "pack_id": decision.pack_id == pack.policy.id,
        "measure": measure is not None,
        "fund": decision.charge.fund in (measure.funds if measure and measure.funds else pack.funds),
        "subject": decision.subject.register in pack.registers,
        "payee": bool(decision.payee.name.strip()),
        "amount": _is_money(decision.amount),
    }
    wrong += [name for name, is_right in facts.items() if not is_right]
    if wrong:
        raise WrongDecision(wrong)


def _is_money(amount: Decimal) -> bool:
    try:
        return checked_amount(amount) <= MOST
    except WrongAmount:
        return False


@transaction.atomic
def release(commitment_id: int, reason: str, *, by: str, now: datetime, origin: str = "") -> None:
    """The money of a commitment that is on no list is free again. A second time changes nothing."""
    found = _locked(commitment_id)
    if found.state == Commitment.State.RELEASED:
        return
    post(_freed(found, found.amount, Entry.Kind.RELEASE, reason), by=by, now=now, origin=origin)
    found.state, found.held_in = Commitment.State.RELEASED, Kind.BUDGET
    found.save(update_fields=["state", "held_in"])
    open_failures = Failure.objects.filter(line__commitment=found, state=Failure.State.OPEN)
    open_failures.update(state=Failure.State.RELEASED, note=reason)


@transaction.atomic
def lower(commitment_id: int, amount: Decimal, reason: str, *, by: str, now: datetime, origin: str = "") -> None:
    """A commitment that is on no list is of a smaller amount from now on; what it falls by is free again."""
    found = _locked(commitment_id)
    if checked_amount(amount) > found.amount:
        raise WrongAmount(str(amount))
    if amount == found.amount:
        return
    post(_freed(found, found.amount - amount, Entry.Kind.LOWER, reason), by=by, now=now, origin=origin)
    found.amount = amount
    found.save(update_fields=["amount"])


@transaction.atomic
def demand_back(
    commitment_id: int, amount: Decimal, reason: str, due_on: date, *, by: str, now: datetime, origin: str = ""
) -> ClawBack:
    """What was paid is due back until a day, all of it or a part."""
    found = _locked(commitment_id)
    if found.state != Commitment.State.PAID:
        raise WrongStep(found.state)
    if checked_amount(amount) > found.amount - found.demanded:
        raise WrongAmount(str(amount))
    posting = _posting(found, amount, Entry.Kind.DEMAND, (Kind.PAID, Kind.DUE_BACK), reason)
    post(posting, by=by, now=now, origin=origin)
    Commitment.objects.filter(id=found.id).update(demanded=F("demanded") + amount)
    return ClawBack.objects.create(commitment=found, amount=amount, reason=reason, due_on=due_on, by=by, at=now)


def receive(claw_back_id: int, amount: Decimal, document: str, *, by: str, now: datetime, origin: str = "") -> None:
    """So much of what was due back has come: it may be used again."""
    _settle(claw_back_id, amount, Entry.Kind.RECEIVE, document, by, now, origin)


def write_off(claw_back_id: int, amount: Decimal, document: str, *, by: str, now: datetime, origin: str = "") -> None:
    """So much of what was due back will not come: somebody has decided so, on a paper."""
    _settle(claw_back_id, amount, Entry.Kind.WRITE_OFF, document, by, now, origin)


@transaction.atomic
def _settle(number: int, amount: Decimal, kind: str, document: str, by: str, now: datetime, origin: str) -> None:
    if not document.strip():
        raise NoReason(kind)
    found = ClawBack.objects.select_for_update(of=("self",)).select_related("commitment").get(id=number)
    if checked_amount(amount) > found.owed:
        raise WrongAmount(str(amount))
    came = kind == Entry.Kind.RECEIVE
    take = Kind.BUDGET if came else Kind.WRITTEN_OFF
    post(_posting(found.commitment, amount, kind, (Kind.DUE_BACK, take), document), by=by, now=now, origin=origin)
    column = "received" if came else "written_off"
    ClawBack.objects.filter(id=number).update(**{column: F(column) + amount})


def _locked(commitment_id: int) -> Commitment:
    """The commitment, held until the end. It is never waited for: who lists it may be waiting for our event log."""
    try:
        with transaction.atomic():
            return Commitment.objects.select_for_update(nowait=True).get(id=commitment_id)
    except OperationalError:
        raise Busy(str(commitment_id)) from None


def _freed(found: Commitment, amount: Decimal, kind: str, reason: str) -> Posting:
    """What frees so much of a commitment; `WrongStep` for one that is on a list."""
    if found.state not in FREE:
        raise WrongStep(found.state)
    return _posting(found, amount, kind, (found.held_in, Kind.BUDGET), reason)


def _posting(found: Commitment, amount: Decimal, kind: str, way: tuple[str, str], reason: str) -> Posting:
    charge = Charge(found.fund, found.year, found.fund_area)
    lines = move(found.pack_id, charge, amount, *way)
    return Posting(kind, reason, found.basis, lines, subject=f"commitment:{found.id}")
