"""The pages of letters that show: kinds, samples, templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.desk.letters.forms import SeriesForm, TemplateForm
from luoshi.office.desk.letters.seeing import (
    as_word,
    department_of,
    get_form,
    get_kind,
    get_template,
    handed_out,
    may,
)
from luoshi.office.desk.people.places import names_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.letters import actions, queries, samples
from luoshi.office.letters.filling import fill
from luoshi.office.letters.kinds import NUMBERED, Kind
from luoshi.office.letters.placeholders import placeholders_of
from luoshi.office.letters.reading import said_in
from luoshi.office.letters.word import default_template


@never_cache
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Every kind: the template that holds here, and how its numbers are worded."""
    area, department = scope_of(request).area, department_of(request)
    held = {kind: queries.find_template(kind, area) for kind in Kind}
    kinds = [
        {
            "kind": kind,
            "template": held[kind],
            "is_numbered": kind in NUMBERED,
            "series": queries.find_series(kind, area, department),
        }
        for kind in Kind
    ]
    places = names_of(one.area for one in held.values() if one)
    return render(request, "desk/letters/letters.html", {"kinds": kinds, "places": places})


@never_cache
@require_safe
def letter_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """A kind: its samples, the templates of one's area, what placeholders there are."""
    return kind_page(request, get_kind(kind))


def kind_page(
    request: HttpRequest, kind: Kind, problem: str = "", forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a kind, also with what was refused."""
    scope, department = scope_of(request), department_of(request)
    templates, held = queries.list_templates(kind, scope), queries.find_template(kind, scope.area)
    series = queries.find_series(kind, scope.area, department)
    facts = {
        "kind": kind,
        "held": held,
        "is_own": held is not None and held.area == scope.area,
        "templates": templates,
        "places": names_of({one.template.area for one in templates} | ({held.area} if held else set())),
        "is_numbered": kind in NUMBERED,
        "series": series,
        "placeholders": placeholders_of(kind),
        "may_change": may(request, "letter-template-upload"),
        "upload": TemplateForm(),
        "series_form": SeriesForm(initial={"words": series or ""}),
        "problem": problem,
    }
    return render(request, "desk/letters/kind.html", facts | (forms or {}), status=status)


@never_cache
@require_safe
def letter_sample(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """A made-up letter, in Word in the template that holds here."""
    wanted, area = get_kind(kind), scope_of(request).area
    return handed_out(actions.make(samples.sample(wanted), area, get_form(form), samples.CHECK))


@never_cache
@require_safe
def letter_default(request: HttpRequest, kind: str) -> HttpResponse:
    """The default template, to be changed in Word."""
    wanted = get_kind(kind)
    return as_word(str(wanted.label), default_template(wanted))


@never_cache
@require_safe
def letter_template(request: HttpRequest, number: int) -> HttpResponse:
    """A template filled with a made-up letter, so that somebody else can approve it."""
    scope = scope_of(request)
    found = get_template(number, scope)
    kind = Kind(found.kind)
    facts = {
        "template": found,
        "kind": kind,
        "place": names_of([found.area]).get(found.area, found.area),
        "said": said_in(fill(queries.content_of_template(found), samples.words_of(samples.sample(kind)))),
        "is_held": queries.is_held(found),
        "approvals": found.approvals.order_by("-id"),
        "is_uploader": is_same_person(request.user.get_username(), found.uploaded_by),
        "may_approve": scope.covers(found.area) and may(request, "letter-template-approve"),
    }
    return render(request, "desk/letters/template.html", facts)


@never_cache
@require_safe
def letter_template_file(request: HttpRequest, number: int) -> HttpResponse:
    """The template as it was uploaded."""
    found = get_template(number, scope_of(request))
    return as_word(f"{found.get_kind_display()}-{found.number}", queries.content_of_template(found))


@never_cache
@require_safe
def letter_template_sample(request: HttpRequest, number: int) -> HttpResponse:
    """The template filled with a made-up letter."""
    found = get_template(number, scope_of(request))
    words = samples.words_of(samples.sample(Kind(found.kind)))
    return as_word(str(words["标题"]), fill(queries.content_of_template(found), words))
