"""The page of charts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.office.desk.charts.sets import Artist, Drawn
from luoshi.office.desk.document import documents
from luoshi.office.desk.reading import read
from luoshi.office.desk.surroundings import reader_language


@require_safe
def charts(request: HttpRequest, pack_id: str, number: str | None = None) -> HttpResponse:
    """What a policy, or one of its documents, comes to in an area, in pictures."""
    reading, lang = read(request, pack_id), reader_language()
    titles = {one.id: one.title.say(lang) for one in documents(reading.pack)}
    if number is not None and number not in titles:
        raise Http404
    drawn = Drawn(())
    if reading.run is not None:
        drawn = Artist(reading, reading.standing(), reading.run, lang).policy(number)
    title = titles[number] if number else reading.pack.policy.title.say(lang)
    facts = {"reading": reading, "drawn": drawn, "number": number, "title": title, "documents": titles}
    return render(request, "desk/charts/charts.html", facts)
