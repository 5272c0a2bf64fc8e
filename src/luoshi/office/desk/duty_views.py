"""The pages about one duty: how it stands area by area, and the rows behind each number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.desk.duties import STATES, find_duty, list_rows
from luoshi.office.desk.keeping import row_id_of
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.runs import queries


@require_safe
def duty(request: HttpRequest, pack_id: str, duty_id: str) -> HttpResponse:
    """How one duty stands, area by area."""
    reading = read(request, pack_id)
    digits = len(reading.children[0].code) if reading.children else 0
    told = queries.duty_by_area(reading.run, duty_id, reading.area.code, digits) if reading.run and digits else {}
    names = [(child.code, child.name) for child in reading.children]
    shown = find_duty(reading.pack, duty_id, reading.standing(), (names, told), reader_language())
    if shown is None:
        raise Http404
    return render(request, "desk/duty.html", {"duty": shown, "reading": reading})


@never_cache
@require_safe
def duty_rows(request: HttpRequest, pack_id: str, duty_id: str, state: str) -> HttpResponse:
    """The rows of an area that tell of a duty that it was done, that it was not, or neither."""
    reading, lang = read(request, pack_id), reader_language()
    shown = find_duty(reading.pack, duty_id, reading.standing(), ((), {}), lang)
    if shown is None or shown.is_closed or not shown.test or state not in STATES:
        raise Http404
    register = reading.pack.duties[duty_id].register or ""
    after = row_id_of(register, request.GET["after"]) if "after" in request.GET else None
    if after is None and "after" in request.GET:
        raise Http404
    listed, following = None, ""
    if reading.run is not None:
        listed = list_rows(
            Names(reading.pack, reading.root, lang), reading.run, duty_id, reading.area.code, state, after
        )
        following = urlencode({**reading.asked, "after": listed.after}) if listed.after is not None else ""
    facts = {"duty": shown, "reading": reading, "state": state, "list": listed, "following": following}
    return render(request, "desk/duty_rows.html", facts | {"states": tuple(STATES), "is_first": after is None})
