"""Which addresses the public may open: beside the officials' table, another kind of visitor with another cookie.

A visitor without an account is None, one who has signed in on the public site is `APPLICANT`. An applicant has no role,
so the officials' table opens nothing to one; and what stands here asks nothing about officials.
"""

from __future__ import annotations

from collections.abc import Mapping

APPLICANT = "applicant"
VISITORS: frozenset[str | None] = frozenset({None, APPLICANT})
APPLICANTS: frozenset[str | None] = frozenset({APPLICANT})

PUBLIC_ROUTES: Mapping[str, frozenset[str | None]] = {
    "portal": VISITORS,
    "portal-large": VISITORS,
    "portal-measure": VISITORS,
    "portal-clause": VISITORS,
    "portal-interview": VISITORS,
    "portal-interview-begin": VISITORS,
    "portal-question": VISITORS,
    "portal-outcomes": VISITORS,
    "portal-interview-end": VISITORS,
    "portal-sign-in": VISITORS,
    "portal-code": VISITORS,
    "portal-sign-out": VISITORS,
    "portal-hand-over": VISITORS,
    "portal-messages": VISITORS,
    "portal-notices": VISITORS,
    "portal-notice": VISITORS,
    "portal-objection": VISITORS,
    "portal-objection-made": VISITORS,
    "portal-answer": VISITORS,
    "portal-mine": APPLICANTS,
    "portal-link": APPLICANTS,
    "portal-link-end": APPLICANTS,
    "portal-subject": APPLICANTS,
    "portal-proxy-end": APPLICANTS,
    "portal-apply": APPLICANTS,
    "portal-cases": APPLICANTS,
    "portal-case": APPLICANTS,
    "portal-case-submit": APPLICANTS,
    "portal-case-take-away": APPLICANTS,
    "portal-case-paper": APPLICANTS,
    "portal-case-paper-back": APPLICANTS,
    "portal-case-message": APPLICANTS,
    "portal-case-objection": APPLICANTS,
}
"""Names of routes with the visitors that may open them."""


def may_visit(route: str, visitor: str | None) -> bool:
    """Whether a visitor may open a route of the public site; what is not stated is open to nobody."""
    return visitor in PUBLIC_ROUTES.get(route, frozenset())
