"""Making a batch: what is due becomes a list that nobody changes any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from luoshi.office.audit import actions as audit
from luoshi.office.runs import library
from luoshi.office.treasury.checks.running import run_checks
from luoshi.office.treasury.errors import NotPayer
from luoshi.office.treasury.funds import is_payer
from luoshi.office.treasury.models import BankLayout, Batch, Commitment, Failure, Line

AT_ONCE = 2_000
MOST_LINES = 50_000


@dataclass(frozen=True)
class Wanted:
    """What is to be paid: a measure in an area and below, of a period or of any."""

    pack_id: str
    measure: str
    area: str
    period: str = ""
    corrects: bool = False


@dataclass(frozen=True)
class Totals:
    """The control totals of a list: how many lines, how much, and a digest of all that they say."""

    count: int
    total: Decimal
    digest: str


@transaction.atomic
def ask(wanted: Wanted, layout: BankLayout, *, by: str, now: datetime) -> Batch:
    """A batch that `fill` makes the list of; the one of the same person that waits already, where there is one.

    `NotPayer` where another level pays the measure.
    """
    pack = library.pack(wanted.pack_id)
    if not is_payer(pack, pack.measures[wanted.measure], wanted.area):
        raise NotPayer(wanted.area)
    facts = vars(wanted) | {"made_by": by}
    waiting = Batch.objects.filter(state=Batch.State.ASKED, **facts).first()
    return waiting or Batch.objects.create(layout=layout, made_at=now, **facts)


@transaction.atomic
def fill(batch_id: int, now: datetime) -> Batch:
    """The batch with its list, checked: all that is due. Whoever is killed over it leaves it as it was.

    A batch that is filled already, or that somebody else is filling, is left alone.
    """
    batch = Batch.objects.select_for_update(of=("self",), skip_locked=True).filter(id=batch_id).first()
    if batch is None or batch.state != Batch.State.ASKED:
        return Batch.objects.get(id=batch_id)
    due = list(due_for(batch).select_for_update(of=("self",), skip_locked=True).order_by("area", "id")[:MOST_LINES])
    lines = (
        Line(batch=batch, number=number, commitment=each, payee_id=each.payee_id, amount=each.amount)
        for number, each in enumerate(due, 1)
    )
    Line.objects.bulk_create(lines, batch_size=AT_ONCE)
    Commitment.objects.filter(lines__batch=batch).update(state=Commitment.State.LISTED)
    totals = totals_of(batch)
    batch.count, batch.total, batch.digest = totals.count, totals.total, totals.digest
    batch.state = Batch.State.MADE if due else Batch.State.EMPTY
    batch.save(update_fields=["count", "total", "digest", "state"])
    run_checks(batch)
    details = {"lines": totals.count, "total": str(totals.total), "digest": totals.digest}
    record("batch.make", batch, batch.made_by, details=details)
    return batch


def due_for(batch: Batch | Wanted) -> QuerySet[Commitment]:
    """What a batch would list: what is due, or, of a correction, what has failed and is put right."""
    found = Commitment.objects.filter(
        pack_id=batch.pack_id, measure=batch.measure, area__startswith=batch.area,
        state=Commitment.State.FAILED if batch.corrects else Commitment.State.DUE,
    )  # fmt: skip
    if batch.corrects:
        ready = Failure.objects.filter(state=Failure.State.OPEN, is_ready=True)
        found = found.filter(id__in=ready.values("line__commitment_id"))
    return found.filter(period=batch.period) if batch.period else found


def totals_of(batch: Batch) -> Totals:
    """The control totals of the lines that are to be paid, as they stand now."""
    lines = Line.objects.filter(batch=batch).exclude(state=Line.State.STOPPED).order_by("number")
    content, count, total = sha256(), 0, Decimal(0)
    for number, commitment, payee, amount in lines.values_list("number", "commitment_id", "payee_id", "amount"):
        content.update(f"{number}|{commitment}|{payee}|{amount:.2f}\n".encode())
        count, total = count + 1, total + amount
    return Totals(count, total, content.hexdigest())


def record(
    action: str, batch: Batch, by: str, *, basis: str = "", origin: str = "", details: dict[str, object] | None = None
) -> None:
    """It is on record what happened to a batch."""
    audit.record(
        action, actor=by, subject=f"batch:{batch.id}", area=batch.area, basis=basis, origin=origin, details=details
    )
