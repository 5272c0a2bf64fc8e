"""What each role may open. One table for all addresses: what does not stand here, nobody opens."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.office.accounts.roles import Role

ANYONE: frozenset[str | None] = frozenset({None, *Role.values})
"""Also who has not signed in."""
SIGNED_IN: frozenset[str | None] = frozenset(Role.values)
OFFICIALS: frozenset[str | None] = SIGNED_IN - {Role.SYSTEM_ADMINISTRATOR}
"""Who works with the policy. The system administrator keeps accounts and machines and sees no registers."""

ROUTES: Mapping[str, frozenset[str | None]] = {
    "health": ANYONE,
    "metrics": ANYONE,
    "sign-in": ANYONE,
    "sign-out": ANYONE,
    "set_language": ANYONE,
    "second-factor": SIGNED_IN,
    "second-factor-enrol": SIGNED_IN,
    "password": SIGNED_IN,
    "sessions": SIGNED_IN,
    "session-end": SIGNED_IN,
    "sessions-end-others": SIGNED_IN,
    "home": SIGNED_IN,
    "document": OFFICIALS,
    "measure": OFFICIALS,
    "subjects": OFFICIALS,
    "subject": OFFICIALS,
}
"""Names of routes with the roles that may open them. Area scope is held by what a route shows."""

BEFORE_SECOND_FACTOR = frozenset({"second-factor", "second-factor-enrol"})
"""Routes that are open between the password and the code; beside them only those of `ANYONE`."""


def may_open(route: str, role: str | None) -> bool:
    """Whether a role (None: not signed in) may open a route; a route that is not stated is open to nobody."""
    return role in ROUTES.get(route, frozenset())
