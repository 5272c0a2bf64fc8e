"""Settling what the checks found about a batch that is still being made: a line is paid all the same, or stopped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.treasury.checks.naming import OFFICIAL
from luoshi.office.treasury.checks.of_officials import MADE
from luoshi.office.treasury.errors import NoReason, OwnMoney, WrongStep
from luoshi.office.treasury.listing import record, totals_of
from luoshi.office.treasury.models import Account, Batch, CheckResult, Commitment, Failure, Line, LineFinding

LONGEST_REASON = 200


def keep(finding: LineFinding, reason: str, *, by: str, now: datetime, origin: str = "") -> None:
    """The line is paid all the same: somebody has looked, and says why. A second time changes nothing.

    Whoever made the batch does not say so of their own money.
    """
    _check_reason(reason)
    with transaction.atomic():
        batch = _being_made(finding.line.batch_id)
        if (finding.check_id, finding.told) == (OFFICIAL, MADE) and is_same_person(by, batch.made_by):
            raise OwnMoney
        facts = {"state": LineFinding.State.KEPT, "reason": reason.strip(), "by": by, "at": now}
        if LineFinding.objects.filter(id=finding.id, state=LineFinding.State.OPEN).update(**facts):
            details: dict[str, object] = {"line": finding.line.number, "check": finding.check_id}
            record("batch.keep", batch, by, origin=origin, details=details)


def stop(line: Line, reason: str, *, by: str, now: datetime, origin: str = "") -> None:
    """The line is not paid with this batch; its commitment may be listed again, or released.

    A second time changes nothing.
    """
    _check_reason(reason)
    with transaction.atomic():
        batch = _being_made(line.batch_id)
        stopped = Line.objects.filter(id=line.id, state=Line.State.LISTED)
        if not stopped.update(state=Line.State.STOPPED, problem=reason.strip()):
            return
        free(batch, [line.commitment_id])
        settled = {"state": LineFinding.State.STOPPED, "reason": reason.strip(), "by": by, "at": now}
        LineFinding.objects.filter(line=line, state=LineFinding.State.OPEN).update(**settled)
        refresh(batch)
        record("batch.stop", batch, by, origin=origin, details={"line": line.number})


def accept(batch_id: int, checks: Collection[str], reason: str, *, by: str, origin: str = "") -> None:
    """The batch goes on without checks for which there was nothing to look into, and somebody says why.

    The reason may be one for several: it is kept with each, and each is on record by itself. What is accepted already
    keeps its own.
    """
    _check_reason(reason)
    with transaction.atomic():
        batch = _being_made(batch_id)
        waiting = CheckResult.objects.filter(batch=batch, check_id__in=checks, source="", accepted_by="")
        accepted = list(waiting.order_by("id").values_list("check_id", flat=True))
        waiting.update(accepted_by=by, reason=reason.strip())
        for check_id in accepted:
            record("batch.accept", batch, by, origin=origin, details={"check": check_id})


def free(batch: Batch, commitments: list[int]) -> None:
    """The commitments wait again, as they did before the batch listed them."""
    state = Commitment.State.FAILED if batch.corrects else Commitment.State.DUE
    held = Account.Kind.RETURNED if batch.corrects else Account.Kind.COMMITTED
    Commitment.objects.filter(id__in=commitments, state=Commitment.State.LISTED).update(state=state, held_in=held)
    if batch.corrects:
        Failure.objects.filter(line__commitment_id__in=commitments, state=Failure.State.OPEN).update(is_ready=False)


def refresh(batch: Batch) -> None:
    """The batch says what its list comes to now."""
    totals = totals_of(batch)
    batch.count, batch.total, batch.digest = totals.count, totals.total, totals.digest
    batch.save(update_fields=["count", "total", "digest"])


def _being_made(batch_id: int) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(id=batch_id)
    if batch.state != Batch.State.MADE:
        raise WrongStep(batch.state)
    return batch


def _check_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoReason(reason)
