"""Keeping editions, noting what was found in them, activating and withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.accounts.roles import Scope
from luoshi.office.audit import actions as audit
from luoshi.office.editions import folders, queries
from luoshi.office.editions.errors import AlreadyKept, NotNow, Unusable
from luoshi.office.editions.models import Activation, Archive, Edition
from luoshi.office.registry.shape import SHARED, schema_of
from luoshi.rulebook.loading import find_folder, try_load
from luoshi.rulebook.model.blocks import Pack, Policy
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.values.calendar import FIRST

RESERVED = frozenset({SHARED, "registry", "audit", "public", "information_schema"})
"""Schemas that are no pack's."""
LIBRARY = "library"
"""The status of packs that only lend."""


@dataclass(frozen=True)
class Found:
    """What a look at an edition came to."""

    state: Edition.State
    findings: list[dict[str, Any]]
    examples: dict[str, Any]
    obstacles: list[dict[str, Any]]
    trial: dict[str, Any] | None


def upload(files: Mapping[str, bytes], note: str, scope: Scope, *, by: str) -> Edition:
    """An edition of these files, which waits to be looked at.

    `Refused` of the rulebook where policy.yaml cannot be read, for then nobody knows whose edition it is; `Unusable`
    where it is no policy for this scope; `AlreadyKept` where the same files are there.
    """
    with folders.laid_out(files) as folder:
        loaded = try_load(folder, examples=False)
        if loaded.partial is None:
            raise Refused(loaded.findings)
        archive = folders.archive_of(folder)
    _check_policy(loaded.partial.policy, scope)
    with transaction.atomic():
        edition = _keep(loaded.partial, archive, by=by, note=note)
        facts = {"digest": edition.digest, "files": len(files)}
        audit.record("edition.upload", actor=by, subject=_subject(edition), area=edition.jurisdiction, details=facts)
    return edition


@transaction.atomic
def keep_shipped(pack: Pack, *, by: str) -> Edition | None:
    """The pack that came with the software is an edition: where none of the pack was activated it decides from the
    beginning, else it waits like any other. None where it only lends."""
    pack_id = pack.policy.id
    if pack.policy.status == LIBRARY:
        return None
    kept = queries.find_by_digest(pack_id, pack.hash)
    if kept is not None:
        return kept
    with folders.laid_out(folders.files_of(find_folder(pack_id))) as folder:
        archive = folders.archive_of(folder)
    edition = _keep(pack, archive, by="", note="")
    if not Activation.objects.filter(edition__pack_id=pack_id).exists():
        Edition.objects.filter(id=edition.id).update(state=Edition.State.CHECKED)
        Activation.objects.create(edition=edition, uploaded_by="", start=FIRST, by=by)
        edition.refresh_from_db()
    audit.record(
        "edition.keep-shipped",
        actor=by,
        subject=_subject(edition),
        area=edition.jurisdiction,
        details={"digest": edition.digest},
    )
    return edition


def begin_look(edition_id: int) -> Edition | None:
    """The edition, whose look has begun, or begins anew after somebody who is gone; None where none is wanted."""
    waiting = Edition.objects.filter(id=edition_id, state__in=[Edition.State.WAITING, Edition.State.LOOKING])
    if not waiting.update(state=Edition.State.LOOKING, step="load", done=0, steps=None):
        return None
    return Edition.objects.get(id=edition_id)


def tell(edition: Edition, step: str, done: int = 0, steps: int | None = None) -> None:
    """Say how far the look at an edition is."""
    looking = Edition.objects.filter(id=edition.id, state=Edition.State.LOOKING)
    looking.update(step=step, done=done, steps=steps)


@transaction.atomic
def end_look(edition: Edition, found: Found) -> None:
    """Keep what was found, unless the edition was withdrawn meanwhile."""
    looking = Edition.objects.filter(id=edition.id, state=Edition.State.LOOKING)
    kept = {"findings": found.findings, "examples": found.examples, "obstacles": found.obstacles, "trial": found.trial}
    if looking.update(state=found.state, step="", looked_at=Now(), **kept):
        audit.record(
            "edition.look",
            actor="system",
            subject=_subject(edition),
            area=edition.jurisdiction,
            details={"state": found.state},
        )


