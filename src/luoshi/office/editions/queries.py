"""Reading editions: which one decides on a day, which there are, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import QuerySet

from luoshi.office.editions import folders
from luoshi.office.editions.models import Activation, Archive, Edition

FOUND = ("findings", "examples", "obstacles", "trial")
"""What was found in an edition: long, and read on its own page only."""


@dataclass(frozen=True)
class Term:
    """An edition that decides from a day on, as one activation says."""

    edition_id: int
    pack_id: str
    digest: str
    number: int
    start: date


@dataclass(frozen=True)
class Listed:
    """An edition in the list of its pack. `standing`: active, coming, superseded, or none while it never decided;
    `start` the day from which it decides or will, or last did."""

    edition: Edition
    standing: str
    start: date | None


def active_on(day: date, pack_id: str | None = None) -> Mapping[str, Term]:
    """The edition of each pack that decides on a day; before the first activation of a pack, that of the first."""
    found: dict[str, Term] = {}
    for term in _terms(pack_id):
        if term.start <= day or term.pack_id not in found:
            found[term.pack_id] = term
    return found


def find_active(pack_id: str, day: date) -> Term | None:
    """The edition of a pack that decides on a day; None while the pack has none that was activated."""
    return active_on(day, pack_id).get(pack_id)


def coming_after(day: date) -> Iterable[Term]:
    """Editions that decide from a later day on."""
    return (term for term in _terms(None) if term.start > day)


def packs_with_editions() -> list[str]:
    """The ids of packs that have an edition."""
    return list(Edition.objects.order_by("pack_id").values_list("pack_id", flat=True).distinct())


def listed(pack_id: str, today: date) -> tuple[Listed, ...]:
    """The editions of a pack with how they stand today, the newest first."""
    active = find_active(pack_id, today)
    starts: dict[int, date] = {}
    for term in _terms(pack_id):
        starts[term.edition_id] = term.start
    return tuple(
        Listed(edition, _standing(edition, active, starts.get(edition.id), today), starts.get(edition.id))
        for edition in _editions().filter(pack_id=pack_id).order_by("-number")
    )


def find_edition(pack_id: str, number: int) -> Edition | None:
    """An edition with everything that was found in it."""
    return Edition.objects.filter(pack_id=pack_id, number=number).first()


def find_by_digest(pack_id: str, digest: str) -> Edition | None:
    """The edition whose pack has this hash."""
    return _editions().filter(pack_id=pack_id, digest=digest).first()


def find_first(pack_id: str) -> Edition | None:
    """The first edition of a pack."""
    return _editions().filter(pack_id=pack_id).order_by("number").first()


def folder_of(edition_id: int, digest: str) -> Path:
    """The folder with the files of an edition."""
    there = folders.folder_of(digest)
    return there or folders.written(archive_of(edition_id), digest)


def archive_of(edition_id: int) -> bytes:
    """The files of an edition and of what it imports, as a zip."""
    return bytes(Archive.objects.get(edition_id=edition_id).content)


def activations_of(edition: Edition) -> QuerySet[Activation]:
    """When an edition was activated, the newest first."""
    return edition.activations.order_by("-id")


def _standing(edition: Edition, active: Term | None, start: date | None, today: date) -> str:
    if start is None:
        return ""
    if active is not None and active.edition_id == edition.id and active.start <= today:
        return "active"
    return "coming" if start > today else "superseded"


def _editions() -> QuerySet[Edition]:
    return Edition.objects.defer(*FOUND)


def _terms(pack_id: str | None) -> list[Term]:
    """Every activation that holds, in the order in which they take over from one another."""
    rows = Activation.objects.order_by("start", "id")
    if pack_id is not None:
        rows = rows.filter(edition__pack_id=pack_id)
    return [
        Term(*row)
        for row in rows.values_list("edition_id", "edition__pack_id", "edition__digest", "edition__number", "start")
    ]
