"""The desk of what the bank has returned: whose it is, until when, and whether it is put right."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from luoshi.office.audit import actions as audit
from luoshi.office.treasury.errors import NoReason
from luoshi.office.treasury.models import Failure


@transaction.atomic
def assign(failure_id: int, owner: str, due: date, *, by: str) -> None:
    """Somebody else deals with it from now on, until a day."""
    _write(failure_id, "failure.assign", {"owner": owner, "due": due}, by, owner)


@transaction.atomic
def mark_ready(failure_id: int, note: str, *, by: str) -> None:
    """What was wrong is put right: the next correction pays it again. It says what was done."""
    if not note.strip():
        raise NoReason("note")
    _write(failure_id, "failure.ready", {"is_ready": True, "note": note.strip()}, by, note)


def _write(failure_id: int, action: str, facts: dict[str, object], by: str, basis: str) -> None:
    found = Failure.objects.select_for_update(of=("self",)).select_related("line__batch").get(id=failure_id)
    if found.state != Failure.State.OPEN:
        return
    Failure.objects.filter(id=failure_id).update(**facts)
    subject, area = f"commitment:{found.line.commitment_id}", found.line.batch.area
    audit.record(action, actor=by, subject=subject, area=area, basis=basis)
