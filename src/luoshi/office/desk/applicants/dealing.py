"""Opens online dealing: somebody who runs a workshop, or works there, deals for its row on the public site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from luoshi.office.applicants import links
from luoshi.office.applicants.actions import masked_phone, open_with_phone
from luoshi.office.applicants.ties import list_dealt
from luoshi.office.desk.applicants.forms import OperatorForm
from luoshi.office.desk.keeping import find_kept
from luoshi.office.desk.naming import Names, RowId
from luoshi.office.desk.origin import origin_of
from luoshi.office.desk.reading import read, scope_of
from luoshi.office.desk.surroundings import reader_language
from luoshi.rulebook.model.blocks import Pack


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def operator_open(request: HttpRequest, pack_id: str, register: str, row_id: int) -> HttpResponse:
    """The form; with it the account of a phone that deals for the row. A row of people is not found."""
    reading = read(request, pack_id)
    kept = find_kept(Names(reading.pack, reading.root, reader_language()), register, str(row_id))
    if kept is None or not kept.row.area_code or register not in list_dealt(reading.pack):
        raise Http404
    form = OperatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _open(request, (reading.pack, register, row_id, kept.row.area_code), form.cleaned_data)
        messages.success(request, _("已开通。用这部手机在公众网站登录，就能替“%(name)s”办理。") % {"name": kept.name})
        return redirect("subject", pack_id, register, row_id)
    facts = {"form": form, "kept": kept, "pack_id": pack_id, "register": register}
    return render(request, "desk/applicants/operator.html", facts, status=422 if form.errors else 200)


def dealers_of(request: HttpRequest, pack: Pack, register: str, row_id: RowId) -> dict[str, Any]:
    """Who deals for a row on the public site, by link and phone; nothing where nobody may."""
    if not isinstance(row_id, int) or register not in list_dealt(pack):
        return {}
    found = links.list_of_row(pack, register, row_id, scope_of(request).area)
    return {"dealers": [(link, masked_phone(link.applicant)) for link in found]}


@transaction.atomic
def _open(request: HttpRequest, found: links.Found, given: dict[str, str]) -> None:
    now, by = timezone.now(), request.user.get_username()
    applicant = open_with_phone(given["phone"], now, by=by, area=found[3])
    reason = _("经办人 %(name)s；看过：%(paper)s") % given
    links.open_confirmed(applicant, found, now, by=by, reason=reason[:200], origin=origin_of(request))
