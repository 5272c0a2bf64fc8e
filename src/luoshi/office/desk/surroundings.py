"""What every page of the site needs: its language and where one can go."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.office.accounts.models import User
from luoshi.office.accounts.policy import may_open


@dataclass(frozen=True)
class Destination:
    """An entry of the navigation: the route it leads to, and the routes on which it is the current one."""

    route: str
    title: str | Promise
    routes: frozenset[str]


NAVIGATION = (
    Destination(
        "home",
        _("文件"),
        frozenset({"home", "document", "measure", "subjects", "subject", "trying", "charts", "document-charts"}),
    ),
    Destination(
        "worklists",
        _("待办"),
        frozenset({"worklists", "entitled", "entitled-measure", "missing", "missing-rows", "findings", "finding"}),
    ),
    Destination(
        "cases",
        _("办件"),
        frozenset({"cases", "cases-all", "cases-drafts", "cases-together", "cases-together-result", "case"})
        | frozenset({"case-new", "case-subject", "case-claim", "certificates", "certificate"}),
    ),
    Destination(
        "registers",
        _("台账"),
        frozenset({"registers", "registers-of", "register", "register-search", "exports", "reveal"})
        | frozenset({"row-add", "row-correct", "row-restore", "conflicts", "doubles", "double"}),
    ),
    Destination("notices", _("公示"), frozenset({"notices", "notice", "reception", "objection"})),
    Destination(
        "sheets", _("填报"), frozenset({"sheets", "sheet", "sheet-history", "sheet-roll", "statements", "statement"})
    ),
    Destination("imports", _("导入"), frozenset({"imports", "import", "import-registers", "import-new"})),
    Destination(
        "awards",
        _("评选"),
        frozenset({"awards", "award-open", "award-round", "award-list", "award-winners", "award-nominate"})
        | frozenset({"award-nomination", "award-panel", "award-choice"}),
    ),
    Destination(
        "parameters",
        _("本地设定"),
        frozenset({"parameters", "parameters-of", "parameter", "parameter-set", "parameter-end", "local-value"}),
    ),
    Destination(
        "treasury",
        _("资金"),
        frozenset({"treasury", "fund", "batches", "batch", "failures", "payment", "claw-backs", "measure-money"})
        | frozenset({"trial-balance", "person-lists"}),
    ),
    Destination("runs", _("计算"), frozenset({"runs", "run"})),
    Destination(
        "library",
        _("政策库"),
        frozenset({"library", "library-upload", "edition", "edition-difference", "edition-text"}),
    ),
    Destination(
        "letters",
        _("公文"),
        frozenset({"letters", "letter-kind", "letter-template", "letters-issued", "letters-check", "letter"})
        | frozenset({"letter-template-upload", "letter-series-set"}),
    ),
    Destination("applicants", _("群众账号"), frozenset({"applicants", "applicant-link", "applicant-open"})),
    Destination("accounts", _("账号"), frozenset({"accounts", "account", "account-open", "accounts-upload"})),
    Destination("log", _("日志"), frozenset({"log"})),
)


def reader_language() -> str:
    """The language of this answer: `zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def surroundings(request: HttpRequest) -> dict[str, object]:
    """The language of the page, and the navigation that is open to whoever asks."""
    route = request.resolver_match.url_name if request.resolver_match else None
    user = getattr(request, "user", None)
    role = user.role if isinstance(user, User) and user.is_let_in else None
    return {
        "lang": reader_language(),
        "idle_minutes": settings.ENVIRONMENT.idle,
        "navigation": [
            {"route": entry.route, "title": entry.title, "is_current": route in entry.routes}
            for entry in NAVIGATION
            if role and may_open(entry.route, role)
        ],
    }
