"""The page on which a change of a subject's facts is tried. Nothing is kept: what is tried comes in a form only."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from luoshi.office.desk.keeping import find_kept
from luoshi.office.desk.naming import Names
from luoshi.office.desk.reading import Reading, read
from luoshi.office.desk.surroundings import reader_language
from luoshi.office.desk.trying.questions import Question, questions, tried
from luoshi.office.desk.trying.trying import Trier, changes_of, compared
from luoshi.office.registry.store import TooManyRows
from luoshi.office.runs import actions, local, queries


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def trying(request: HttpRequest, pack_id: str, register: str, row_id: str) -> HttpResponse:
    """The facts of a subject as a form; with a form, what would be decided then."""
    reading, lang = read(request, pack_id), reader_language()
    kept = find_kept(Names(reading.pack, reading.root, lang), register, row_id)
    if kept is None:
        raise Http404
    pack = actions.adopted(reading.pack, queries.adoption_of(pack_id))
    subject = register, kept.row.id
    asked = tried(questions(pack, reading.root, subject), request.POST.dict())
    trier = Trier(pack, local.settings_of(pack, reading.on), reading.on, subject, lang)
    facts: dict[str, Any] = {"kept": kept, "reading": reading, "register": register, "is_tried": request.POST}
    facts |= {"groups": _groups(reading, asked, lang), "changed": [one for one in asked if one.is_changed]}
    facts["wrong"] = [one for one in asked if one.wrong]
    try:
        facts |= _decided(trier, asked)
    except TooManyRows:
        facts["too_many"] = True
    return render(request, "desk/trying/trying.html", facts)


def _decided(trier: Trier, asked: list[Question]) -> dict[str, Any]:
    """What is decided now, one-click changes of it, and with changes what would be decided."""
    decision = trier.decision({})
    now, changes = trier.view(decision), changes_of(asked)
    if not changes:
        return {"one_clicks": trier.one_clicks(decision, now, asked), "measures": [], "checks": []}
    then = trier.decision(changes)
    after = trier.view(then)
    measures, checks = compared(now, after)
    return {"one_clicks": trier.one_clicks(then, after, asked), "measures": measures, "checks": checks}


def _groups(reading: Reading, asked: list[Question], lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The questions with their titles, by the row that they are about."""
    found = []
    for via, some in groupby(asked, key=lambda one: one.via):
        own = list(some)
        title = reading.pack.registers[own[0].register].title.say(lang) if via else ""
        found.append((title, [_field(one, lang) for one in own]))
    return found


def _field(one: Question, lang: str) -> dict[str, Any]:
    codes = [(code, title.say(lang)) for code, title in one.codes.items()]
    return {"question": one, "title": one.column.title.say(lang), "codes": codes}
