"""The pages about single subjects: the list behind a figure, and everything about one of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.desk.applicants.dealing import dealers_of
from luoshi.office.desk.breakdown import find_breakdown
from luoshi.office.desk.casework.of_subject import about_row
from luoshi.office.desk.deciding import find_decided
from luoshi.office.desk.keeping import find_gone, find_kept, row_id_of
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.reading import read
from luoshi.office.desk.subjects import Lister, SubjectList
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import actions, queries
from luoshi.rulebook.model.outcomes import COUNTED


@never_cache
@require_safe
def subjects(request: HttpRequest, pack_id: str, measure_id: str, outcome: str) -> HttpResponse:
    """The subjects of an area that a measure came to an outcome for."""
    reading, lang = read(request, pack_id), reader_language()
    measure = reading.pack.measures.get(measure_id)
    shown = find_breakdown(reading.pack, measure_id, reading.standing(), ((), {}), lang)
    if measure is None or shown is None or outcome not in COUNTED:
        raise Http404
    listed: SubjectList | None = None
    if reading.run is not None:
        lister = Lister(reading.pack, measure, Names(reading.pack, reading.root, lang))
        listed = lister.page(reading.run, reading.area.code, outcome, _after(request, measure.register))
    following = urlencode({**reading.asked, "after": listed.after}) if listed and listed.after is not None else ""
    facts = {"measure": shown, "reading": reading, "outcome": outcome, "list": listed, "following": following}
    return render(
        request, "desk/subjects.html", facts | {"outcomes": tuple(COUNTED), "is_first": "after" not in request.GET}
    )


@never_cache
@require_safe
def subject(request: HttpRequest, pack_id: str, register: str, row_id: str) -> HttpResponse:
    """What is kept about one subject, and what the policy decides about it now."""
    reading, lang = read(request, pack_id), reader_language()
    names = Names(reading.pack, reading.root, lang)
    kept = find_kept(names, register, row_id)
    if kept is None:
        gone = find_gone(names, register, row_id)
        if gone is None:
            raise Http404
        return render(request, "desk/rows/gone.html", {"gone": gone, "reading": reading, "register": register})
    installed = queries.adoption_of(pack_id)
    pack = actions.adopted(reading.pack, installed)
    facts = {"kept": kept, "reading": reading, "register": register, "is_draft": pack.policy.status == "draft"}
    decided = find_decided(pack, reading.on, (register, kept.row.id), lang)
    facts |= about_row(request, reading, register, kept.row.id)
    facts |= dealers_of(request, reading.pack, register, kept.row.id)
    return render(request, "desk/subject.html", facts | {"decided": decided})


def _after(request: HttpRequest, register: str) -> RowId | None:
    """The id behind which the page begins; not found if it is none."""
    written = request.GET.get("after")
    if written is None:
        return None
    after = row_id_of(register, written)
    if after is None:
        raise Http404
    return after
