"""The pages of the interview. Answers stand in the session of the visitor, and nowhere else."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.office.desk.surroundings import reader_language
from luoshi.office.portal import policies
from luoshi.office.portal.interview import keeping, showing
from luoshi.office.portal.interview.answers import NOT_YET, UNKNOWN, Leaf, find_leaf, place_of
from luoshi.office.portal.interview.asking import Interview
from luoshi.office.portal.interview.keeping import Kept
from luoshi.office.portal.interview.wording import Asker, may_be_open, read_answer
from luoshi.office.portal.visits import visit_of
from luoshi.office.registry.areas import area as find_area
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.values.area_code import is_area_code

COUNTY = 6
"""Digits of the code of a county: the largest part of a city that one chooses to begin with."""


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who one is, and where."""
    today, lang = timezone.localdate(), reader_language()
    offers = [
        {"pack": pack, "title": pack.policy.title.say(lang), "whos": showing.whos(pack, today, lang)}
        | showing.places(pack.policy.jurisdiction or "")
        for pack in policies.packs(today)
    ]
    kept = keeping.find(visit_of(request))
    return render(request, "portal/interview/start.html", {"offers": offers, "is_under_way": kept is not None})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """An interview from the beginning, about one measure or everything there is for whoever one is."""
    pack = policies.find_pack(request.POST.get("pack", ""), timezone.localdate())
    if pack is None:
        raise Http404
    only, area = request.POST.get("measure", ""), request.POST.get("area", "")
    measure = pack.measures.get(only)
    register = measure.register if measure is not None else request.POST.get("register", "")
    is_there = is_area_code(area) and area.startswith(pack.policy.jurisdiction or "-") and find_area(area) is not None
    if register not in pack.registers or register == policies.AREA:
        visit_of(request).note(_("请先选您是谁。"))
        return HttpResponseRedirect(reverse("portal-interview"))
    place = area if is_there else pack.policy.jurisdiction or ""
    keeping.keep(visit_of(request), Kept(pack.policy.id, register, place, only if measure is not None else ""))
    return HttpResponseRedirect(reverse("portal-question"))


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """The next question, or one that somebody goes back to; with a form, its answer."""
    kept, pack = _under_way(request)
    if kept is None or pack is None:
        return HttpResponseRedirect(reverse("portal-interview"))
    found = showing.interview(pack, kept, timezone.localdate())
    key = request.POST.get("key") or request.GET.get("ask") or ""
    leaf = _leaf(found, kept, key)
    if leaf is None:
        return HttpResponseRedirect(reverse("portal-outcomes"))
    if request.method != "POST":
        return _asked(request, pack, found, kept, leaf, wrong=False)
    text = _answer(request, found, kept, leaf)
    if text is None:
        return _asked(request, pack, found, kept, leaf, wrong=True)
    is_place = leaf == place_of(pack, kept.register)
    keeping.keep(visit_of(request), kept.with_answer(leaf, text, is_place=is_place))
    return HttpResponseRedirect(reverse("portal-question"))


@never_cache
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """What has come of the answers, for each measure with its reasons."""
    kept, pack = _under_way(request)
    if kept is None or pack is None:
        return HttpResponseRedirect(reverse("portal-interview"))
    today, lang = timezone.localdate(), reader_language()
    found = showing.interview(pack, kept, today)
    asker = Asker(found.askable, pack, lang)
    facts: dict[str, Any] = {
        "decided": showing.outcomes(found, today, lang),
        "said": showing.said(found, kept, asker, lang),
        "pack": pack,
        "on": today,
        "left": len(found.open),
        "who": pack.registers[kept.register].row.say(lang),
    }
    return render(request, "portal/interview/outcomes.html", facts)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """The answers are gone."""
    keeping.forget(visit_of(request))
    return HttpResponseRedirect(reverse("portal-interview"))


def _under_way(request: HttpRequest) -> tuple[Kept | None, Pack | None]:
    kept = keeping.find(visit_of(request))
    return kept, policies.find_pack(kept.pack_id, timezone.localdate()) if kept else None


def _leaf(found: Interview, kept: Kept, key: str) -> Leaf | None:
    """The question of a key that is open or was answered; without one the next."""
    for one in found.open:
        if one.leaf.key == key:
            return one.leaf
    if key in kept.given:
        return find_leaf(found.askable.pack, kept.register, key)
    return found.next.leaf if found.next else None


def _answer(request: HttpRequest, found: Interview, kept: Kept, leaf: Leaf) -> str | None:
    """What the form answers; None for what cannot be an answer."""
    if "unknown" in request.POST:
        return UNKNOWN
    if "not-yet" in request.POST:
        return NOT_YET if may_be_open(found.askable.pack, leaf) else None
    text = request.POST.get("value", "").strip()
    if "whole" in request.POST:
        text = f"{text}/{request.POST['whole'].strip()}"
    if leaf == place_of(found.askable.pack, kept.register):
        return text if is_area_code(text) and text.startswith(kept.area[:COUNTY]) and find_area(text) else None
    return read_answer(found.askable.pack, leaf, text) or None


def _asked(request: HttpRequest, pack: Pack, found: Interview, kept: Kept, leaf: Leaf, wrong: bool) -> HttpResponse:
    lang = reader_language()
    waiting = next((one for one in found.open if one.leaf == leaf), None)
    asker = Asker(found.askable, pack, lang)
    view = asker.question(leaf, kept.answers, waiting)
    before = kept.before(leaf.key)
    facts: dict[str, Any] = {
        "question": view,
        "given": kept.given.get(leaf.key),
        "number": list(kept.given).index(leaf.key) + 1 if leaf.key in kept.given else len(kept.given) + 1,
        "left": len(found.open),
        "before": before,
        "cards": showing.cards(found, lang),
        "wrong": wrong,
        "typed": request.POST.get("value", ""),
        "pack_id": kept.pack_id,
    }
    if view.kind == "place":
        facts |= showing.places(kept.area)
    return render(request, "portal/interview/question.html", facts, status=422 if wrong else 200)
