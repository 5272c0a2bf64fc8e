"""Who sees which editions: those of policies that hold somewhere in one's area."""

from __future__ import annotations

from django.http import Http404

from luoshi.office.accounts.roles import Scope
from luoshi.office.editions import queries
from luoshi.office.editions.models import Edition


def is_seen(edition: Edition, scope: Scope) -> bool:
    """Whether an edition is of a policy that holds in a scope, or for more than it."""
    return scope.covers(edition.jurisdiction) or scope.area.startswith(edition.jurisdiction)


def may_change(edition: Edition, scope: Scope) -> bool:
    """Whether all of the policy's area lies in a scope."""
    return scope.covers(edition.jurisdiction)


def get_edition(pack_id: str, number: int, scope: Scope) -> Edition:
    """The edition; not found where there is none, or none for this scope."""
    edition = queries.find_edition(pack_id, number)
    if edition is None or not is_seen(edition, scope):
        raise Http404
    return edition
