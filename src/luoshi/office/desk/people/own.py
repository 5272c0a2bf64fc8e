"""One's own account, all on one page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luoshi.office.accounts import queries, second_factor, sign_ins
from luoshi.office.accounts.models import User
from luoshi.office.audit import queries as audit
from luoshi.office.desk.events import told
from luoshi.office.desk.people.places import names_of

RECENT = 12


@never_cache
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """Who one is here, as what, where and until when; one's password, second factor, sign-ins and last doings."""
    person, now = request.user, timezone.now()
    if not isinstance(person, User):
        raise PermissionDenied
    post = person.appointment
    events = audit.events("", size=RECENT, asked=audit.Asked(actor=person.username))
    facts: dict[str, Any] = {
        "post": post,
        "place": names_of([post.area]).get(post.area, post.area) if post else "",
        "coming": [one for one in queries.list_appointments(person) if one.start > timezone.localdate(now)],
        "is_enrolled": second_factor.is_enrolled(person),
        "codes_left": second_factor.codes_left(person),
        "sign_ins": len(sign_ins.list_sign_ins(person, now)),
        "events": [told(event) for event in events],
    }
    return render(request, "desk/people/own.html", facts)
