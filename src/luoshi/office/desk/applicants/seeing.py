"""What an official sees of an account: the row that it is or would be, within the official's area."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.office.accounts.roles import Scope
from luoshi.office.applicants.actions import masked_phone
from luoshi.office.applicants.models import Link, Proxy
from luoshi.office.desk.keeping import Kept, find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import root_of
from luoshi.office.registry.areas import area
from luoshi.office.runs import library


@dataclass(frozen=True)
class LinkSeen:
    """A link with the row in words. `kept` is None where the row has gone, or lies elsewhere now."""

    link: Link
    name: str
    place: str
    phone: str
    kept: Kept | None


@dataclass(frozen=True)
class ProxySeen:
    """Who acts for whom."""

    proxy: Proxy
    name: str
    is_own: bool


def seen(link: Link, scope: Scope, lang: str) -> LinkSeen:
    """A link as an official of an area sees it."""
    pack = next((pack for pack in library.packs() if pack.policy.id == link.pack_id), None)
    root = root_of(pack, scope) if pack is not None else None
    kept = None
    if pack is not None and root is not None:
        kept = find_kept(Names(pack, root, lang), link.register, str(link.row_id))
    place = area(link.area) if link.area else None
    name = kept.name if kept is not None else str(link)
    return LinkSeen(link, name, place.name if place else "", masked_phone(link.applicant), kept)
