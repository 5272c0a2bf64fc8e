"""The pages of the officials' site."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.office.accounts.policy import may_open
from luoshi.office.casework import queries as cases
from luoshi.office.casework.queries import Waiting
from luoshi.office.desk.breakdown import find_breakdown
from luoshi.office.desk.casework.seeing import seat_of
from luoshi.office.desk.charts.sets import find_drawn
from luoshi.office.desk.document import documents, find_document, first_document
from luoshi.office.desk.reading import read, readable_packs, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first document of the only policy of the person's area, else the list, with what waits at their desk."""
    packs = readable_packs(scope_of(request))
    may_read = may_open("document", getattr(request.user, "role", None))
    waiting = _waiting(request)
    if may_read and len(packs) == 1 and not waiting:
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
    return render(request, "desk/home.html", {"policies": policies, "may_read": may_read, "waiting": waiting})


def _waiting(request: HttpRequest) -> Waiting | None:
    """What waits at the desk of whoever asks; None where nothing does."""
    if not may_open("cases", getattr(request.user, "role", None)):
        return None
    seat = seat_of(request)
    found = cases.waiting(seat.actor, seat.today) if seat.is_hand else None
    return found if found and found.open else None


@require_safe
def document(request: HttpRequest, pack_id: str, number: str) -> HttpResponse:
    """A document with what each clause has done in an area."""
    reading = read(request, pack_id)
    standing = replace(reading.standing(), claims=cases.figures(pack_id, reading.area.code))
    shown = find_document(reading.pack, number, standing, reader_language())
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
