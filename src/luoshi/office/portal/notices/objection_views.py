"""Objections of the public: the form, the receipt, and the answer for who has both the receipt and the contact."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.office.desk.origin import address_of
from luoshi.office.notices import objecting, queries
from luoshi.office.notices.errors import TooMany, WrongObjection
from luoshi.office.notices.models import Notice, Objection
from luoshi.office.notices.objecting import Said
from luoshi.office.portal.notices.forms import COMPLAINTS, ObjectionForm, ReceiptForm, new_key
from luoshi.office.portal.notices.views import gone, is_shown, unlisted

REFUSED, TOO_MANY = 422, 429


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, number: int) -> HttpResponse:
    """The form for an objection; what is sent gets a receipt, and the same form sent again the same one."""
    found = queries.find_shown(number, timezone.localdate())
    if found is None or not is_shown(found, timezone.localdate()):
        return gone(request, number)
    lines = queries.list_lines(found)
    if request.method != "POST":
        start = {"key": new_key(), "position": request.GET.get("line", "")}
        return _page(request, found, ObjectionForm(initial=start, lines=lines))
    form = ObjectionForm(request.POST, lines=lines)
    if not form.is_valid():
        return _page(request, found, form, REFUSED)
    if form.is_by_machine:
        return redirect("portal-notice", number)
    try:
        made = _take(request, found, form)
    except WrongObjection as error:
        if error.kind == "over":
            return gone(request, number)
        form.add_error(None, str(COMPLAINTS[error.kind]))
        return _page(request, found, form, REFUSED)
    except TooMany as error:
        form.add_error(None, str(COMPLAINTS[error.kind]))
        return _page(request, found, form, TOO_MANY)
    return redirect("portal-objection-made", number, made.receipt)


@unlisted
@require_safe
def made(request: HttpRequest, number: int, receipt: str) -> HttpResponse:
    """The receipt, to be written down; nothing of what was said."""
    found = queries.find_receipt(number, receipt)
    if found is None:
        raise Http404
    return render(request, "portal/notices/made.html", {"objection": found})


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The answer to an objection, for who knows the receipt and the contact."""
    if request.method != "POST":
        form = ReceiptForm(initial={"receipt": request.GET.get("receipt", "")[:20]})
        return render(request, "portal/notices/answer.html", {"form": form})
    form, status, found = ReceiptForm(request.POST), REFUSED, None
    if form.is_valid():
        try:
            found = _find(request, form)
            status = 200
        except TooMany as error:
            form.add_error(None, str(COMPLAINTS[error.kind]))
            status = TOO_MANY
        else:
            if found is None:
                form.add_error(None, _("没有找到。请核对回执编号，以及提出时写的联系方式。"))
                status = REFUSED
    facts: dict[str, Any] = {"form": form, "objection": found, "open": Objection.State.OPEN}
    return render(request, "portal/notices/answer.html", facts, status=status)


def _take(request: HttpRequest, found: Notice, form: ObjectionForm) -> Objection:
    given, now = form.cleaned_data, timezone.now()
    position = int(given["position"]) if given["position"] else None
    said = Said(given["key"], given["text"], given["contact"], given["name"], position)
    return objecting.object_to(found, said, address=address_of(request), today=timezone.localdate(now), now=now)


def _find(request: HttpRequest, form: ReceiptForm) -> Objection | None:
    given = form.cleaned_data
    return objecting.ask_answer(given["receipt"], given["contact"], address=address_of(request), now=timezone.now())


def _page(request: HttpRequest, found: Notice, form: ObjectionForm, status: int = 200) -> HttpResponse:
    facts = {"notice": found, "form": form, "reception": queries.find_reception(found.area)}
    return render(request, "portal/notices/object.html", facts, status=status)
