"""What is shown now: the notices of an area, and each of them. No account, no cookie; nothing stays after its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.notices import queries
from luoshi.office.notices.models import Notice
from luoshi.office.registry.areas import Area, are_kept, areas_of
from luoshi.rulebook.values.area_code import LENGTHS, is_area_code, lineage

LONGEST_QUESTION = 60
LONGEST_NUMBER = 18
PICKED = (LENGTHS["county"], LENGTHS["township"])
"""How long the codes are of the areas that one picks from."""
GONE = 410
View = Callable[..., HttpResponse]


def unlisted(view: View) -> View:
    """The page is in no search engine and in no cache: what is taken down is gone."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return answer

    return answered


@unlisted
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Everything that is shown today in an area and around it, the newest first."""
    today, text = timezone.localdate(), request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    area, after = request.GET.get("area", ""), request.GET.get("after")
    if area and not is_area_code(area):
        raise Http404
    page = queries.list_shown(area, today, text, _number(after))
    asked = {name: value for name, value in (("area", area), ("q", text)) if value}
    facts: dict[str, Any] = {
        "entries": [(one, called) for one, called in _called(page.notices)],
        "places": _places(queries.areas_shown(today)),
        "area": area,
        "q": text,
        "following": f"?{urlencode(asked | {'after': page.after})}" if page.after is not None else "",
        "first": f"?{urlencode(asked)}" if after is not None else "",
    }
    return render(request, "portal/notices/list.html", facts)


@unlisted
@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One notice, as long as it is shown."""
    found = queries.find_shown(number, timezone.localdate())
    if found is None:
        return gone(request, number)
    facts: dict[str, Any] = {
        "notice": found,
        "area": next(called for _, called in _called([found])),
        "lines": queries.list_lines(found),
        "reception": queries.find_reception(found.area),
        "objections": queries.count_objections(found.follows) if found.follows else None,
    }
    return render(request, "portal/notices/notice.html", facts)


def gone(request: HttpRequest, number: int) -> HttpResponse:
    """The answer for a notice that is not shown: that there was one, and nothing of it."""
    if not queries.has_been_shown(number):
        raise Http404
    return render(request, "portal/notices/gone.html", status=GONE)


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER):
        raise Http404
    return int(written)


def _called(found: Iterable[Notice]) -> list[tuple[Notice, str]]:
    """Notices with the names of their areas, each below its county."""
    some = list(found)
    codes = {code for one in some for code in lineage(one.area)}
    names = areas_of(codes) if codes and are_kept() else {}
    return [(one, _whole_name(one.area, names)) for one in some]


def _whole_name(code: str, names: dict[str, Area]) -> str:
    parts = [part for part in reversed(lineage(code)) if len(part) >= min(PICKED[0], len(code))]
    return "".join(names[part].name for part in parts if part in names) or code


def _places(codes: Iterable[str]) -> list[Area]:
    """The counties and townships that have something to show."""
    wanted = {code[:length] for code in codes for length in PICKED if len(code) >= length}
    return sorted(areas_of(wanted).values(), key=lambda one: one.code) if wanted and are_kept() else []


def is_shown(found: Notice | None, today: date) -> bool:
    """Whether objections to a notice are taken on a day."""
    return found is not None and found.kind == Notice.Kind.PROPOSAL and found.is_shown(today)