def break_off(edition: Edition) -> None:
    """Say that a look ended without a result."""
    Edition.objects.filter(id=edition.id, state=Edition.State.LOOKING).update(state=Edition.State.BROKEN, step="")


@transaction.atomic
def look_again(edition: Edition, *, by: str) -> bool:
    """An edition that was looked at, or withdrawn, waits to be looked at again; whether it does."""
    open_states = [Edition.State.BROKEN, Edition.State.FAULTY, Edition.State.WITHDRAWN, *Edition.READY]
    if not Edition.objects.filter(id=edition.id, state__in=open_states).update(state=Edition.State.WAITING):
        return False
    audit.record("edition.look-again", actor=by, subject=_subject(edition), area=edition.jurisdiction)
    return True


@transaction.atomic
def activate(edition: Edition, start: date, basis: str, *, by: str, today: date) -> Activation:
    """The edition decides from a day on, today or later. `NotNow` where it is not ready, where the day has passed, and
    where whoever asks has uploaded it. Asked twice in a row it is done once."""
    now = Edition.objects.select_for_update().get(id=edition.id)
    if now.state not in Edition.READY:
        raise NotNow("state")
    if is_same_person(by, now.uploaded_by):
        raise NotNow("uploader")
    if start < today:
        raise NotNow("day")
    last = Activation.objects.filter(edition__pack_id=now.pack_id).order_by("-id").first()
    if last is not None and (last.edition_id, last.start, last.by) == (now.id, start, by):
        return last
    made = Activation.objects.create(edition=now, uploaded_by=now.uploaded_by, start=start, by=by, basis=basis)
    facts = {"from": start.isoformat(), "digest": now.digest}
    area = now.jurisdiction
    audit.record("edition.activate", actor=by, subject=_subject(now), area=area, basis=basis, details=facts)
    return made


@transaction.atomic
def withdraw(edition: Edition, *, by: str, today: date) -> None:
    """The edition will not decide, also where a later day was said. `NotNow` where it does already, or did."""
    now = Edition.objects.select_for_update().get(id=edition.id)
    if now.state == Edition.State.WITHDRAWN:
        return
    if now.activations.filter(start__lte=today).exists():
        raise NotNow("held")
    now.activations.all().delete()
    Edition.objects.filter(id=now.id).update(state=Edition.State.WITHDRAWN, step="")
    audit.record("edition.withdraw", actor=by, subject=_subject(now), area=now.jurisdiction)


def _check_policy(policy: Policy, scope: Scope) -> None:
    if policy.status == LIBRARY or policy.jurisdiction is None:
        raise Unusable("library")
    if schema_of(policy.id) in RESERVED or policy.id.startswith("pg-"):
        raise Unusable("name", name=policy.id)
    first = queries.find_first(policy.id)
    if not scope.covers(policy.jurisdiction) or (first is not None and not scope.covers(first.jurisdiction)):
        raise Unusable("scope", area=policy.jurisdiction)
    if first is not None and first.jurisdiction != policy.jurisdiction:
        raise Unusable("jurisdiction", area=policy.jurisdiction, wanted=first.jurisdiction)


def _keep(pack: Pack, archive: bytes, *, by: str, note: str) -> Edition:
    policy = pack.policy
    with connection.cursor() as cursor:  # one at a time, so that numbers follow one another
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"edition {policy.id}"])
    kept = queries.find_by_digest(policy.id, pack.hash)
    if kept is not None:
        raise AlreadyKept(policy.id, kept.number)
    last = Edition.objects.filter(pack_id=policy.id).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        pack_id=policy.id,
        number=last + 1,
        digest=pack.hash,
        title=policy.title.zh[:300],
        title_en=policy.title.en[:300],
        jurisdiction=policy.jurisdiction or "",
        status=policy.status,
        uploaded_by=by,
        note=note,
    )
    Archive.objects.create(edition=edition, content=archive)
    return edition


def _subject(edition: Edition) -> str:
    return f"edition:{edition.pack_id}/{edition.number}"
