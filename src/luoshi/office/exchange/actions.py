"""What people ask of imports: give a file, choose a sheet, accept, reject, cancel, undo; `working` does the work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from luoshi.office.audit import actions as audit
from luoshi.office.exchange import files, staging
from luoshi.office.exchange.errors import NotNow
from luoshi.office.exchange.models import Import
from luoshi.rulebook.model.blocks import Pack

State = Import.State
WAITS = timedelta(days=30)
"""How long a sound file waits for somebody to accept it."""


@dataclass(frozen=True)
class Given:
    """A file as somebody gave it. `clears`: its empty cells clear what is kept."""

    file_name: str
    content: bytes
    clears: bool = False


@transaction.atomic
def receive(pack: Pack, register: str, given: Given, *, area: str, by: str, now: datetime) -> tuple[Import, bool]:
    """An import that waits to be checked, and whether it is new: the same file again is the import that it was.

    `NotTaken` for what is empty, too large, or no table by its name.
    """
    suffix = files.suffix_of(given.file_name, len(given.content))
    asked = {"pack_id": pack.policy.id, "register": register, "area": area, "clears": given.clears}
    asked["digest"] = sha256(given.content).hexdigest()
    known = Import.objects.filter(**asked, state__in=Import.OPEN).order_by("-id").first()
    if known is not None:
        return known, False
    name = files.keep(given.content, suffix)
    new = {"file": name, "file_name": given.file_name[-200:], "size": len(given.content)}
    new |= {"asked_by": by, "asked_at": now}
    found, is_new = Import.objects.get_or_create(**asked, state__in=Import.OPEN, defaults=new)
    if not is_new:
        files.discard(name)
        return found, False
    _record("receive", found, by, {"register": register, "pack": pack.policy.id, "digest": found.digest})
    return found, True


@transaction.atomic
def choose(work: Import, sheet: str, *, by: str) -> None:
    """The sheet that is meant is known, and the import waits to be checked. `NotNow` where nobody has to choose it."""
    if sheet not in work.sheets:
        raise NotNow(work.state)
    _move(work, State.CHOOSING, State.WAITING, sheet=sheet, sheets=[])
    _record("choose-sheet", work, by)


@transaction.atomic
def accept(work: Import, *, by: str, now: datetime) -> None:
    """The import is to be taken in. `NotNow` unless it is ready."""
    _move(work, State.READY, State.ACCEPTING, decided_by=by, decided_at=now, problem="", done=0, total=work.rows)
    _record("accept", work, by, {"new": work.rows_new, "changed": work.rows_changed, "given_by": work.asked_by})


@transaction.atomic
def reject(work: Import, reason: str, *, by: str, now: datetime) -> None:
    """The import is over, and has changed nothing. `NotNow` unless it is ready."""
    _move(work, State.READY, State.REJECTED, decided_by=by, decided_at=now, reason=reason)
    staging.drop(work)
    _record("reject", work, by)


def expire(*, by: str, now: datetime) -> int:
    """Imports that nobody has accepted or rejected within `WAITS` are rejected; how many. The rows that were laid out
    for them are gone, and nothing else was ever written."""
    found = 0
    for work in Import.objects.filter(state=State.READY, asked_at__lt=now - WAITS):
        with suppress(NotNow):
            reject(work, gettext("过期没有人接受"), by=by, now=now)
            found += 1
    return found


@transaction.atomic
def cancel(work: Import, *, by: str) -> None:
    """Nothing more is done about the import: one that was being accepted is ready again. `NotNow` if all is done."""
    if work.state == State.ACCEPTING:
        _move(work, State.ACCEPTING, State.READY, decided_by="", decided_at=None, step="", done=0)
    else:
        open_states = Q(state__in=[State.WAITING, State.CHECKING, State.CHOOSING])
        if not Import.objects.filter(open_states, id=work.id).update(state=State.CANCELLED, step=""):
            raise NotNow(work.state)
    _record("cancel", work, by)


@transaction.atomic
def undo(work: Import, reason: str, *, by: str, now: datetime) -> None:
    """The rows of an accepted import are to be taken back. `NotNow` unless it was accepted."""
    told: dict[str, Any] = {"undone_by": by, "undone_at": now, "undo_reason": reason, "problem": ""}
    _move(work, State.ACCEPTED, State.UNDOING, **told)
    _record("ask-undo", work, by)


def _move(work: Import, old: str, new: str, **told: Any) -> None:
    """From one state to another, once: whoever comes second is told that it is not possible any more."""
    if not Import.objects.filter(id=work.id, state=old).update(state=new, **told):
        raise NotNow(work.state)
    work.refresh_from_db()


def _record(verb: str, work: Import, by: str, details: dict[str, Any] | None = None) -> None:
    audit.record(f"import.{verb}", actor=by, subject=f"import:{work.id}", area=work.area, details=details)
