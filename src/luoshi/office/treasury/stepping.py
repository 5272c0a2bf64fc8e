"""The steps of a batch, from whoever made it to finance: three different people, and a way back at each.

Two accounts of one person are one of them: asked here, and held by the database.
Each step is taken by one of those who take it at once; the others are told that somebody was first.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.runs import library
from luoshi.office.treasury.checks.running import count_open, run_checks
from luoshi.office.treasury.deciding import Charge
from luoshi.office.treasury.errors import FindingsOpen, ListChanged, NoReason, SamePerson, WrongStep
from luoshi.office.treasury.listing import record, totals_of
from luoshi.office.treasury.models import Account, Batch, Commitment, Entry, Line
from luoshi.office.treasury.posting import Place, Posting, move, post
from luoshi.office.treasury.settling import LONGEST_REASON, free

State = Batch.State
Kind = Account.Kind


@transaction.atomic
def examine(batch_id: int, by: str = "") -> Batch:
    """The batch, with all checks run once more: what they find now is kept, whatever the step comes to.

    `by` is whoever is about to take the step: what is about to be paid to them is found before they have let it pass.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(id=batch_id)
    if batch.state in (State.MADE, State.SUBMITTED, State.CHECKED):
        run_checks(batch, by)
    return batch


def submit(batch_id: int, *, by: str, now: datetime, origin: str = "") -> Batch:
    """Whoever made the batch hands it in: to the checker, or straight to finance where finance has sent back the list
    as it was checked. `FindingsOpen` while something is not settled."""
    examine(batch_id, by)
    with transaction.atomic():
        batch = _taken(batch_id, State.MADE)
        if by != batch.made_by:
            raise SamePerson(by)
        _check_whole(batch)
        is_checked = batch.checked_by is not None and batch.checked_digest == batch.digest
        batch.state = State.CHECKED if is_checked else State.SUBMITTED
        if not is_checked:
            batch.checked_by, batch.checked_at, batch.checked_digest = None, None, ""
        batch.reason = batch.sent_back_by = ""
        return _saved("batch.submit", batch, by, origin)


def check(batch_id: int, *, by: str, now: datetime, origin: str = "") -> Batch:
    """Somebody else has looked at the list; it goes to finance."""
    examine(batch_id, by)
    with transaction.atomic():
        batch = _taken(batch_id, State.SUBMITTED)
        if is_same_person(by, batch.made_by):
            raise SamePerson(by)
        _check_whole(batch)
        batch.state, batch.checked_by, batch.checked_at, batch.checked_digest = State.CHECKED, by, now, batch.digest
        return _saved("batch.check", batch, by, origin)


def approve(batch_id: int, *, by: str, now: datetime, origin: str = "") -> Batch:
    """Finance lets the list be paid, exactly as it was checked. Its money is being paid from now on."""
    examine(batch_id, by)
    with transaction.atomic():
        batch = _taken(batch_id, State.CHECKED)
        if is_same_person(by, batch.made_by, batch.checked_by):
            raise SamePerson(by)
        _check_whole(batch)
        if batch.digest != batch.checked_digest:
            raise ListChanged(str(batch.id))
        give = Kind.RETURNED if batch.corrects else Kind.COMMITTED
        batch.state, batch.approved_by, batch.approved_at = State.APPROVED, by, now
        _saved("batch.approve", batch, by, origin)
        _move(batch, Entry.Kind.APPROVE, (give, Kind.PAYING), by, now, origin)
        _listed(batch).update(held_in=Kind.PAYING)
        return batch


@transaction.atomic
def send_back(batch_id: int, reason: str, *, by: str, origin: str = "") -> Batch:
    """The batch is with whoever made it again, who is told why. Only its checker-to-be or finance send it back."""
    batch = _taken(batch_id, State.SUBMITTED, State.CHECKED)
    _check_reason(reason)
    if is_same_person(by, batch.made_by):
        raise SamePerson(by)
    batch.state, batch.reason, batch.sent_back_by = State.MADE, reason.strip(), by
    return _saved("batch.send_back", batch, by, origin)


