"""Ties accounts to rows of registers: asked for with number and name, confirmed by an official who knows the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from luoshi.office.applicants.errors import Refused
from luoshi.office.applicants.models import Applicant, Link
from luoshi.office.applicants.ties import find_row, list_people
from luoshi.office.audit import actions as audit
from luoshi.office.registry.shape import table_name
from luoshi.rulebook.model.blocks import Pack

MOST_ASKED = 5
ASKED_WITHIN = timedelta(days=1)
Found = tuple[Pack, str, int, str]
OPEN = (Link.State.ASKED, Link.State.CONFIRMED)


@transaction.atomic
def ask(applicant: Applicant, packs: Iterable[Pack], number: str, name: str, now: datetime, *, actor: str) -> bool:
    """Whether the question was taken; it is not beyond `MOST_ASKED` a day. Never whether anybody has that number."""
    Applicant.objects.select_for_update().get(pk=applicant.id)
    if applicant.links.filter(asked_at__gt=now - ASKED_WITHIN).count() >= MOST_ASKED:
        return False
    new = (_link(applicant, found, now) for found in _found(packs, number, name))
    link = next((one for one in new if one is not None), None)
    if link is None:
        link = Link.objects.create(applicant=applicant, state=Link.State.UNMATCHED, asked_at=now)
    audit.record("link.ask", actor=actor, subject=f"link:{link.id}", area=link.area)
    return True


def find_found(packs: Iterable[Pack], number: str, name: str) -> Found | None:
    """The policy, register, row and area of whoever has a number and a name; None for nobody, and for several."""
    return next(_found(packs, number, name), None)


def of_row(pack: Pack, register: str, row_id: int) -> QuerySet[Link]:
    """Every link of a row, under whichever policy it was made."""
    return Link.objects.filter(kept_in=table_name(pack, register).schema, register=register, row_id=row_id)


def _found(packs: Iterable[Pack], number: str, name: str) -> Iterator[Found]:
    for pack in packs:
        for register in list_people(pack):
            row = find_row(pack, register, number, name)
            if row is not None and isinstance(row.id, int):
                yield pack, register, row.id, row.area_code or ""


def _link(applicant: Applicant, found: Found, now: datetime) -> Link | None:
    """A new link; None where the account has it already."""
    pack, register, row_id, area = found
    kept = {"pack_id": pack.policy.id, "kept_in": table_name(pack, register).schema, "register": register}
    try:
        with transaction.atomic():
            return Link.objects.create(
                applicant=applicant, state=Link.State.ASKED, asked_at=now, row_id=row_id, area=area, **kept
            )
    except IntegrityError:
        return None


@transaction.atomic
def decide(number: int, scope: str, *, accept: bool, reason: str, by: str, now: datetime, origin: str = "") -> Link:
    """The link, confirmed or refused with a reason. `Refused` where it lies elsewhere or was decided already."""
    link = Link.objects.select_for_update().filter(pk=number, area__startswith=scope).first()
    if link is None or link.state != Link.State.ASKED:
        raise Refused("decided")
    if not accept and not reason.strip():
        raise Refused("reason")
    link.state = Link.State.CONFIRMED if accept else Link.State.REFUSED
    link.decided_by, link.decided_at, link.reason = by, now, reason.strip()
    link.save()
    action = "link.confirm" if accept else "link.reject"
    audit.record(action, actor=by, subject=f"link:{number}", area=link.area, origin=origin)
    return link


@transaction.atomic
def open_confirmed(
    applicant: Applicant, found: Found, now: datetime, *, by: str, reason: str = "", origin: str = ""
) -> Link:
    """A link that an official has made for somebody who came to them; an open one of the same row is confirmed.

    `reason` says who came and what they showed; its holder sees it, the event log does not.
    """
    pack, register, row_id, area = found
    link = of_row(pack, register, row_id).filter(applicant=applicant, state__in=OPEN).first() or Link(
        applicant=applicant, pack_id=pack.policy.id, kept_in=table_name(pack, register).schema, register=register,
        row_id=row_id, area=area, asked_at=now,
    )  # fmt: skip
    link.state, link.decided_by, link.decided_at = Link.State.CONFIRMED, by, now
    link.reason = reason.strip() or link.reason
    link.save()
    audit.record("link.confirm", actor=by, subject=f"link:{link.id}", area=area, origin=origin)
    return link


@transaction.atomic
def end(links: Iterable[Link], *, by: str, now: datetime, origin: str = "") -> int:
    """How many of these links were open; they are ended."""
    ended = 0
    for link in links:
        is_open = Link.objects.filter(pk=link.id, state__in=(*OPEN, Link.State.UNMATCHED))
        ended += (done := is_open.update(state=Link.State.ENDED if link.row_id else Link.State.UNMATCHED,
                                         ended_at=now, ended_by=by))  # fmt: skip
        if done:
            audit.record("link.end", actor=by, subject=f"link:{link.id}", area=link.area, origin=origin)
    return ended


def confirmed(applicant: Applicant) -> Sequence[Link]:
    """The rows that somebody is."""
    return list(applicant.links.filter(state=Link.State.CONFIRMED).order_by("id"))


def listed(applicant: Applicant) -> Sequence[Link]:
    """Everything that its holder sees of an account's links, the newest first."""
    return list(applicant.links.filter(ended_at=None).order_by("-id"))


def list_asked(scope: str, most: int = 100) -> Sequence[Link]:
    """The links that wait for an official of an area, the oldest first."""
    return list(Link.objects.filter(state=Link.State.ASKED, area__startswith=scope).order_by("id")[:most])


def find(number: int, scope: str) -> Link | None:
    """A link in an area that is or was tied to a row."""
    return Link.objects.filter(pk=number, area__startswith=scope, row_id__isnull=False).first()


def list_of_row(pack: Pack, register: str, row_id: int, scope: str) -> Sequence[Link]:
    """The accounts that are tied to a row of an area, the oldest first."""
    found = of_row(pack, register, row_id).filter(area__startswith=scope)
    return list(found.filter(state=Link.State.CONFIRMED).select_related("applicant").order_by("id"))


def list_confirmed(scope: str, most: int = 200) -> Sequence[Link]:
    """The accounts of an area that are tied to a row, the newest first."""
    found = Link.objects.filter(state=Link.State.CONFIRMED, area__startswith=scope)
    return list(found.select_related("applicant").order_by("-decided_at")[:most])
