"""Taking back what the bank says: what was paid is paid, what was not is on somebody's desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction

from luoshi.office.database.keys import secrecy
from luoshi.office.treasury.answers import Answer, matched, read_answers
from luoshi.office.treasury.errors import WrongFile, WrongStep
from luoshi.office.treasury.listing import record
from luoshi.office.treasury.models import Account, Batch, Commitment, Entry, Failure, Line, ReturnFile
from luoshi.office.treasury.posting import Place, move
from luoshi.office.treasury.sealing import close_file
from luoshi.office.treasury.stepping import by_charge, post_for

Kind = Account.Kind
AT_ONCE = 2_000
Outcome = Sequence[tuple[Line, Answer]]


@transaction.atomic
def take_back(
    batch_id: int, content: bytes, name: str, *, paid_on: date, due: date, by: str, now: datetime
) -> ReturnFile:
    """What the bank said about a batch that it has; failures are to be dealt with until `due`.

    The same file again gives what was made of it and changes nothing. `WrongFile` refuses it whole.
    """
    digest = sha256(content).hexdigest()
    batch = Batch.objects.select_for_update(of=("self",)).select_related("layout").get(id=batch_id)
    taken = ReturnFile.objects.filter(digest=digest).first()
    if taken is not None and taken.batch_id == batch_id:
        return taken
    if batch.state != Batch.State.SENT:
        raise WrongStep(batch.state)
    if taken is not None:
        raise WrongFile("another batch", None, str(taken.batch_id))
    lines = list(Line.objects.filter(batch=batch, state=Line.State.SENT).select_related("payee").order_by("number"))
    outcome = list(matched(read_answers(content, name, batch.layout), lines))
    _write(batch, outcome, paid_on, due)
    file = _kept(batch, outcome, content, digest, by, now)
    batch.state, batch.finished_at = Batch.State.DONE, now
    batch.save(update_fields=["state", "finished_at"])
    details: dict[str, object] = {"file": digest, "paid": file.paid, "failed": file.failed}
    record("batch.return", batch, by, details=details)
    post_for(batch, Entry.Kind.SETTLE, _movements(batch), by=by, now=now, origin="")
    return file


def _write(batch: Batch, outcome: Outcome, paid_on: date, due: date) -> None:
    failed = []
    for line, answer in outcome:
        if not answer.is_paid:
            line.state, line.problem = Line.State.FAILED, answer.reason
            failed.append(line)
    Line.objects.bulk_update(failed, ["state", "problem"], batch_size=AT_ONCE)
    with_bank = Line.objects.filter(batch=batch, state=Line.State.SENT)
    with_bank.update(state=Line.State.PAID, paid_on=paid_on)
    _mark(batch, Line.State.PAID, (Commitment.State.PAID, Kind.PAID), Failure.State.PAID_AGAIN)
    _mark(batch, Line.State.FAILED, (Commitment.State.FAILED, Kind.RETURNED), Failure.State.FAILED_AGAIN)
    desks = [Failure(line=line, owner=batch.made_by, due=due) for line in failed]
    Failure.objects.bulk_create(desks, batch_size=AT_ONCE)


def _mark(batch: Batch, lines: str, end: tuple[str, str], earlier: str) -> None:
    """The commitments of lines in a state, and the desks on which they were when they had failed before."""
    of_lines = Commitment.objects.filter(lines__batch=batch, lines__state=lines)
    state, held_in = end
    desks = Failure.objects.filter(line__commitment__in=of_lines, state=Failure.State.OPEN)
    desks.update(state=earlier)
    of_lines.update(state=state, held_in=held_in)


def _kept(batch: Batch, outcome: Outcome, content: bytes, digest: str, by: str, now: datetime) -> ReturnFile:
    paid = [answer.amount for _line, answer in outcome if answer.is_paid]
    failed = [answer.amount for _line, answer in outcome if not answer.is_paid]
    return ReturnFile.objects.create(
        batch=batch, name=f"return-{batch.id}", digest=digest, closed_content=close_file(content, secrecy()),
        paid=len(paid), paid_total=sum(paid, Decimal(0)), failed=len(failed), failed_total=sum(failed, Decimal(0)),
        by=by, at=now,
    )  # fmt: skip


def _movements(batch: Batch) -> tuple[tuple[Place, Decimal], ...]:
    lines = Line.objects.filter(batch=batch)
    return tuple(
        line
        for state, take in ((Line.State.PAID, Kind.PAID), (Line.State.FAILED, Kind.RETURNED))
        for charge, amount in by_charge(lines.filter(state=state)).items()
        for line in move(batch.pack_id, charge, amount, Kind.PAYING, take)
    )
