"""What every page of the public site needs: where one can go, how large its type is, for whom somebody acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.portal.visits import Visit

LARGE = "luoshi_large"


@dataclass(frozen=True)
class Way:
    """An entry of the navigation: the route it leads to, and the routes on which it is the current one."""

    route: str
    title: str | Promise
    routes: frozenset[str]


WAYS = (
    Way("portal", _("政策"), frozenset({"portal", "portal-measure", "portal-clause"})),
    Way("portal-interview", _("我能享受什么"), frozenset({"portal-interview", "portal-question", "portal-outcomes"})),
    Way("portal-notices", _("公示"), frozenset({"portal-notices", "portal-notice", "portal-objection"})),
    Way(
        "portal-mine",
        _("我的"),
        frozenset({"portal-mine", "portal-link", "portal-subject", "portal-sign-in", "portal-code"})
        | frozenset({"portal-apply", "portal-cases", "portal-case"}),
    ),
)


@dataclass(frozen=True)
class Acting:
    """The official who acts for somebody, and until when."""

    who: str
    until: object


def public_surroundings(request: HttpRequest) -> dict[str, object]:
    """Nothing on pages that are not the public's."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        return {}
    route = request.resolver_match.url_name if request.resolver_match else None
    proxy = visit.proxy
    return {
        "ways": [{"route": way.route, "title": way.title, "is_current": route in way.routes} for way in WAYS],
        "is_large": request.COOKIES.get(LARGE) == "1",
        "is_signed_in": visit.applicant is not None,
        "proxy": Acting(proxy.user.display_name, proxy.until) if proxy is not None else None,
        "notes": visit.take_notes(),
    }