@transaction.atomic
def withdraw(batch_id: int, reason: str, *, by: str, now: datetime, origin: str = "") -> Batch:
    """The batch is given up, at any step before the bank; what it listed waits again.

    Before it is approved whoever made it does so, afterwards whoever approved it.
    """
    batch = _taken(batch_id, *Batch.OPEN)
    _check_reason(reason)
    was_approved = batch.state == State.APPROVED
    if by != (batch.approved_by if was_approved else batch.made_by):
        raise SamePerson(by)
    batch.state, batch.reason = State.WITHDRAWN, reason.strip()
    _saved("batch.withdraw", batch, by, origin)
    if was_approved:
        take = Kind.RETURNED if batch.corrects else Kind.COMMITTED
        _move(batch, Entry.Kind.REVOKE, (Kind.PAYING, take), by, now, origin)
    free(batch, list(_listed(batch).values_list("id", flat=True)))
    Line.objects.filter(batch=batch, state=Line.State.LISTED).update(state=Line.State.STOPPED, problem=batch.reason)
    return batch


def by_charge(lines: QuerySet[Line]) -> dict[Charge, Decimal]:
    """What lines come to, by what is charged."""
    rows = lines.order_by().values_list("commitment__fund", "commitment__year", "commitment__fund_area")
    found: dict[Charge, Decimal] = defaultdict(Decimal)
    for fund, year, area, amount in rows.annotate(Sum("amount")):
        found[Charge(fund, year, area)] += amount
    return found


def post_for(
    batch: Batch, kind: str, lines: tuple[tuple[Place, Decimal], ...], *, by: str, now: datetime, origin: str
) -> None:
    """An entry for a step of a batch."""
    document = f"{batch.id}/{batch.digest[:12]}"
    measure = library.pack(batch.pack_id).measures.get(batch.measure)
    title = measure.title.zh if measure else batch.measure
    posting = Posting(kind, f"{title} {batch.period}".strip(), document, lines, subject=f"batch:{batch.id}")
    post(posting, by=by, now=now, origin=origin)


def _move(batch: Batch, kind: str, way: tuple[str, str], by: str, now: datetime, origin: str) -> None:
    sums = by_charge(Line.objects.filter(batch=batch, state=Line.State.LISTED))
    lines = [line for charge, amount in sums.items() for line in move(batch.pack_id, charge, amount, *way)]
    post_for(batch, kind, tuple(lines), by=by, now=now, origin=origin)


def _taken(batch_id: int, *states: str) -> Batch:
    """The batch, held until the end; `WrongStep` where it is not in one of these states any more."""
    batch = Batch.objects.select_for_update(of=("self",)).get(id=batch_id)
    if batch.state not in states:
        raise WrongStep(batch.state)
    return batch


def _check_whole(batch: Batch) -> None:
    """Nothing is open about the batch, and its list is what it says it is."""
    still_open = count_open(batch)
    if still_open:
        raise FindingsOpen(still_open)
    if not batch.count:
        raise WrongStep(State.EMPTY)
    totals = totals_of(batch)
    if (totals.count, totals.total, totals.digest) != (batch.count, batch.total, batch.digest):
        raise ListChanged(str(batch.id))


def _listed(batch: Batch) -> QuerySet[Commitment]:
    return Commitment.objects.filter(lines__batch=batch, lines__state=Line.State.LISTED, state=Commitment.State.LISTED)


def _saved(action: str, batch: Batch, by: str, origin: str) -> Batch:
    batch.save()
    details: dict[str, object] = {"lines": batch.count, "total": str(batch.total), "digest": batch.digest}
    record(action, batch, by, basis=batch.reason, origin=origin, details=details)
    return batch


def _check_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoReason(reason)
