"""Applying: what is known stands there already; what is chosen becomes a draft, once, however often one clicks."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luoshi.office.casework.errors import CaseError
from luoshi.office.casework.opening import Opening, Wanted, open_case
from luoshi.office.desk.casework.complaints import About, said
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.portal import owning, policies
from luoshi.office.portal.cases.own import Way, actor_of, channel_of, find_way, moment_of
from luoshi.office.portal.visits import visit_of
from luoshi.office.registry.queries import row
from luoshi.office.registry.shape import table_of
from luoshi.rulebook.model.blocks import Pack

LONGEST_KEY = 36


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pack_id: str, register: str, row_id: int, procedure_id: str) -> HttpResponse:
    """The form for one procedure about a row of one's own; with it, the draft of a case."""
    visit, today, lang = visit_of(request), timezone.localdate(), reader_language()
    pack = policies.find_pack(pack_id, today)
    kept = owning.find_own(visit.person, pack, register, row_id, lang) if pack is not None else None
    way = find_way(visit.person, pack, procedure_id, (register, row_id), today) if pack is not None else None
    if pack is None or kept is None or way is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            return HttpResponseRedirect(reverse("portal-case", args=[_opened(request, pack, way, row_id)]))
        except CaseError as error:
            problem = str(said(error, About(pack, procedure_id, lang)))
    decided = owning.decided(pack, today, register, row_id, lang)
    chosen = request.POST.getlist("measure") or [request.GET.get("measure", "")]
    facts: dict[str, Any] = {
        "kept": kept, "pack": pack, "way": way, "title": way.procedure.title.say(lang), "problem": problem,
        "key": request.POST.get("key") or uuid.uuid4().hex,  # noqa: TID251 # tells one form from another
        "choices": [_choice(measure, decided, chosen, lang) for measure in way.measures],
        "register": register, "row_id": row_id,
    }  # fmt: skip
    return render(request, "portal/cases/apply.html", facts, status=422 if problem else 200)


def _choice(measure: Any, decided: Any, chosen: list[str], lang: str) -> dict[str, Any]:
    """A measure to be ticked, with what is decided for it now."""
    found = next((one for one in decided.measures if one.id == measure.id), None) if decided is not None else None
    ticked = measure.id in chosen or (chosen == [""] and found is not None and found.outcome == "eligible")
    return {"id": measure.id, "title": measure.title.say(lang), "found": found, "is_ticked": ticked,
            "papers": [paper.say(lang) for paper in measure.evidence]}  # fmt: skip


def _opened(request: HttpRequest, pack: Pack, way: Way, row_id: int) -> str:
    """The number of the draft. The key of the form belongs to whoever was shown it."""
    visit, known = visit_of(request), {measure.id for measure in way.measures}
    there = row(table_of(pack, way.register), pack.policy.jurisdiction or "-", way.row_id)
    if there is None or there.area_code is None:
        raise CaseError("row", register=way.register)
    claims = tuple(Wanted(name, row_id) for name in dict.fromkeys(request.POST.getlist("measure")) if name in known)
    key = f"portal:{visit.person.id}:{request.POST.get('key', '')[:LONGEST_KEY]}"
    wanted = Opening(key, way.procedure.id, way.register, way.row_id, claims, channel_of(visit))
    case = open_case(pack, wanted, actor_of(visit, there.area_code), moment_of(request))
    visit.note(_("申请已经存成草稿。补上材料，再提交。"))
    return case.number
