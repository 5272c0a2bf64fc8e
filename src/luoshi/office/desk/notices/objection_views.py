"""The page of an objection, on which somebody other than who posted the notice answers it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.persons import is_same_person
from luoshi.office.desk.notices.forms import COMPLAINTS, AnswerForm
from luoshi.office.desk.notices.views import may
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.notices import objecting, queries
from luoshi.office.notices.errors import NoticeError
from luoshi.office.notices.models import NoticeCase, Objection


@never_cache
@require_safe
def objection(request: HttpRequest, number: int) -> HttpResponse:
    """What somebody said, and the answer or the form for it. That it was read is on record."""
    found = _asked(request, number)
    return _page(request, found, AnswerForm(cases=_cases(found)))


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The objection is answered; whoever made it reads the reasons."""
    found = _asked(request, number)
    form = AnswerForm(request.POST, cases=_cases(found))
    if not form.is_valid():
        return _page(request, found, form, 422)
    said = form.cleaned_data
    try:
        objecting.answer(
            found,
            upheld=said["upheld"] == "yes",
            reasons=said["reasons"],
            reference=said.get("reference", ""),
            by=request.user.get_username(),
            now=timezone.now(),
            origin=origin_of(request),
        )
    except NoticeError as error:
        form.add_error(None, str(COMPLAINTS[error.kind]))
        return _page(request, found, form, 422)
    messages.success(request, _("已答复。提出异议的人凭回执编号可以看到。"))
    return redirect("notice", found.notice_id)


def _asked(request: HttpRequest, number: int) -> Objection:
    found = queries.find_objection(number, scope_of(request))
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Objection, form: AnswerForm, status: int = 200) -> HttpResponse:
    """The page; who posted the notice reads what was said, and never who said it."""
    by = request.user.get_username()
    is_own = is_same_person(by, found.notice.posted_by)
    is_open = found.state == Objection.State.OPEN
    facts: dict[str, Any] = {
        "objection": found,
        "notice": found.notice,
        "said": objecting.read(found, by=by, origin=origin_of(request)),
        "is_own": is_own,
        "form": form if is_open and not is_own and may(request, "objection-answer") else None,
        "is_open": is_open,
        "today": timezone.localdate(),
    }
    return render(request, "desk/notices/objection.html", facts, status=status)


def _cases(found: Objection) -> list[tuple[str, str]]:
    """The cases that an objection may concern, as the notice shows them; without names by their references."""
    return [(case.reference, _called(case)) for case in queries.list_cases(found)]


def _called(case: NoticeCase) -> str:
    line = case.line
    if line is None or not line.shown:
        return case.reference
    return f"{line.position}. {line.shown} {line.place} {line.title}".strip()
