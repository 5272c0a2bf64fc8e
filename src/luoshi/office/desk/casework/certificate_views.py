"""The pages of certificates and plaques: the list of an area, and one with the reviews of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.casework.models import Certificate
from luoshi.office.casework.reviewing import MONTHS
from luoshi.office.desk.case_words import result_words, tone
from luoshi.office.desk.casework.calling import Called, called
from luoshi.office.desk.casework.listing import case_lines
from luoshi.office.desk.casework.seeing import Seat, number_in, seat_of
from luoshi.rulebook.values.calendar import add_months

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A certificate in a list; `due` is when it is to be looked at again."""

    certificate: Certificate
    called: Called
    tone: str
    due: date | None
    is_late: bool


@never_cache
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of one's area, the newest first."""
    seat, after, state = seat_of(request), number_in(request, "after"), request.GET.get("state", "")
    if state and state not in Certificate.State.values:
        raise Http404
    found = Certificate.objects.filter(area__startswith=seat.actor.area).select_related("case").order_by("-id")
    found = found.filter(state=state) if state else found
    found = found.filter(id__lt=after) if after is not None else found
    some = list(found[: PAGE + 1])
    kept = f"&state={state}" if state else ""
    facts = {
        "lines": _lines(seat, some[:PAGE]),
        "state": state,
        "states": [("", ""), *Certificate.State.choices],
        "following": f"?after={some[PAGE - 1].id}{kept}" if len(some) > PAGE else "",
        "first": f"?state={state}" if after is not None else "",
    }
    return render(request, "desk/casework/certificates.html", facts)


@never_cache
@require_safe
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """One certificate, the case in which it was given, and every review of it."""
    seat = seat_of(request)
    kept = Certificate.objects.filter(id=number, area__startswith=seat.actor.area).select_related("case").first()
    if kept is None:
        raise Http404
    reviews = list(kept.reviews.prefetch_related("decisions").order_by("-id"))
    ends = {case.id: [result_words(one.result) for one in case.decisions.all()] for case in reviews}
    facts = {
        "line": _lines(seat, [kept])[0],
        "reviews": [(line, ends[line.case.id]) for line in case_lines(seat, reviews)],
    }
    return render(request, "desk/casework/certificate.html", facts)


def _lines(seat: Seat, found: list[Certificate]) -> list[Line]:
    words = called(seat, [one.case for one in found])
    lines = []
    for one in found:
        due = _due(seat, one)
        is_late = due is not None and due < seat.today
        lines.append(Line(one, words[one.case_id], tone(one.state), due, is_late))
    return lines


def _due(seat: Seat, one: Certificate) -> date | None:
    """When it is to be looked at again; None where no procedure says so, or where it is withdrawn."""
    if one.state == Certificate.State.WITHDRAWN:
        return None
    for procedure in seat.packs.of(one.case).procedures.values():
        looks = procedure.review_of
        if looks is not None and looks.procedure == one.procedure and looks.every in MONTHS:
            return add_months(one.reviewed_on or one.given_on, MONTHS[looks.every])
    return None
