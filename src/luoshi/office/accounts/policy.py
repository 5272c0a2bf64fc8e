"""What each role may open. One table for all addresses: what does not stand here, nobody opens."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.office.accounts.roles import Role

ANYONE: frozenset[str | None] = frozenset({None, *Role.values})
"""Also who has not signed in."""
SIGNED_IN: frozenset[str | None] = frozenset(Role.values)
OFFICIALS: frozenset[str | None] = SIGNED_IN - {Role.SYSTEM_ADMINISTRATOR}
"""Who works with the policy. The system administrator keeps accounts and machines and sees no registers."""
MAKERS: frozenset[str | None] = frozenset({Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER})
"""Who draws up local values and asks for runs."""
CHECKERS = MAKERS | {Role.FINANCE_OFFICER}
"""Who confirms what somebody else has drawn up."""

LIBRARIANS: frozenset[str | None] = frozenset({Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER})
"""Who keeps the policy library. That somebody else activates what one uploaded, the database holds."""
LIBRARY_READERS: frozenset[str | None] = LIBRARIANS | {Role.AUDITOR}

TELLERS: frozenset[str | None] = frozenset({Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR})
"""Who tells people what they are entitled to."""
FINDING_READERS = OFFICIALS - {Role.VILLAGE_ADMINISTRATOR}
"""Who sees findings. Village administrators do not: they may be what is found."""
FINDING_HANDLERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE}
)

UNMASKERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.FINANCE_OFFICER, Role.AUDITOR}
)
"""Who may read id and account numbers in full, after saying why."""
IMPORTERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR}
)
"""Who may bring files into the registers of their area."""

KEEPERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR}
)
"""Who writes rows of registers within their area. Finance and auditors look at what others have registered."""

APPOINTS: Mapping[str | None, frozenset[str]] = {
    Role.SYSTEM_ADMINISTRATOR: frozenset(Role.values),
    Role.CITY_COORDINATOR: frozenset(set(Role.values) - {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}),
}
"""Which roles a role may give, each within its area. Nobody chooses who is to audit them."""
ACCOUNT_KEEPERS: frozenset[str | None] = frozenset(APPOINTS)
SYSTEM_ADMINISTRATORS: frozenset[str | None] = frozenset({Role.SYSTEM_ADMINISTRATOR})
"""Who gives new passwords and takes second factors away: with either somebody could come in as another."""
LOG_READERS: frozenset[str | None] = frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.CITY_COORDINATOR})

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
    "own-account": SIGNED_IN,
    "accounts": ACCOUNT_KEEPERS,
    "account-open": ACCOUNT_KEEPERS,
    "accounts-upload": ACCOUNT_KEEPERS,
    "accounts-template": ACCOUNT_KEEPERS,
    "account": ACCOUNT_KEEPERS,
    "account-appoint": ACCOUNT_KEEPERS,
    "account-stand-in": ACCOUNT_KEEPERS,
    "appointment-end": ACCOUNT_KEEPERS,
    "account-close": ACCOUNT_KEEPERS,
    "account-reopen": ACCOUNT_KEEPERS,
    "account-unlock": ACCOUNT_KEEPERS,
    "account-end-sign-ins": ACCOUNT_KEEPERS,
    "account-renew-password": SYSTEM_ADMINISTRATORS,
    "account-reset-second-factor": SYSTEM_ADMINISTRATORS,
    "log": LOG_READERS,
    "log-export": LOG_READERS,
    "log-verify": frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}),
    "home": SIGNED_IN,
    "document": OFFICIALS,
    "measure": OFFICIALS,
    "subjects": OFFICIALS,
    "subject": OFFICIALS,
    "trying": OFFICIALS,
    "worklists": OFFICIALS,
    "entitled": OFFICIALS,
    "entitled-visits": TELLERS,
    "entitled-measure": OFFICIALS,
    "entitled-notice": TELLERS,
    "entitled-contact": TELLERS,
    "missing": OFFICIALS,
    "missing-rows": OFFICIALS,
    "missing-sheet": TELLERS,
    "findings": FINDING_READERS,
    "finding": FINDING_READERS,
    "finding-handle": FINDING_HANDLERS,
    "finding-check": FINDING_HANDLERS,
    "charts": OFFICIALS,
    "document-charts": OFFICIALS,
    "print-document": OFFICIALS,
    "print-measure": OFFICIALS,
    "print-subject": OFFICIALS,
    "library": LIBRARY_READERS,
    "library-upload": LIBRARIANS,
    "edition": LIBRARY_READERS,
    "edition-again": LIBRARIANS,
    "edition-activate": LIBRARIANS,
    "edition-withdraw": LIBRARIANS,
    "edition-download": LIBRARY_READERS,
    "edition-difference": LIBRARY_READERS,
    "edition-text": LIBRARY_READERS,
    "attachment": OFFICIALS,
    "parameters": OFFICIALS,
    "parameters-of": OFFICIALS,
    "parameter": OFFICIALS,
    "parameter-set": MAKERS,
    "parameter-end": MAKERS,
    "local-value": OFFICIALS,
    "local-value-progress": OFFICIALS,
    "local-value-step": CHECKERS,
    "runs": OFFICIALS,
    "run": OFFICIALS,
    "run-progress": OFFICIALS,
    "run-ask": MAKERS,
    "run-cancel": MAKERS,
    "imports": IMPORTERS | {Role.AUDITOR},
    "import": IMPORTERS | {Role.AUDITOR},
    "import-registers": IMPORTERS,
    "import-new": IMPORTERS,
    "import-template": IMPORTERS,
    "import-corrected": IMPORTERS,
    "import-choose": IMPORTERS,
    "import-accept": IMPORTERS,
    "import-reject": IMPORTERS,
    "import-cancel": IMPORTERS,
    "import-undo": IMPORTERS,
    "row-add": KEEPERS,
    "row-correct": KEEPERS,
    "row-restore": KEEPERS,
    "conflicts": KEEPERS | {Role.AUDITOR},
    "conflicts-settle": KEEPERS,
    "doubles": KEEPERS | {Role.AUDITOR},
    "doubles-search": KEEPERS,
    "double": KEEPERS | {Role.AUDITOR},
    "double-different": KEEPERS,
    "merger-separate": KEEPERS,
    "registers": OFFICIALS,
    "registers-of": OFFICIALS,
    "register": OFFICIALS,
    "register-search": OFFICIALS,
    "register-pick": OFFICIALS,
    "view-save": OFFICIALS,
    "view-rename": OFFICIALS,
    "view-delete": OFFICIALS,
    "export": OFFICIALS,
    "exports": OFFICIALS,
    "export-file": OFFICIALS,
    "export-unmasked": UNMASKERS,
    "reveal": UNMASKERS,
}
"""Names of routes with the roles that may open them. Area scope is held by what a route shows."""

BEFORE_SECOND_FACTOR = frozenset({"second-factor", "second-factor-enrol"})
"""Routes that are open between the password and the code; beside them only those of `ANYONE`."""

BEFORE_OWN_PASSWORD = frozenset({"password"})
"""Routes that are open to whoever still has a first password; beside them only those of `ANYONE`."""


def may_open(route: str, role: str | None) -> bool:
    """Whether a role (None: not signed in) may open a route; a route that is not stated is open to nobody."""
    return role in ROUTES.get(route, frozenset())
