"""What each role may open. One table for all addresses: what does not stand here, nobody opens."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.office.accounts.public import PUBLIC_ROUTES
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

MONEY_READERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.FINANCE_OFFICER, Role.AUDITOR}
)
"""Who sees what was promised and paid."""
PAYERS: frozenset[str | None] = frozenset({Role.DEPARTMENT_OFFICER, Role.FINANCE_OFFICER})
"""Who draws up and checks batches. That three different people let one pass, the database holds."""
CASHIERS: frozenset[str | None] = frozenset({Role.FINANCE_OFFICER})
"""Who gives budgets, approves batches and deals with the bank."""

APPOINTS: Mapping[str | None, frozenset[str]] = {
    Role.SYSTEM_ADMINISTRATOR: frozenset(Role.values),
    Role.CITY_COORDINATOR: frozenset(set(Role.values) - {Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR}),
}
"""Which roles a role may give, each within its area. Nobody chooses who is to audit them."""
ACCOUNT_KEEPERS: frozenset[str | None] = frozenset(APPOINTS)
SYSTEM_ADMINISTRATORS: frozenset[str | None] = frozenset({Role.SYSTEM_ADMINISTRATOR})
"""Who gives new passwords and takes second factors away: with either somebody could come in as another."""
NOTICE_HANDLERS: frozenset[str | None] = frozenset(
    {Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE}
)
"""Who takes notices down and answers objections. Village administrators do not: they may be what is objected to."""
CASE_HANDS: frozenset[str | None] = OFFICIALS - {Role.AUDITOR}
"""Who does something in cases, each at their own desk."""
CASE_TAKERS: frozenset[str | None] = frozenset(
    {Role.DEPARTMENT_OFFICER, Role.TOWNSHIP_CADRE, Role.VILLAGE_ADMINISTRATOR}
)
"""Who takes in what people hand in on paper."""
LOG_READERS: frozenset[str | None] = frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR, Role.CITY_COORDINATOR})

LETTER_READERS = OFFICIALS - {Role.VILLAGE_ADMINISTRATOR}
"""Who sees which letters were issued and may take one away again: they hold decisions about people."""
LETTER_KEEPERS: frozenset[str | None] = frozenset({Role.CITY_COORDINATOR, Role.DEPARTMENT_OFFICER})
"""Who keeps templates and numbers of letters. That somebody else approves a template, the database holds."""

LAYOUT_KEEPERS: frozenset[str | None] = frozenset({Role.FINANCE_OFFICER, Role.SYSTEM_ADMINISTRATOR})
"""Who keeps the layouts of banks. That somebody else puts one to use, the database holds."""

SHEET_HANDS = OFFICIALS - {Role.AUDITOR}
"""Who enters and confirms periodic sheets, each at the offices that the policy names."""

ROUTES: Mapping[str, frozenset[str | None]] = {
    **dict.fromkeys(PUBLIC_ROUTES, ANYONE),
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
    "account-person": SYSTEM_ADMINISTRATORS,
    "account-renew-password": SYSTEM_ADMINISTRATORS,
    "account-reset-second-factor": SYSTEM_ADMINISTRATORS,
    "log": LOG_READERS,
    "log-export": LOG_READERS,
    "log-verify": frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}),
    "home": SIGNED_IN,
    "document": OFFICIALS,
    "measure": OFFICIALS,
    "duty": OFFICIALS,
    "duty-rows": OFFICIALS,
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
    **dict.fromkeys(("awards", "award-round", "award-list", "award-winners", "award-export"), OFFICIALS),
    **dict.fromkeys(("award-nomination", "award-panel", "award-choice"), OFFICIALS),
    **dict.fromkeys(("award-open", "award-round-step", "award-choice-step"), MAKERS),
    **dict.fromkeys(("award-nominate", "award-nomination-step"), KEEPERS),
    "award-panel-step": CHECKERS,
    "double": KEEPERS | {Role.AUDITOR},
    "double-different": KEEPERS,
    "merger-separate": KEEPERS,
    "notices": OFFICIALS,
    "notice": OFFICIALS,
    "notice-print": OFFICIALS,
    "notice-take-down": NOTICE_HANDLERS,
    "reception": MAKERS,
    "objection": NOTICE_HANDLERS | {Role.AUDITOR},
    "objection-answer": NOTICE_HANDLERS,
    "applicants": TELLERS | {Role.AUDITOR},
    "applicant-open": TELLERS,
    "applicant-operator": TELLERS,
    "applicant-link": TELLERS | {Role.AUDITOR},
    **dict.fromkeys(("applicant-link-decide", "applicant-link-end"), TELLERS),
    **dict.fromkeys(("applicant-proxy-begin", "applicant-proxy-end"), TELLERS),
    "sheets": OFFICIALS,
    "sheet": OFFICIALS,
    "sheet-history": OFFICIALS,
    "sheet-state": OFFICIALS,
    "sheet-worker": OFFICIALS,
    "sheet-enter": SHEET_HANDS,
    "sheet-hand-in": SHEET_HANDS,
    "sheet-send-back": SHEET_HANDS - {Role.VILLAGE_ADMINISTRATOR},
    "sheet-confirm": SHEET_HANDS - {Role.VILLAGE_ADMINISTRATOR},
    "sheet-roll": OFFICIALS,
    "sheet-commit": SHEET_HANDS - {Role.VILLAGE_ADMINISTRATOR, Role.TOWNSHIP_CADRE},
    "statements": OFFICIALS,
    "statement": OFFICIALS,
    **dict.fromkeys(("cases", "cases-all", "case", "certificates", "certificate"), OFFICIALS),
    **dict.fromkeys(("cases-drafts", "case-new", "case-subject", "case-claim", "case-discard"), CASE_TAKERS),
    **dict.fromkeys(("case-withdraw", "case-contest"), CASE_TAKERS),
    **dict.fromkeys(("cases-together", "cases-together-do", "cases-together-result"), CASE_HANDS),
    **dict.fromkeys(("case-task", "case-task-holder", "case-task-pause", "case-task-go-on"), CASE_HANDS),
    **dict.fromkeys(("case-talk", "case-answer", "case-paper", "case-paper-back"), CASE_HANDS),
    **dict.fromkeys(("case-letter", "case-letter-issue"), CASE_HANDS & LETTER_READERS),
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
    **dict.fromkeys(("treasury", "fund", "batches", "batch", "failures", "payment", "claw-backs"), MONEY_READERS),
    **dict.fromkeys(("measure-money", "trial-balance", "person-lists"), MONEY_READERS),
    **dict.fromkeys(("budget-give", "budget-hand-down", "year-close", "entry-reverse"), CASHIERS),
    **dict.fromkeys(("batch-make", "batch-submit", "batch-check", "batch-send-back", "batch-withdraw"), PAYERS),
    **dict.fromkeys(("check-accept", "line-keep", "line-stop"), PAYERS),
    **dict.fromkeys(("failure-ready", "failure-assign", "payee-replace", "person-list-add"), PAYERS),
    **dict.fromkeys(("batch-approve", "batch-send", "bank-file", "bank-return"), CASHIERS),
    **dict.fromkeys(("payment-release", "payment-lower", "payment-demand", "claw-back-settle"), CASHIERS),
    "treasury-prove": frozenset({Role.FINANCE_OFFICER, Role.AUDITOR}),
    "clause-money": MONEY_READERS,
    **dict.fromkeys(("layouts", "layout"), LAYOUT_KEEPERS | {Role.AUDITOR}),
    **dict.fromkeys(("layout-add", "layout-change", "layout-use"), LAYOUT_KEEPERS),
    **dict.fromkeys(("accounts-of", "account-of"), OFFICIALS),
    **dict.fromkeys(("account-spend", "account-take-back"), SHEET_HANDS - {Role.VILLAGE_ADMINISTRATOR}),
    "account-follow": CASHIERS,
    "letters": LETTER_READERS,
    "letter-kind": LETTER_READERS,
    "letter-sample": LETTER_READERS,
    "letter-default": LETTER_READERS,
    "letter-template": LETTER_READERS,
    "letter-template-file": LETTER_READERS,
    "letter-template-sample": LETTER_READERS,
    "letter-template-upload": LETTER_KEEPERS,
    "letter-template-approve": LETTER_KEEPERS,
    "letter-template-drop": LETTER_KEEPERS,
    "letter-series-set": LETTER_KEEPERS,
    "letters-issued": LETTER_READERS,
    "letters-check": LETTER_READERS,
    "letter": LETTER_READERS,
    "letter-file": LETTER_READERS,
    "letter-void": LETTER_KEEPERS,
}
"""Names of routes with the roles that may open them. Area scope is held by what a route shows."""

BEFORE_SECOND_FACTOR = frozenset({"second-factor", "second-factor-enrol"})
"""Routes that are open between the password and the code; beside them only those of `ANYONE`."""

BEFORE_OWN_PASSWORD = frozenset({"password"})
"""Routes that are open to whoever still has a first password; beside them only those of `ANYONE`."""


def may_open(route: str, role: str | None) -> bool:
    """Whether a role (None: not signed in) may open a route; a route that is not stated is open to nobody."""
    return role in ROUTES.get(route, frozenset())
