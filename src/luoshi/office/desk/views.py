"""The pages of the officials' site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.desk.breakdown import find_breakdown
from luoshi.office.desk.charts.sets import find_drawn
from luoshi.office.desk.document import documents, find_document, first_document
from luoshi.office.desk.reading import read, readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first document of the only policy of the person's area, else the list of policies."""
    packs = readable_packs(scope_of(request))
    may_read = may_open("document", getattr(request.user, "role", None))
    if may_read and len(packs) == 1:
        return redirect("document", packs[0].policy.id, first_document(packs[0]))
    lang = reader_language()
    policies = [
        {
            "policy": pack.policy,
            "title": pack.policy.title.say(lang),
            "issuer": pack.policy.issuer.say(lang),
            "first": first_document(pack),
            "adopted_on": queries.adopted_on(pack),
            "documents": [(document.id, document.title.say(lang)) for document in documents(pack)],
        }
        for pack in packs
        if may_read
    ]
    return render(request, "desk/home.html", {"policies": policies, "may_read": may_read})


@require_safe
def document(request: HttpRequest, pack_id: str, number: str) -> HttpResponse:
    """A document with what each clause has done in an area."""
    reading = read(request, pack_id)
    shown = find_document(reading.pack, number, reading.standing(), reader_language())
    if shown is None:
        raise Http404
    adoption = queries.adoption_of(pack_id) if shown.is_draft else None
    return render(request, "desk/document.html", {"document": shown, "reading": reading, "adoption": adoption})


@require_safe
def measure(request: HttpRequest, pack_id: str, measure_id: str) -> HttpResponse:
    """The figures of one measure, area by area."""
    reading, lang = read(request, pack_id), reader_language()
    standing = reading.standing()
    digits = len(reading.children[0].code) if reading.children else 0
    by_area = (
        queries.figures_by_area(reading.run, measure_id, reading.area.code, digits) if reading.run and digits else {}
    )
    names = [(child.code, child.name) for child in reading.children]
    shown = find_breakdown(reading.pack, measure_id, standing, (names, by_area), lang)
    if shown is None:
        raise Http404
    drawn = find_drawn(reading, standing, lang, measure_id)
    return render(request, "desk/measure.html", {"measure": shown, "reading": reading, "drawn": drawn})
