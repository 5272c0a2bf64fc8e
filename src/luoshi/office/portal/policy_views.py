"""Pages of policies: the list, one measure, one clause."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.desk.surroundings import reader_language
from luoshi.office.portal import policies
from luoshi.office.portal.surroundings import LARGE
from luoshi.rulebook.model.blocks import Pack

LONGEST = 60
A_YEAR = 365 * 24 * 3600


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The policies that hold, or what of them has the words that somebody looks for."""
    today, words = timezone.localdate(), request.GET.get("q", "").strip()[:LONGEST]
    found = policies.policies(policies.packs(today), today, reader_language(), words)
    return render(request, "portal/policies.html", {"policies": found, "words": words})


@require_safe
def measure(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """One measure in plain words."""
    pack, today = _pack(pack_id), timezone.localdate()
    found = pack.measures.get(measure_id)
    if found is None or found not in policies.offered(pack, today):
        raise Http404
    told = policies.told(pack, found, reader_language())
    return render(request, "portal/measure.html", {"measure": told, "pack": pack})


@require_safe
def clause(request: HttpRequest, pack_id: str, clause_id: str) -> HttpResponse:
    """One clause in the words of the library."""
    pack, today = _pack(pack_id), timezone.localdate()
    found = policies.find_clause(pack, clause_id, today, reader_language())
    if found is None:
        raise Http404
    return render(request, "portal/clause.html", {"clause": found, "pack": pack})


@require_POST
def large(request: HttpRequest) -> HttpResponse:
    """Large type from now on, or no longer; back to the page."""
    following = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(following if is_ours else reverse("portal"))
    answer.set_cookie(LARGE, "1" if request.POST.get("large") == "1" else "0", A_YEAR, path="/p/", samesite="Lax")
    return answer


def _pack(pack_id: str) -> Pack:
    found = policies.find_pack(pack_id, timezone.localdate())
    if found is None:
        raise Http404
    return found
