"""The register of letters that were issued: found, taken away again, checked, voided."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.office.accounts.queries import names_of_accounts
from luoshi.office.desk.letters.forms import AskForm, CheckForm, VoidForm
from luoshi.office.desk.letters.seeing import get_form, get_letter, handed_out, may
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.people.places import names_of
from luoshi.office.desk.reading import scope_of
from luoshi.office.letters import actions, queries
from luoshi.office.letters.errors import NotAllowed
from luoshi.office.letters.queries import Asked

PAGE = 50


@never_cache
@require_safe
def letters_issued(request: HttpRequest) -> HttpResponse:
    """Letters of one's area, the newest first."""
    form = AskForm(request.GET)
    asked = Asked(form.cleaned_data["kind"], form.cleaned_data["number"]) if form.is_valid() else Asked()
    page = Paginator(queries.letters(scope_of(request), asked), PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name, value in (("kind", asked.kind), ("number", asked.number)) if value}
    facts = {
        "form": form,
        "page": page,
        "is_narrowed": bool(kept),
        "people": names_of_accounts({one.issued_by for one in page}),
        "places": names_of(one.area for one in page),
        "following": f"?{urlencode(kept | {'page': page.next_page_number()})}" if page.has_next() else "",
        "first": f"?{urlencode(kept)}" if page.number > 1 else "",
    }
    return render(request, "desk/letters/issued.html", facts)


@never_cache
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """A letter that was issued: who, when, which number; never what stands in it."""
    found = get_letter(number, request)
    facts = {
        "letter": found,
        "place": names_of([found.area]).get(found.area, found.area),
        "people": names_of_accounts({found.issued_by, found.voided_by}),
        "form": VoidForm(),
        "may_void": may(request, "letter-void") and found.voided_at is None,
    }
    return render(request, "desk/letters/letter.html", facts)


@never_cache
@require_safe
def letter_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The letter again; that it was taken away is on record."""
    found = get_letter(number, request)
    by = request.user.get_username()
    return handed_out(actions.hand_out(found, get_form(form), by=by, origin=origin_of(request)))


@require_POST
def letter_void(request: HttpRequest, number: int) -> HttpResponse:
    """The letter does not hold any more."""
    found, form = get_letter(number, request), VoidForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.void(found, reason, by=request.user.get_username(), now=timezone.now())
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("已作废。文号不再用于别的公文。"))
    return redirect("letter", found.id)


@never_cache
@require_safe
def letters_check(request: HttpRequest) -> HttpResponse:
    """Whether a letter in hand was issued here: whoever knows number and code is told kind, office, day and state."""
    form = CheckForm(request.GET if request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        found = queries.find_by_check(form.cleaned_data["number"], form.cleaned_data["code"])
    facts = {
        "form": form,
        "found": found,
        "was_asked": form.is_bound and form.is_valid(),
        "place": names_of([found.area]).get(found.area, found.area) if found else "",
    }
    return render(request, "desk/letters/check.html", facts)
