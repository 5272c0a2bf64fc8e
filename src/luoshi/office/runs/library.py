"""The packs of this installation as they hold on a day, loaded once for a process.

Which edition holds is asked of the database each time, so every process notices an activation at once.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from django.utils import timezone

from luoshi.office.editions import queries as editions
from luoshi.office.editions.models import Edition
from luoshi.office.runs.models import Installed, Run
from luoshi.rulebook.loading import load_pack, shipped_packs
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused

MOST_LOADED = 16
"""Editions that a process keeps loaded."""


def pack(pack_id: str, on: date | None = None) -> Pack:
    """A pack without its examples, in the edition that holds on a day, today without one; the shipped pack while no
    edition was activated. `Refused` with its findings if there is none or it is wrong."""
    term = editions.find_active(pack_id, on or timezone.localdate())
    return _loaded(pack_id, term.edition_id, term.digest) if term else shipped(pack_id)


def packs() -> tuple[Pack, ...]:
    """Every pack that something was ever loaded for, by its id, in the edition that holds today."""
    held = editions.active_on(timezone.localdate())
    ids = Installed.objects.order_by("pack_id").values_list("pack_id", flat=True)
    terms = [(pack_id, held.get(pack_id)) for pack_id in ids]
    return tuple(
        _loaded(pack_id, term.edition_id, term.digest) if term else shipped(pack_id) for pack_id, term in terms
    )


def pack_of(run: Run) -> Pack | None:
    """The pack that a run decided by; None where it is not kept any more."""
    return find_by_hash(run.pack_id, run.pack_hash)


def find_by_hash(pack_id: str, digest: str) -> Pack | None:
    """The pack of a hash, without its examples; None where it is not kept any more."""
    edition = editions.find_by_digest(pack_id, digest)
    if edition is not None:
        return of_edition(edition)
    found = _find_shipped(pack_id)
    return found if found is not None and found.hash == digest else None


def of_edition(edition: Edition) -> Pack:
    """The pack of an edition, without its examples; `Refused` with its findings if it is wrong."""
    return _loaded(edition.pack_id, edition.id, edition.digest)


@cache
def shipped(pack_id: str) -> Pack:
    """The pack that came with the software, without its examples."""
    return load_pack(pack_id, examples=False)


def _find_shipped(pack_id: str) -> Pack | None:
    return shipped(pack_id) if pack_id in shipped_packs() else None


@lru_cache(MOST_LOADED)
def _loaded(pack_id: str, edition_id: int, digest: str) -> Pack:
    """The pack of an edition; where it is the shipped one, that, so that it is loaded once."""
    try:
        found = _find_shipped(pack_id)
    except Refused:
        found = None
    if found is not None and found.hash == digest:
        return found
    return load_pack(editions.folder_of(edition_id, digest), examples=False)
